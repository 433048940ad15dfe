package dev.connections.core.store;

final class InMemoryRunsTest extends RunHistoryContract {
  @Override
  protected ConnectionStore emptyStore() {
    return InMemoryConnectionStore.create();
  }
}
