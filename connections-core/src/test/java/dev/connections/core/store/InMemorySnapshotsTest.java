package dev.connections.core.store;

final class InMemorySnapshotsTest extends SnapshotStoreContract {
  @Override
  protected ConnectionStore emptyStore() {
    return InMemoryConnectionStore.create();
  }
}
