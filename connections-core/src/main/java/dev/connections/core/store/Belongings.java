package dev.connections.core.store;

import java.util.List;

/** What hangs on one connection, in memory. */
final class Belongings {
  private final SnapshotRows snapshot = new SnapshotRows();
  private List<StoredRun> runs = List.of();

  SnapshotRows snapshot() {
    return snapshot;
  }

  List<StoredRun> runs() {
    return runs;
  }

  void runs(List<StoredRun> now) {
    runs = now;
  }
}
