package dev.connections.core.internal.importing;

import static dev.connections.core.internal.importing.Tables.builder;
import static dev.connections.core.internal.importing.Tables.name;
import static dev.connections.core.internal.importing.Tables.read;
import static dev.connections.core.internal.importing.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.Index;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.RowCount;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Visibility;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.SchemaDrift;
import dev.connections.core.importing.TableDrift;
import dev.connections.core.importing.TableOutcome;
import dev.connections.core.importing.TablePattern;
import dev.connections.core.internal.importing.ScriptedAdapter.Script;
import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.InMemoryConnectionStore;
import dev.connections.core.store.SnapshotStore;
import dev.connections.core.store.StoredConfiguration;
import dev.connections.core.store.StoredConnection;
import dev.connections.testkit.LogCapture;
import dev.connections.testkit.TestOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SnapshotRunTest {
  private static final SchemaName S = SchemaName.of("s");
  private static final SchemaName T = SchemaName.of("t");
  private static final Failure DENIED =
      Failure.of(StandardErrorCode.PERMISSION_DENIED, "No right to read it.");

  private final ConnectionStore store = InMemoryConnectionStore.create();
  private final SnapshotStore snapshots = store.snapshots().orElseThrow();
  private final AtomicLong nanos = new AtomicLong();

  SnapshotRunTest() {
    store.insert(
        StoredConnection.builder(
                "1",
                new Ownership("acme", Optional.empty(), "ada", Visibility.PRIVATE, false),
                "Sales",
                "scripted",
                new StoredConfiguration(1, "{}"))
            .created("ada", Runs.BEGIN)
            .build());
  }

  private SnapshotRun snapshot(ImportOptions options) {
    return new SnapshotRun(snapshots, "acme", "1", options, nanos::get);
  }

  private ImportReport run(ImportOptions options, ImportListener listener, Script script) {
    return new ImportRun(
            Runs.setup(options, TestOperation.start())
                .listener(listener)
                .snapshot(Optional.of(snapshot(options))))
        .run(new ScriptedAdapter(script));
  }

  private ImportReport run(Script script) {
    return run(ImportOptions.all(), ImportListener.NONE, script);
  }

  /** A source of one schema with these tables. */
  private static Script source(TableMetadata... tables) {
    return source(S, tables);
  }

  private static Script source(SchemaName schema, TableMetadata... tables) {
    return (selection, sink, operation) -> {
      for (TableMetadata table : tables) {
        sink.listed(table.info());
      }
      sink.listingComplete(schema);
      for (TableMetadata table : tables) {
        sink.table(table);
      }
      return ImportEnd.Done.unmarked();
    };
  }

  private static TableMetadata plain(String table) {
    return read(table("s", table), 2);
  }

  private static SchemaDrift drift(ImportReport report) {
    return report.drift().orElseThrow();
  }

  private static List<TableDrift> told(ImportReport report) {
    return drift(report).tables();
  }

  private static TableDrift of(String table, TableDrift.Kind kind) {
    return TableDrift.of(name("s", table), kind);
  }

  @Test
  void the_first_import_has_nothing_to_be_compared_with() {
    assertThat(run(source(plain("a"))).drift()).isEmpty();
    assertThat(snapshots.find("acme", "1")).isPresent();
  }

  @Test
  void nothing_has_changed_where_all_is_as_it_was() {
    run(source(plain("a"), plain("b")));
    SchemaDrift drift = drift(run(source(plain("b"), plain("a"))));
    assertThat(drift.isEmpty()).isTrue();
    assertThat(drift.tables()).isEmpty();
  }

  @Test
  void tables_that_came_went_and_changed_are_told_once() {
    run(source(plain("a"), plain("b"), plain("c")));
    ImportReport second = run(source(plain("a"), read(table("s", "c"), 3), plain("d")));
    assertThat(told(second))
        .extracting(TableDrift::name, TableDrift::kind, TableDrift::breaking)
        .containsExactly(
            tuple(name("s", "b"), TableDrift.Kind.REMOVED, true),
            tuple(name("s", "c"), TableDrift.Kind.CHANGED, false),
            tuple(name("s", "d"), TableDrift.Kind.ADDED, false));
    SchemaDrift drift = drift(second);
    assertThat(List.of(drift.added(), drift.removed(), drift.changed(), drift.breaking()))
        .containsExactly(1L, 1L, 1L, 1L);
    assertThat(drift(run(source(plain("a"), read(table("s", "c"), 3), plain("d")))).isEmpty())
        .isTrue();
  }

  @Test
  void row_counts_and_notices_are_no_change_and_nothing_is_written_for_them() {
    run(source(builder(table("s", "a"), 2).rowCount(RowCount.exactly(5)).build()));
    ImportReport second =
        run(source(builder(table("s", "a"), 2).rowCount(RowCount.exactly(99)).build()));
    assertThat(told(second)).isEmpty();
  }

  @Test
  void a_table_is_removed_only_where_its_schema_was_listed_to_its_end() {
    run(source(plain("a"), plain("b")));
    ImportReport unfinished =
        run(
            (selection, sink, operation) -> {
              sink.listed(table("s", "a"));
              sink.table(plain("a"));
              sink.listingFailed(S, DENIED);
              return ImportEnd.Done.unmarked();
            });
    assertThat(unfinished.status()).isEqualTo(ImportReport.Status.INCOMPLETE);
    assertThat(told(unfinished)).isEmpty();
    assertThat(told(run(source(plain("a"))))).containsExactly(of("b", TableDrift.Kind.REMOVED));
  }

  @Test
  void a_schema_that_is_gone_takes_its_tables_along_if_all_others_were_listed() {
    run(
        (selection, sink, operation) -> {
          source(plain("a")).read(selection, sink, operation);
          return source(T, read(table("t", "x"), 1)).read(selection, sink, operation);
        });
    assertThat(told(run(source(plain("a")))))
        .containsExactly(TableDrift.of(name("t", "x"), TableDrift.Kind.REMOVED));
  }

  @Test
  void where_nothing_was_listed_at_all_nothing_is_called_removed() {
    run(source(plain("a")));
    assertThat(told(run((selection, sink, operation) -> ImportEnd.Done.unmarked()))).isEmpty();
  }

  @Test
  void a_table_that_may_only_be_hidden_is_not_called_removed() {
    run(source(plain("a"), plain("b")));
    Script hiding =
        (selection, sink, operation) -> {
          sink.notice(
              Notice.of(
                      NoticeCode.HIDDEN_BY_PERMISSION,
                      new Notice.Scope.Schema(S),
                      "1 table is hidden.")
                  .withHidden(1));
          return source(plain("a")).read(selection, sink, operation);
        };
    ImportReport second = run(hiding);
    assertThat(told(second)).containsExactly(of("b", TableDrift.Kind.UNSEEN));
    assertThat(drift(second).removed()).isZero();
    assertThat(told(run(source(plain("a"), plain("b")))))
        .as("it is granted again, and as it was")
        .isEmpty();
    assertThat(told(run(hiding))).containsExactly(of("b", TableDrift.Kind.UNSEEN));
  }

  @Test
  void a_table_that_may_only_be_hidden_is_told_once_and_again_when_it_is_known_to_be_removed() {
    run(source(plain("a"), plain("b")));
    Script hiding =
        (selection, sink, operation) -> {
          sink.notice(
              Notice.of(
                      NoticeCode.HIDDEN_BY_PERMISSION,
                      new Notice.Scope.Schema(S),
                      "1 table is hidden.")
                  .withHidden(1));
          return source(plain("a")).read(selection, sink, operation);
        };
    assertThat(told(run(hiding))).containsExactly(of("b", TableDrift.Kind.UNSEEN));
    assertThat(told(run(hiding))).isEmpty();
    assertThat(told(run(hiding))).isEmpty();
    assertThat(told(run(source(plain("a"))))).containsExactly(of("b", TableDrift.Kind.REMOVED));
    assertThat(told(run(source(plain("a"))))).isEmpty();
  }

  @Test
  void a_table_that_could_not_be_read_counts_as_it_was() {
    run(source(plain("a"), plain("b")));
    Script failing =
        (selection, sink, operation) -> {
          sink.listed(table("s", "a"));
          sink.listed(table("s", "b"));
          sink.listed(table("s", "new"));
          sink.listingComplete(S);
          sink.table(plain("a"));
          sink.failed(name("s", "b"), DENIED);
          sink.failed(name("s", "new"), DENIED);
          return ImportEnd.Done.unmarked();
        };
    assertThat(told(run(failing))).isEmpty();
    assertThat(told(run(source(plain("a"), read(table("s", "b"), 1), plain("new")))))
        .as("the one that failed at first isn't new when it can be read at last")
        .extracting(TableDrift::name)
        .containsExactly(name("s", "b"));
  }

  @Test
  void what_was_never_wanted_before_is_not_new_and_what_is_not_wanted_now_is_not_gone() {
    ImportOptions some =
        ImportOptions.builder().exclude(List.of(TablePattern.tables("tmp_*"))).build();
    run(some, ImportListener.NONE, source(plain("a"), plain("tmp_1")));
    assertThat(told(run(source(plain("a"), plain("tmp_1"), plain("b")))))
        .containsExactly(of("b", TableDrift.Kind.ADDED));
    assertThat(told(run(some, ImportListener.NONE, source(plain("a"), plain("b"))))).isEmpty();
    assertThat(told(run(source(plain("a"), plain("b")))))
        .containsExactly(of("tmp_1", TableDrift.Kind.REMOVED));
  }

  @Test
  void an_import_of_named_tables_compares_these_and_calls_none_removed() {
    run(source(plain("a"), plain("b")));
    ImportReport named =
        run(
            ImportOptions.ofTables(name("s", "a")),
            ImportListener.NONE,
            (selection, sink, operation) -> {
              sink.table(read(table("s", "a"), 1));
              return ImportEnd.Done.unmarked();
            });
    assertThat(told(named)).extracting(TableDrift::name).containsExactly(name("s", "a"));
    assertThat(told(run(source(read(table("s", "a"), 1), plain("b"))))).isEmpty();
  }

  @Test
  void sections_that_were_not_read_are_not_compared_and_not_forgotten() {
    TableMetadata whole =
        builder(table("s", "a"), 2).indexes(List.of(Index.of("by_c0", false, "c0"))).build();
    run(source(whole));
    ImportOptions columnsOnly =
        ImportOptions.builder().sections(EnumSet.of(Section.COLUMNS)).build();
    assertThat(told(run(columnsOnly, ImportListener.NONE, source(whole)))).isEmpty();
    assertThat(told(run(source(plain("a"))))).extracting(TableDrift::name).hasSize(1);
  }

  @Test
  void an_import_that_breaks_off_leaves_the_snapshot_as_it_was() {
    run(source(plain("a")));
    ImportReport broken =
        run(
            (selection, sink, operation) -> {
              sink.listed(table("s", "a"));
              sink.table(read(table("s", "a"), 5));
              throw DENIED.asException();
            });
    assertThat(broken.status()).isEqualTo(ImportReport.Status.FAILED);
    assertThat(broken.drift()).isEmpty();
    assertThat(told(run(source(read(table("s", "a"), 5))))).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void a_store_that_throws_anything_costs_the_comparison_and_nothing_else(
      BrokenSnapshots.Method broken) {
    run(source(plain("a"), plain("b")));
    List<TableOutcome> told = new ArrayList<>();
    ImportListener hears =
        new ImportListener() {
          @Override
          public void outcome(TableOutcome outcome) {
            told.add(outcome);
          }
        };
    ImportReport report;
    try (LogCapture logged = LogCapture.start()) {
      SnapshotRun snapshot =
          new SnapshotRun(
              new BrokenSnapshots(snapshots, broken), "acme", "1", ImportOptions.all(), nanos::get);
      report =
          new ImportRun(
                  Runs.setup(ImportOptions.all(), TestOperation.start())
                      .listener(hears)
                      .snapshot(Optional.of(snapshot)))
              .run(new ScriptedAdapter(source(read(table("s", "a"), 3))));
      assertThat(logged.text()).doesNotContain("swordfish");
    }

    assertThat(report.status()).isEqualTo(ImportReport.Status.COMPLETE);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(1, 1, 0, 0, 0));
    assertThat(told).hasSize(1);
    boolean compared =
        broken == BrokenSnapshots.Method.COMMIT || broken == BrokenSnapshots.Method.ABANDON;
    assertThat(report.drift().isPresent()).isEqualTo(compared);
  }

  @Test
  void a_store_that_can_not_even_forget_a_change_keeps_no_import_from_its_end() {
    SnapshotRun snapshot =
        new SnapshotRun(
            new BrokenSnapshots(snapshots, BrokenSnapshots.Method.ABANDON),
            "acme",
            "1",
            ImportOptions.all(),
            nanos::get);
    ImportReport report =
        new ImportRun(
                Runs.setup(ImportOptions.all(), TestOperation.start())
                    .snapshot(Optional.of(snapshot)))
            .run(
                new ScriptedAdapter(
                    (selection, sink, operation) -> {
                      snapshot.compared(Optional.empty());
                      throw DENIED.asException();
                    }));
    assertThat(report.failure()).contains(DENIED);
  }

  @Test
  void what_a_listener_could_not_take_is_told_again() {
    run(source(plain("a")));
    ImportListener full =
        new ImportListener() {
          @Override
          public void finished(ImportReport report) {
            throw DENIED.asException();
          }
        };
    assertThat(run(ImportOptions.all(), full, source(plain("b"))).drift()).isEmpty();
    assertThat(told(run(source(plain("b"))))).hasSize(2);
  }

  @Test
  void while_another_import_writes_the_snapshot_nothing_is_compared_and_nothing_is_lost() {
    run(source(plain("a")));
    long other = snapshots.begin("acme", "1", Duration.ofMinutes(1)).orElseThrow();
    ImportReport report = run(source(plain("b")));
    assertThat(report.status()).isEqualTo(ImportReport.Status.COMPLETE);
    assertThat(report.drift()).isEmpty();
    snapshots.abandon("acme", "1", other);
    assertThat(told(run(source(plain("b"))))).hasSize(2);
  }

  @Test
  void thousands_of_tables_are_compared_and_of_many_changes_the_first_are_kept() {
    TableMetadata[] before =
        IntStream.range(0, 3_000).mapToObj(i -> plain("t" + i)).toArray(TableMetadata[]::new);
    run(source(before));
    TableMetadata[] after =
        Stream.of(before).map(some -> read(some.info(), 1)).toArray(TableMetadata[]::new);
    SchemaDrift drift = drift(run(source(after)));
    assertThat(drift.changed()).isEqualTo(3_000);
    assertThat(drift.breaking()).isEqualTo(3_000);
    assertThat(drift.tables()).hasSize(SchemaDrift.KEPT);
    assertThat(drift.moreTables()).isEqualTo(2_000);
    assertThat(drift(run(source())).removed()).isEqualTo(3_000);
  }

  @Test
  void another_kind_of_table_is_a_change() {
    run(source(plain("a")));
    TableName a = name("s", "a");
    ImportReport report = run(source(read(TableInfo.of(a, TableKind.VIEW), 2)));
    assertThat(told(report).get(0).changes().get(0).sentence())
        .isEqualTo("The kind changed from table to view.");
  }
}
