package dev.connections.core.internal.importing;

import dev.connections.api.ConnectionException;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.MetadataChange;
import dev.connections.core.importing.SchemaDrift;
import dev.connections.core.importing.SchemaListing;
import dev.connections.core.importing.TableDrift;
import dev.connections.core.internal.json.Json;
import dev.connections.core.store.Snapshot;
import dev.connections.core.store.SnapshotStore;
import dev.connections.core.store.StoredTable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what an import reads with the connection's snapshot, and makes it the next one. Tables
 * are compared and written some hundreds at a time; only those that are otherwise are written. A
 * store that fails, or another import that writes the snapshot, costs the import its comparison and
 * nothing else.
 *
 * <p>Used by one thread at a time.
 */
public final class SnapshotRun {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotRun.class);
  private static final int MOST_TABLES = 200;
  private static final int MOST_COLUMNS = 20_000;
  private static final int PAGE = 1_000;
  private static final Duration LEASE = Duration.ofMinutes(15);
  private static final long WRITE_AGAIN_NANOS = Duration.ofMinutes(3).toNanos();

  private static final String UNKNOWN_KIND = "unknown";

  /** Before the kind of a table that was told as removed or hidden: it isn't told again. */
  private static final String UNSEEN = "unseen ";

  private enum State {
    READY,
    OPEN,
    ENDED
  }

  private final SnapshotStore store;
  private final String account;
  private final String connection;
  private final ImportOptions options;
  private final LongSupplier nanos;
  private final DriftBook drift = new DriftBook();
  private final Map<TableName, TableMetadata> read = new LinkedHashMap<>();
  private final Set<TableName> failed = new LinkedHashSet<>();

  private State state = State.READY;
  private Optional<Snapshot> former = Optional.empty();
  private Coverage coverage = Coverage.NONE;
  private Coverage.Looked looked = table -> false;
  private long change;
  private long columns;
  private long writtenAt;

  /**
   * Makes a run that has touched nothing yet.
   *
   * @param store where the snapshot is kept
   * @param account the tenant
   * @param connection the connection's id
   * @param options what the import reads
   * @param nanos a clock that runs evenly
   */
  public SnapshotRun(
      SnapshotStore store,
      String account,
      String connection,
      ImportOptions options,
      LongSupplier nanos) {
    this.store = store;
    this.account = account;
    this.connection = connection;
    this.options = options;
    this.nanos = nanos;
  }

  void table(TableMetadata table) {
    guarded(
        () -> {
          TableMetadata kept = SnapshotForm.kept(table);
          read.put(Json.whole(kept.name()), kept);
          columns += 1 + kept.columns().size();
          writeIfMany();
        });
  }

  /** A table that is there and can't be read: nothing is known of it but its name. */
  void failed(TableName table) {
    guarded(
        () -> {
          failed.add(Json.whole(table));
          writeIfMany();
        });
  }

  private void writeIfMany() {
    if (read.size() + failed.size() >= MOST_TABLES
        || columns >= MOST_COLUMNS
        || (state == State.OPEN && nanos.getAsLong() - writtenAt >= WRITE_AGAIN_NANOS)) {
      write();
    }
  }

  /**
   * Ends the comparison: all that the import read has been told.
   *
   * @param presence what is to be said of a table of the former snapshot; empty if nothing was
   *     listed
   * @return empty if there was no snapshot, or if there is no comparison
   */
  Optional<SchemaDrift> compared(Optional<BiFunction<TableName, TableKind, Presence>> presence) {
    guarded(
        () -> {
          write();
          if (former.isPresent() && presence.isPresent() && state == State.OPEN) {
            findGone(presence.get());
          }
        });
    return state == State.OPEN ? former.map(Snapshot::takenAt).map(drift::since) : Optional.empty();
  }

  private void findGone(BiFunction<TableName, TableKind, Presence> presence) {
    Optional<TableName> after = Optional.empty();
    List<StoredTable> page;
    do {
      page = store.names(account, connection, after, PAGE);
      List<TableName> gone = new ArrayList<>();
      List<TableName> unseen = new ArrayList<>();
      for (StoredTable table : page) {
        boolean told = table.kind().startsWith(UNSEEN);
        String kind = told ? table.kind().substring(UNSEEN.length()) : table.kind();
        switch (presence.apply(table.name(), new TableKind(kind))) {
          case AS_IT_WAS -> {}
          case GONE -> {
            gone.add(table.name());
            drift.add(table.name(), TableDrift.Kind.REMOVED);
          }
          case GONE_OR_HIDDEN -> {
            if (!told) {
              unseen.add(table.name());
              drift.add(table.name(), TableDrift.Kind.UNSEEN);
            }
          }
        }
        after = Optional.of(table.name());
      }
      if (!gone.isEmpty()) {
        written(List.of(), gone);
      }
      for (int from = 0; from < unseen.size() && state == State.OPEN; from += MOST_TABLES) {
        mark(unseen.subList(from, Math.min(unseen.size(), from + MOST_TABLES)));
      }
    } while (page.size() == PAGE && state == State.OPEN);
  }

  /** All else that is known of them stays, for the day they are seen again. */
  private void mark(List<TableName> unseen) {
    List<StoredTable> marked =
        store.tables(account, connection, unseen).values().stream()
            .map(table -> StoredTable.of(table.name(), UNSEEN + table.kind(), table.content()))
            .toList();
    written(marked, List.of());
  }

  /**
   * Makes what was read the snapshot.
   *
   * @param listings how the listing of the schemas went
   * @param at when
   */
  void commit(List<SchemaListing> listings, Instant at) {
    guarded(
        () -> {
          if (state == State.OPEN) {
            Coverage covered = coverage.with(options, listings);
            Snapshot snapshot = new Snapshot(at.truncatedTo(ChronoUnit.MICROS), covered.json());
            if (!store.commit(account, connection, change, snapshot)) {
              LOG.info("Another import has taken over the snapshot of a connection.");
            }
            state = State.ENDED;
          }
        });
  }

  /** Forgets what was read; the former snapshot stays. */
  void abandon() {
    if (state == State.OPEN) {
      guarded(() -> store.abandon(account, connection, change));
    }
    end();
  }

  private void end() {
    state = State.ENDED;
    read.clear();
    failed.clear();
  }

  private void write() {
    if (state == State.READY) {
      begin();
    }
    if (state != State.OPEN) {
      return;
    }
    failed.removeAll(read.keySet());
    Set<TableName> names = new LinkedHashSet<>(read.keySet());
    names.addAll(failed);
    Map<TableName, StoredTable> known =
        names.isEmpty() ? Map.of() : store.tables(account, connection, names);
    List<StoredTable> otherwise = new ArrayList<>();
    read.forEach(
        (name, table) ->
            compare(name, table, Optional.ofNullable(known.get(name))).ifPresent(otherwise::add));
    for (TableName name : failed) {
      if (!known.containsKey(name)) {
        otherwise.add(StoredTable.of(name, UNKNOWN_KIND, new byte[0]));
      }
    }
    read.clear();
    failed.clear();
    columns = 0;
    written(otherwise, List.of());
  }

  private void begin() {
    OptionalLong begun = store.begin(account, connection, LEASE);
    if (begun.isEmpty()) {
      LOG.info(
          "Another import is writing the snapshot of a connection; this one compares nothing.");
      end();
      return;
    }
    change = begun.getAsLong();
    state = State.OPEN;
    writtenAt = nanos.getAsLong();
    former = store.find(account, connection);
    coverage = former.map(Snapshot::coverage).map(Coverage::parse).orElse(Coverage.NONE);
    looked = coverage.looked();
  }

  private void written(List<StoredTable> tables, List<TableName> gone) {
    if (!store.write(account, connection, change, LEASE, tables, gone)) {
      LOG.info("Another import has taken over the snapshot of a connection.");
      end();
    }
    writtenAt = nanos.getAsLong();
  }

  /** What is to be written of a table, if it is otherwise than what is known. */
  private Optional<StoredTable> compare(
      TableName name, TableMetadata table, Optional<StoredTable> known) {
    StoredTable now = SnapshotForm.of(table);
    if (known.equals(Optional.of(now))) {
      return Optional.empty();
    }
    if (known.isEmpty()) {
      if (looked.at(TableInfo.of(name, table.info().kind()))) {
        drift.add(name, TableDrift.Kind.ADDED);
      }
      return Optional.of(now);
    }
    Optional<TableMetadata> before = SnapshotForm.read(known.get());
    if (before.isEmpty()) {
      return Optional.of(now);
    }
    List<MetadataChange> changes = TableComparison.of(before.get(), table);
    if (!changes.isEmpty()) {
      drift.add(TableDrift.changed(name, changes));
    }
    StoredTable merged = SnapshotForm.of(SnapshotForm.merged(table, before.get()));
    return merged.equals(known.get()) ? Optional.empty() : Optional.of(merged);
  }

  /** What a store can't do now, or does wrong, the import does without. */
  @SuppressWarnings("CatchingUnchecked")
  private void guarded(Runnable work) {
    if (state == State.ENDED) {
      return;
    }
    try {
      work.run();
    } catch (ConnectionException failure) {
      giveUp(failure.code().id());
    } catch (RuntimeException | StackOverflowError foreign) {
      giveUp(foreign.getClass().getName());
    }
  }

  private void giveUp(String why) {
    LOG.warn(
        "The snapshot of a connection couldn't be read or written ({}); the import goes on without"
            + " comparing.",
        why);
    boolean open = state == State.OPEN;
    end();
    if (open) {
      abandonQuietly();
    }
  }

  private void abandonQuietly() {
    try {
      store.abandon(account, connection, change);
    } catch (RuntimeException again) {
      LOG.debug("Its change is left to its lease ({}).", again.getClass().getName());
    }
  }
}
