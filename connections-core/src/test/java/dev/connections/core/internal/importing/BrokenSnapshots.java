package dev.connections.core.internal.importing;

import dev.connections.api.TableName;
import dev.connections.core.store.Snapshot;
import dev.connections.core.store.SnapshotStore;
import dev.connections.core.store.StoredTable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A host's own store with a defect: one of its methods throws what no store should. */
final class BrokenSnapshots implements SnapshotStore {
  /** Its methods. */
  enum Method {
    FIND,
    TABLES,
    NAMES,
    BEGIN,
    WRITE,
    COMMIT,
    ABANDON
  }

  private final SnapshotStore sound;
  private final Method broken;

  BrokenSnapshots(SnapshotStore sound, Method broken) {
    this.sound = sound;
    this.broken = broken;
  }

  private <T> T unless(Method method, Supplier<T> work) {
    if (method == broken) {
      throw new IllegalStateException("swordfish");
    }
    return work.get();
  }

  @Override
  public Optional<Snapshot> find(String account, String connection) {
    return unless(Method.FIND, () -> sound.find(account, connection));
  }

  @Override
  public Map<TableName, StoredTable> tables(
      String account, String connection, Collection<TableName> names) {
    return unless(Method.TABLES, () -> sound.tables(account, connection, names));
  }

  @Override
  public List<StoredTable> names(
      String account, String connection, Optional<TableName> after, int limit) {
    return unless(Method.NAMES, () -> sound.names(account, connection, after, limit));
  }

  @Override
  public OptionalLong begin(String account, String connection, Duration lease) {
    return unless(Method.BEGIN, () -> sound.begin(account, connection, lease));
  }

  @Override
  public boolean write(
      String account,
      String connection,
      long change,
      Duration lease,
      Collection<StoredTable> tables,
      Collection<TableName> gone) {
    return unless(
        Method.WRITE, () -> sound.write(account, connection, change, lease, tables, gone));
  }

  @Override
  public boolean commit(String account, String connection, long change, Snapshot snapshot) {
    return unless(Method.COMMIT, () -> sound.commit(account, connection, change, snapshot));
  }

  @Override
  public void abandon(String account, String connection, long change) {
    unless(
        Method.ABANDON,
        () -> {
          sound.abandon(account, connection, change);
          return true;
        });
  }
}
