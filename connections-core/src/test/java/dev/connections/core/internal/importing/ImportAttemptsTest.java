package dev.connections.core.internal.importing;

import static dev.connections.core.internal.importing.Tables.name;
import static dev.connections.core.internal.importing.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ChangeMarker;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.MetadataSink.Decision;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableInfo;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportProgress;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.ImportReport.Status;
import dev.connections.core.importing.SchemaListing;
import dev.connections.testkit.TestOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImportAttemptsTest {
  private static final Failure LOST =
      Failure.of(StandardErrorCode.CONNECTION_LOST, "The connection broke.");
  private static final SchemaName S = SchemaName.of("s");

  private final Hearing host = new Hearing();

  /** Reads what is wanted and breaks after some tables. */
  private static ScriptedAdapter.Script breakingAfter(int tables, TableInfo... all) {
    return (selection, sink, operation) -> {
      List<TableInfo> wanted = new ArrayList<>();
      for (TableInfo table : all) {
        if (selection.names().map(names -> names.contains(table.name())).orElse(true)
            && sink.listed(table) == Decision.READ) {
          wanted.add(table);
        }
      }
      sink.listingComplete(S);
      sink.proceed(ImportPlan.of(wanted.size(), 1));
      for (int i = 0; i < wanted.size(); i++) {
        if (i == tables) {
          throw LOST.asException();
        }
        sink.table(Tables.read(wanted.get(i), 1));
      }
      return new ImportEnd.Done(Optional.of(new ChangeMarker("later")));
    };
  }

  private static TableInfo[] tables(int count) {
    return IntStream.range(0, count).mapToObj(i -> table("s", "t" + i)).toArray(TableInfo[]::new);
  }

  @Test
  void a_stream_that_breaks_goes_on_where_it_was() {
    ScriptedAdapter adapter = new ScriptedAdapter(breakingAfter(3, tables(10)));
    ImportReport report = Runs.run(adapter, ImportOptions.all(), host);
    assertThat(report.status()).isEqualTo(Status.COMPLETE);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(10, 10, 0, 0, 0));
    assertThat(report.attempts()).isEqualTo(4);
    assertThat(report.changeMarker()).as("older tables may be older than the marker").isEmpty();
    assertThat(host.tables).hasSize(10).doesNotHaveDuplicates();
    assertThat(host.plans)
        .containsExactly(
            ImportPlan.of(10, 1), ImportPlan.of(7, 1), ImportPlan.of(4, 1), ImportPlan.of(1, 1));
    assertThat(host.progress.get(host.progress.size() - 1).total()).hasValue(10);
  }

  @Test
  void named_tables_that_are_done_are_not_asked_for_again() {
    TableInfo[] all = tables(3);
    List<Set<?>> asked = new ArrayList<>();
    ScriptedAdapter.Script breaking = breakingAfter(2, all);
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              asked.add(selection.names().orElseThrow());
              return breaking.read(selection, sink, operation);
            });
    ImportReport report =
        Runs.run(
            adapter, ImportOptions.ofTables(all[0].name(), all[1].name(), all[2].name()), host);
    assertThat(report.status()).isEqualTo(Status.COMPLETE);
    assertThat(asked).hasSize(2);
    assertThat(asked.get(1)).hasSize(1);
  }

  @Test
  void a_break_after_the_last_named_table_needs_no_further_call() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listed(table("s", "a"));
              sink.proceed(ImportPlan.UNKNOWN);
              sink.table(Tables.read(table("s", "a"), 1));
              throw LOST.asException();
            });
    ImportReport report = Runs.run(adapter, ImportOptions.ofTables(name("s", "a")));
    assertThat(report.status()).isEqualTo(Status.COMPLETE);
    assertThat(adapter.calls()).isEqualTo(1);
  }

  @Test
  void after_three_repetitions_without_progress_it_is_given_up() {
    ScriptedAdapter adapter = new ScriptedAdapter(breakingAfter(0, tables(2)));
    ImportReport report = Runs.run(adapter, ImportOptions.all(), host);
    assertThat(adapter.calls()).isEqualTo(4);
    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.failure()).contains(LOST);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(2, 0, 2, 0, 0));
    assertThat(report.failedTables()).allMatch(failed -> failed.failure().equals(LOST));
    assertThat(report.schemas()).allMatch(SchemaListing::complete);
  }

  @Test
  void progress_in_between_begins_the_count_again() {
    ScriptedAdapter.Script nothing = breakingAfter(0, tables(2));
    ScriptedAdapter.Script one = breakingAfter(1, tables(2));
    ScriptedAdapter adapter =
        new ScriptedAdapter(nothing, nothing, nothing, one, nothing, nothing, one);
    ImportReport report = Runs.run(adapter, ImportOptions.all());
    assertThat(report.attempts()).isEqualTo(7);
    assertThat(report.status()).isEqualTo(Status.COMPLETE);
  }

  @ParameterizedTest
  @EnumSource(
      value = StandardErrorCode.class,
      names = {
        "WRONG_CREDENTIALS",
        "EXPIRED_CREDENTIALS",
        "ACCOUNT_LOCKED",
        "PERMISSION_DENIED",
        "UNKNOWN_HOST",
        "MALFORMED_DATA",
        "QUOTA_EXHAUSTED",
        "INTERNAL"
      })
  void what_does_not_pass_is_not_tried_again(StandardErrorCode code) {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              throw Failure.of(code, "No.").asException();
            });
    assertThat(Runs.run(adapter, ImportOptions.all()).status()).isEqualTo(Status.FAILED);
    assertThat(adapter.calls()).isEqualTo(1);
  }

  @Test
  void a_table_that_failed_by_itself_is_not_tried_again_after_a_break() {
    List<Decision> decisions = new ArrayList<>();
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listed(table("s", "a"));
              sink.failed(name("s", "a"), StandardFailures.notFound("table", "a"));
              throw LOST.asException();
            },
            (selection, sink, operation) -> {
              decisions.add(sink.listed(table("s", "a")));
              sink.listingComplete(S);
              return ImportEnd.Done.unmarked();
            });
    assertThat(Runs.run(adapter, ImportOptions.all()).status()).isEqualTo(Status.INCOMPLETE);
    assertThat(decisions).containsExactly(Decision.SKIP);
  }

  @Test
  void a_listing_that_failed_is_made_good_by_a_later_attempt_and_not_undone_by_one() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listingFailed(S, LOST);
              sink.listingComplete(SchemaName.of("hr"));
              throw LOST.asException();
            },
            (selection, sink, operation) -> {
              sink.listingComplete(S);
              sink.listingFailed(SchemaName.of("hr"), LOST);
              return ImportEnd.Done.unmarked();
            });
    assertThat(Runs.run(adapter, ImportOptions.all()).status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void the_source_is_given_time_that_grows_and_as_much_as_it_asks_for() {
    List<Duration> waited = new ArrayList<>();
    RunSetup setup = Runs.setup(ImportOptions.all(), TestOperation.start()).listener(host);
    setup.pause = (time, operation, touch) -> waited.add(time);
    ScriptedAdapter.Script lost = breakingAfter(0, tables(1));
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            lost,
            lost,
            (selection, sink, operation) -> {
              throw LOST.asException().retryAfter(Duration.ofSeconds(20));
            },
            ScriptedAdapter.reading(tables(1)));
    ImportRun run = new ImportRun(setup);
    assertThat(run.run(adapter).status()).isEqualTo(Status.COMPLETE);
    assertThat(waited).hasSize(3);
    assertThat(waited.get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(waited.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(waited.get(2)).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void a_wait_that_is_longer_than_the_time_left_is_not_begun() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              throw StandardFailures.timedOut("call").asException().retryAfter(Duration.ofHours(1));
            });
    assertThat(Runs.run(adapter, ImportOptions.all()).status()).isEqualTo(Status.FAILED);
    assertThat(adapter.calls()).isEqualTo(1);
  }

  @Test
  void a_deadline_that_passed_is_told_as_such_whatever_the_adapter_says() {
    TestOperation late = TestOperation.within(Duration.ZERO);
    ImportRun run = new ImportRun(Runs.setup(ImportOptions.all(), late));
    ScriptedAdapter adapter = ScriptedAdapter.of(table("s", "a"));
    ImportReport report = run.run(adapter);
    assertThat(report.failure().orElseThrow().code()).isEqualTo(StandardErrorCode.TIMEOUT);
    assertThat(adapter.calls()).as("no call is made without time for it").isZero();
  }

  @Test
  void a_cancellation_while_waiting_ends_the_import() {
    TestOperation operation = TestOperation.start();
    RunSetup setup = Runs.setup(ImportOptions.all(), operation).listener(host);
    List<ImportProgress.Phase> phases = new ArrayList<>();
    ImportRun[] run = new ImportRun[1];
    setup.pause =
        (time, during, touch) -> {
          phases.add(run[0].progress().phase());
          operation.cancel();
          Pause.WAITING.pause(Duration.ofHours(1), during, touch);
        };
    run[0] = new ImportRun(setup);
    ImportReport report = run[0].run(new ScriptedAdapter(breakingAfter(0, tables(1))));
    assertThat(report.status()).isEqualTo(Status.CANCELLED);
    assertThat(phases).containsExactly(ImportProgress.Phase.WAITING);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(1, 0, 1, 0, 0));
  }

  @Test
  void the_real_pause_waits_and_tells_that_it_is_not_idle() {
    AtomicInteger touched = new AtomicInteger();
    long begin = System.nanoTime();
    Pause.WAITING.pause(Duration.ofMillis(20), TestOperation.start(), touched::incrementAndGet);
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(20_000_000);
    assertThat(touched.get()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void the_real_pause_ends_when_its_thread_is_interrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> Pause.WAITING.pause(Duration.ofHours(1), TestOperation.start(), () -> {}))
        .hasMessageStartingWith("CANCELLED");
    assertThat(Thread.interrupted()).isTrue();
  }
}
