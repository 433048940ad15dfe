package dev.connections.core.store;

final class InMemoryHostileTextTest extends HostileTextContract {
  @Override
  protected ConnectionStore emptyStore() {
    return InMemoryConnectionStore.create();
  }
}
