package dev.connections.core.internal.importing;

import static dev.connections.core.internal.importing.Tables.name;
import static dev.connections.core.internal.importing.Tables.referring;
import static dev.connections.core.internal.importing.Tables.table;
import static dev.connections.core.internal.importing.Tables.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ChangeMarker;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.core.importing.ExclusionRule;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportProgress;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.ImportReport.Status;
import dev.connections.core.importing.Relationships;
import dev.connections.core.importing.SchemaListing;
import dev.connections.core.importing.TableOutcome;
import dev.connections.testkit.TestOperation;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ImportRunTest {
  private static final Failure DENIED =
      Failure.of(StandardErrorCode.PERMISSION_DENIED, "No right to read it.");
  private static final SchemaName S = SchemaName.of("s");

  private final Hearing host = new Hearing();

  @Test
  void everything_is_imported_counted_and_told() {
    ScriptedAdapter adapter =
        ScriptedAdapter.of(table("s", "a"), view("s", "b"), table("hr", "c"), table("hr", "d"));
    ImportOptions options = ImportOptions.builder().kinds(List.of(TableKind.TABLE)).build();
    ImportReport report = Runs.run(adapter, options, host);
    assertThat(report.status()).isEqualTo(Status.COMPLETE);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(4, 3, 0, 1, 0));
    assertThat(report.ledger().balances()).isTrue();
    assertThat(report.columns()).isEqualTo(6);
    assertThat(report.schemas())
        .containsExactly(
            listing("hr", SchemaListing.Status.COMPLETE, 2, 0),
            listing("s", SchemaListing.Status.COMPLETE, 2, 1));
    assertThat(report.attempts()).isEqualTo(1);
    assertThat(report.startedAt()).isEqualTo(Runs.BEGIN);

    assertThat(host.started).hasSize(1);
    assertThat(host.plans).containsExactly(ImportPlan.of(3, 3));
    assertThat(host.tables).hasSize(3);
    assertThat(host.outcomes)
        .hasSize(4)
        .contains(
            new TableOutcome.Excluded(
                name("s", "b"), ExclusionRule.of(ExclusionRule.Reason.KIND_NOT_CHOSEN)));
    assertThat(host.finished).containsExactly(report);
    ImportProgress last = host.progress.get(host.progress.size() - 1);
    assertThat(last.phase()).isEqualTo(ImportProgress.Phase.FINISHED);
    assertThat(last.done()).isEqualTo(3);
    assertThat(last.total()).hasValue(3);
    assertThat(last.timeLeft()).contains(Duration.ZERO);
  }

  @Test
  void a_table_that_fails_is_booked_and_the_others_go_on() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listed(table("s", "a"));
              sink.listed(table("s", "b"));
              sink.listingComplete(S);
              sink.proceed(ImportPlan.UNKNOWN);
              sink.failed(name("s", "a"), DENIED);
              sink.table(Tables.read(table("s", "b"), 1));
              return ImportEnd.Done.unmarked();
            });
    ImportReport report = Runs.run(adapter, ImportOptions.all(), host);
    assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(2, 1, 1, 0, 0));
    assertThat(report.failuresByCode()).isEqualTo(Map.of("PERMISSION_DENIED", 1L));
    assertThat(report.failedTables())
        .containsExactly(new TableOutcome.Failed(name("s", "a"), DENIED));
    assertThat(host.outcomes).hasSize(2);
  }

  @Test
  void a_table_the_adapter_forgets_is_booked_as_failed() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listed(table("s", "forgotten"));
              sink.listingComplete(S);
              return ImportEnd.Done.unmarked();
            });
    ImportReport report = Runs.run(adapter, ImportOptions.all(), host);
    assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(report.failuresByCode()).isEqualTo(Map.of("NOT_ANSWERED", 1L));
    assertThat(host.outcomes).isEqualTo(report.failedTables());
  }

  @Test
  void an_adapter_that_throws_leaves_its_failure_on_what_was_open() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listed(table("s", "a"));
              throw StandardFailures.wrongCredentials().asException();
            });
    ImportReport report = Runs.run(adapter, ImportOptions.all(), host);
    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.failure()).contains(StandardFailures.wrongCredentials());
    assertThat(report.failuresByCode()).isEqualTo(Map.of("WRONG_CREDENTIALS", 1L));
    assertThat(adapter.calls()).isEqualTo(1);
  }

  @Test
  void a_foreign_exception_is_a_defect_and_its_message_is_not_shown() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listed(table("s", "a"));
              throw new IllegalStateException("password=hunter2");
            });
    ImportReport report = Runs.run(adapter, ImportOptions.all(), host);
    assertThat(report.failure().orElseThrow().code()).isEqualTo(StandardErrorCode.INTERNAL);
    assertThat(report.toString()).doesNotContain("hunter2");
  }

  @Test
  void an_error_ends_in_a_report_too() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              throw new StackOverflowError();
            });
    assertThat(Runs.run(adapter, ImportOptions.all()).failure().orElseThrow().message())
        .contains("StackOverflowError");
  }

  @Test
  void an_interruption_is_a_cancellation_and_keeps_the_flag() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              throw new InterruptedException();
            });
    ImportReport report = Runs.run(adapter, ImportOptions.all());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.status()).isEqualTo(Status.CANCELLED);
  }

  @Test
  void a_schema_without_a_complete_listing_makes_the_import_incomplete() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              assertThat(selection.mayInclude(S)).isTrue();
              return ImportEnd.Done.unmarked();
            });
    ImportReport report = Runs.run(adapter, ImportOptions.all());
    assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(report.schemas())
        .containsExactly(listing("s", SchemaListing.Status.UNFINISHED, 0, 0));
  }

  @Test
  void a_schema_of_which_only_unwanted_tables_were_listed_may_hold_others() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listed(Tables.view("s", "left_out"));
              return ImportEnd.Done.unmarked();
            });
    ImportOptions tablesOnly = ImportOptions.builder().kinds(Set.of(TableKind.TABLE)).build();
    ImportReport report = Runs.run(adapter, tablesOnly);
    assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(report.schemas())
        .containsExactly(listing("s", SchemaListing.Status.UNFINISHED, 1, 1));
  }

  @Test
  void a_schema_that_cannot_be_listed_is_told_and_the_others_go_on() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listingFailed(S, DENIED);
              sink.listingComplete(S); // it contradicts itself: the failure stands
              sink.listingComplete(SchemaName.of("hr"));
              sink.listingFailed(SchemaName.of("excluded"), DENIED);
              sink.listingComplete(SchemaName.of("excluded too"));
              return ImportEnd.Done.unmarked();
            });
    ImportReport report = Runs.run(adapter, ImportOptions.ofSchemas("s", "hr"));
    assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(report.schemas())
        .containsExactly(
            listing("hr", SchemaListing.Status.COMPLETE, 0, 0),
            new SchemaListing(S, SchemaListing.Status.FAILED, Optional.of(DENIED), 0, 0));
  }

  @Test
  void a_chosen_schema_that_is_not_there_is_told() {
    ImportReport report =
        Runs.run(ScriptedAdapter.of(table("s", "a")), ImportOptions.ofSchemas("s", "gone"));
    assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(report.schemas().get(0).failure())
        .contains(StandardFailures.notFound("schema", "gone"));
  }

  @Test
  void a_chosen_schema_is_found_in_a_catalog() {
    TableInfo table = TableInfo.of(SchemaName.of("main", "s").table("a"), TableKind.TABLE);
    ImportReport report = Runs.run(ScriptedAdapter.of(table), ImportOptions.ofSchemas("s"));
    assertThat(report.status()).isEqualTo(Status.COMPLETE);
    assertThat(report.datasets()).isEqualTo(1);
  }

  @Test
  void named_tables_are_complete_when_all_are_answered() {
    ScriptedAdapter adapter = ScriptedAdapter.of(table("s", "a"), table("s", "b"));
    ImportReport report = Runs.run(adapter, ImportOptions.ofTables(name("s", "a")), host);
    assertThat(report.status()).isEqualTo(Status.COMPLETE);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(1, 1, 0, 0, 0));
    assertThat(report.schemas()).isEmpty();
  }

  @Test
  void a_named_table_that_is_not_answered_has_failed() {
    ScriptedAdapter adapter = ScriptedAdapter.of(table("s", "a"));
    ImportReport report =
        Runs.run(adapter, ImportOptions.ofTables(name("s", "a"), name("s", "gone")), host);
    assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(2, 1, 1, 0, 0));
    assertThat(report.failedTables().get(0).name()).isEqualTo(name("s", "gone"));
  }

  @Test
  void named_tables_need_not_be_listed_to_be_answered() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.proceed(ImportPlan.UNKNOWN);
              sink.table(Tables.read(table("s", "a"), 1));
              sink.table(Tables.read(view("s", "v"), 1));
              sink.failed(name("s", "gone"), StandardFailures.notFound("table", "gone"));
              return ImportEnd.Done.unmarked();
            });
    ImportOptions options =
        ImportOptions.ofTables(name("s", "a"), name("s", "v"), name("s", "gone")).toBuilder()
            .kinds(List.of(TableKind.TABLE))
            .build();
    ImportReport report = Runs.run(adapter, options, host);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(3, 1, 1, 1, 0));
    assertThat(report.failuresByCode()).containsOnlyKeys("NOT_FOUND");
    assertThat(host.tables).hasSize(1);
  }

  @Test
  void nothing_is_asked_of_the_source_if_every_named_table_is_excluded() {
    ScriptedAdapter adapter = ScriptedAdapter.of(table("s", "a"));
    ImportOptions options =
        ImportOptions.ofTables(name("s", "a")).toBuilder()
            .exclude(List.of(dev.connections.core.importing.TablePattern.tables("a")))
            .build();
    ImportReport report = Runs.run(adapter, options, host);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(1, 0, 0, 1, 0));
    assertThat(report.status()).isEqualTo(Status.COMPLETE);
    assertThat(adapter.calls()).isZero();
  }

  @Test
  void sections_nobody_asked_for_are_left_out_and_missing_ones_counted() {
    TableInfo a = table("s", "a").withDescription("about a");
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              assertThat(selection.sections()).isEqualTo(Set.of(Section.COLUMNS, Section.KEYS));
              sink.listed(a);
              sink.listingComplete(S);
              sink.proceed(ImportPlan.UNKNOWN);
              sink.table(
                  TableMetadata.builder(
                          a,
                          EnumSet.of(Section.COLUMNS, Section.FOREIGN_KEYS, Section.DESCRIPTIONS))
                      .columns(Tables.read(a, 1).columns())
                      .foreignKeys(referring(a, name("s", "b")).foreignKeys())
                      .build());
              return ImportEnd.Done.unmarked();
            });
    ImportOptions options =
        ImportOptions.builder()
            .sections(List.of(Section.COLUMNS, Section.KEYS, Section.FOREIGN_KEYS))
            .importRelationships(false)
            .build();
    ImportReport report = Runs.run(adapter, options, host);
    assertThat(host.tables.get(0).loaded()).isEqualTo(Set.of(Section.COLUMNS));
    assertThat(host.tables.get(0).foreignKeys()).isEmpty();
    assertThat(report.relationships()).isEqualTo(Relationships.NONE);
    assertThat(report.notLoaded()).isEqualTo(Map.of(Section.KEYS, 1L));
  }

  @Test
  void relationships_are_told_apart_by_where_they_lead() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listed(table("s", "a"));
              sink.proceed(ImportPlan.UNKNOWN);
              sink.table(
                  referring(
                      table("s", "a"),
                      name("s", "a"),
                      name("s", "later"),
                      name("s", "view"),
                      name("s", "unknown")));
              sink.listed(table("s", "later"));
              sink.listed(view("s", "view"));
              sink.listingComplete(S);
              sink.table(Tables.read(table("s", "later"), 1));
              return ImportEnd.Done.unmarked();
            });
    ImportReport report =
        Runs.run(adapter, ImportOptions.builder().kinds(List.of(TableKind.TABLE)).build(), host);
    assertThat(report.relationships()).isEqualTo(new Relationships(2, 2));
    assertThat(report.relationships().total()).isEqualTo(4);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(3, 2, 0, 1, 0));
    assertThat(report.schemas()).hasSize(1);
    assertThat(((TableOutcome.Imported) host.outcomes.get(0)).relationships()).isEqualTo(4);
  }

  @Test
  void the_change_marker_of_a_complete_import_is_kept_and_given_back() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              assertThat(selection.since()).isEmpty();
              return new ImportEnd.Done(Optional.of(new ChangeMarker("7")));
            },
            (selection, sink, operation) -> {
              assertThat(selection.since()).contains(new ChangeMarker("7"));
              return new ImportEnd.Unchanged();
            });
    ImportReport first = Runs.run(adapter, ImportOptions.all());
    assertThat(first.changeMarker()).contains(new ChangeMarker("7"));
    RunSetup setup =
        Runs.setup(ImportOptions.ofTables(name("s", "a")), TestOperation.start())
            .since(first.changeMarker())
            .listener(host);
    ImportReport second = new ImportRun(setup).run(adapter);
    assertThat(second.status()).isEqualTo(Status.UNCHANGED);
    assertThat(second.changeMarker()).contains(new ChangeMarker("7"));
    assertThat(second.ledger()).isEqualTo(new ImportLedger(1, 0, 0, 0, 1));
    assertThat(host.outcomes).containsExactly(new TableOutcome.Unchanged(name("s", "a")));
  }

  @Test
  void the_marker_of_an_import_that_is_not_complete_is_dropped() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listingFailed(S, DENIED);
              return new ImportEnd.Done(Optional.of(new ChangeMarker("7")));
            });
    assertThat(Runs.run(adapter, ImportOptions.all()).changeMarker()).isEmpty();
  }

  @Test
  void tables_known_to_be_unchanged_are_not_read_again() {
    RunSetup setup =
        Runs.setup(ImportOptions.all(), TestOperation.start())
            .unchanged(table -> table.name().table().equals("a"))
            .listener(host);
    ImportReport report =
        new ImportRun(setup).run(ScriptedAdapter.of(table("s", "a"), table("s", "b")));
    assertThat(report.status()).isEqualTo(Status.COMPLETE);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(2, 1, 0, 0, 1));
    assertThat(host.outcomes).contains(new TableOutcome.Unchanged(name("s", "a")));
  }

  @Test
  void notices_of_the_source_and_of_tables_are_reported() {
    Notice source = Notice.of(NoticeCode.TRUNCATED, new Notice.Scope.Source(), "Cut.");
    Notice own =
        Notice.of(NoticeCode.LOW_CONFIDENCE, new Notice.Scope.Table(name("s", "a")), "Doubtful.");
    TableInfo large = table("s", "a").withRowCount(10_000_000);
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.notice(source);
              sink.listed(large);
              sink.listingComplete(S);
              sink.proceed(ImportPlan.UNKNOWN);
              sink.table(Tables.builder(large, 1).notices(own).build());
              return ImportEnd.Done.unmarked();
            });
    ImportReport report = Runs.run(adapter, ImportOptions.all(), host);
    assertThat(report.notices())
        .containsExactly(source, StandardFailures.largeTable(name("s", "a"), 10_000_000), own);
    assertThat(host.notices).hasSize(2);
    assertThat(host.notices.get(1).message())
        .isEqualTo("The table 's.a' contains 10 million rows. Import may take several minutes.");
  }

  @Test
  void long_lists_are_cut_and_their_counts_are_whole() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              for (int i = 0; i < 1_500; i++) {
                sink.listed(table("s", "t" + i));
                sink.failed(name("s", "t" + i), DENIED);
                sink.notice(Notice.of(NoticeCode.SKIPPED, new Notice.Scope.Source(), "n" + i));
              }
              sink.listingComplete(S);
              return ImportEnd.Done.unmarked();
            });
    ImportReport report = Runs.run(adapter, ImportOptions.all());
    assertThat(report.failedTables()).hasSize(ImportReport.KEPT);
    assertThat(report.moreFailedTables()).isEqualTo(500);
    assertThat(report.notices()).hasSize(ImportReport.KEPT);
    assertThat(report.moreNotices()).isEqualTo(500);
    assertThat(report.failuresByCode()).isEqualTo(Map.of("PERMISSION_DENIED", 1_500L));
  }

  @Test
  void progress_is_told_at_most_ten_times_a_second_and_says_what_is_left() {
    AtomicLong nanos = new AtomicLong();
    RunSetup setup = Runs.setup(ImportOptions.all(), TestOperation.start()).listener(host);
    setup.nanos = nanos::get;
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              for (int i = 0; i < 100; i++) {
                sink.listed(table("s", "t" + i));
              }
              sink.listingComplete(S);
              sink.proceed(ImportPlan.of(100, 100));
              for (int i = 0; i < 50; i++) {
                nanos.addAndGet(Duration.ofMillis(20).toNanos());
                sink.table(Tables.read(table("s", "t" + i), 1));
              }
              return ImportEnd.Done.unmarked();
            });
    ImportRun run = new ImportRun(setup);
    assertThat(run.progress().phase()).isEqualTo(ImportProgress.Phase.LISTING);
    run.run(adapter);
    assertThat(host.progress).hasSize(12); // at once, every 100 ms of one second, and the last
    ImportProgress half = host.progress.get(10);
    assertThat(half.phase()).isEqualTo(ImportProgress.Phase.READING);
    assertThat(half.done()).isEqualTo(50);
    assertThat(half.total()).hasValue(100);
    assertThat(half.perSecond()).isEqualTo(50);
    assertThat(half.timeLeft()).contains(Duration.ofSeconds(1));
    assertThat(half.current()).contains(name("s", "t49"));
    assertThat(run.progress().phase()).isEqualTo(ImportProgress.Phase.FINISHED);
    assertThat(run.progress().failed()).isEqualTo(50);
  }

  @Test
  void a_total_that_was_too_low_grows() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.proceed(ImportPlan.of(1, 1));
              sink.listed(table("s", "a"));
              sink.table(Tables.read(table("s", "a"), 1));
              sink.listed(table("s", "b"));
              sink.table(Tables.read(table("s", "b"), 1));
              sink.listingComplete(S);
              return ImportEnd.Done.unmarked();
            });
    Runs.run(adapter, ImportOptions.all(), host);
    assertThat(host.progress.get(host.progress.size() - 1).total()).isEqualTo(OptionalLong.of(2));
  }

  @Test
  void the_operation_is_told_that_the_import_is_not_idle() {
    AtomicInteger touched = new AtomicInteger();
    RunSetup setup =
        Runs.setup(ImportOptions.all(), TestOperation.start())
            .touch(touched::incrementAndGet)
            .clock(Clock.fixed(Runs.BEGIN.plusSeconds(9), ZoneOffset.UTC));
    ImportReport report = new ImportRun(setup).run(ScriptedAdapter.of(table("s", "a")));
    assertThat(touched.get()).isGreaterThanOrEqualTo(4);
    assertThat(report.took()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void an_import_that_cannot_begin_ends_in_a_report_too() {
    RunSetup setup =
        Runs.setup(ImportOptions.ofTables(name("s", "a")), TestOperation.start()).listener(host);
    ImportRun run = new ImportRun(setup);
    Failure absent = StandardFailures.unsupportedType("Snowflake", List.of());
    ImportReport report = run.fail(absent.asException());
    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.failure()).contains(absent);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(1, 0, 1, 0, 0));
    assertThat(report.attempts()).isZero();
    assertThat(host.finished).containsExactly(report);
    assertThatThrownBy(() -> run.fail(absent.asException()))
        .isInstanceOf(IllegalStateException.class);
  }

  private static SchemaListing listing(
      String schema, SchemaListing.Status status, long listed, long excluded) {
    return new SchemaListing(SchemaName.of(schema), status, Optional.empty(), listed, excluded);
  }
}
