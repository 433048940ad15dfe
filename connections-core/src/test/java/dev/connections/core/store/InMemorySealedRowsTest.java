package dev.connections.core.store;

final class InMemorySealedRowsTest extends SealedRowsContract {
  @Override
  protected ConnectionStore emptyStore() {
    return InMemoryConnectionStore.create();
  }
}
