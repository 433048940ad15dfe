package dev.connections.core.store;

import java.util.List;

/** What hangs on one connection, in memory. */
final class Belongings {
  private final SnapshotRows snapshot = new SnapshotRows();
  private List<StoredRun> runs = List.of();
  private List<QuotaRow> quotas = List.of();

  SnapshotRows snapshot() {
    return snapshot;
  }

  List<StoredRun> runs() {
    return runs;
  }

  List<QuotaRow> quotas() {
    return quotas;
  }

  void quotas(List<QuotaRow> now) {
    quotas = now;
  }

  void runs(List<StoredRun> now) {
    runs = now;
  }
}
