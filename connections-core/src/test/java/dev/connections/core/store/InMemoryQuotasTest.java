package dev.connections.core.store;

final class InMemoryQuotasTest extends QuotaRowsContract {
  @Override
  protected ConnectionStore emptyStore() {
    return InMemoryConnectionStore.create();
  }
}
