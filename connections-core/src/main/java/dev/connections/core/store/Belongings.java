package dev.connections.core.store;

/** What hangs on one connection, in memory. */
final class Belongings {
  private final SnapshotRows snapshot = new SnapshotRows();

  SnapshotRows snapshot() {
    return snapshot;
  }
}
