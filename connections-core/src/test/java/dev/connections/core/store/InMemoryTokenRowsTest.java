package dev.connections.core.store;

final class InMemoryTokenRowsTest extends TokenRowsContract {
  @Override
  protected ConnectionStore emptyStore() {
    return InMemoryConnectionStore.create();
  }
}
