package dev.connections.core.store;

final class InMemoryConnectionStoreTest extends ConnectionStoreContract {
  @Override
  protected ConnectionStore emptyStore() {
    return InMemoryConnectionStore.create();
  }
}
