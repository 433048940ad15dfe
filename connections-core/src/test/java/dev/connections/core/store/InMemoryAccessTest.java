package dev.connections.core.store;

final class InMemoryAccessTest extends AccessContract {
  @Override
  protected ConnectionStore emptyStore() {
    return InMemoryConnectionStore.create();
  }
}
