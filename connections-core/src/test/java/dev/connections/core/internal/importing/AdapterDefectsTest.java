package dev.connections.core.internal.importing;

import static dev.connections.core.internal.importing.Tables.name;
import static dev.connections.core.internal.importing.Tables.table;
import static dev.connections.core.internal.importing.Tables.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ChangeMarker;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.MetadataSink;
import dev.connections.api.MetadataSink.Decision;
import dev.connections.api.Notice;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableKind;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.ImportReport.Status;
import dev.connections.testkit.TestOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An adapter that breaks the rules is told on, and never unbalances the ledger. */
class AdapterDefectsTest {
  private static final SchemaName S = SchemaName.of("s");

  private final Hearing host = new Hearing();

  private ImportReport run(ScriptedAdapter.Script script) {
    return Runs.run(
        new ScriptedAdapter(script),
        ImportOptions.builder().kinds(List.of(TableKind.TABLE)).build(),
        host);
  }

  private void assertTold(String... messages) {
    assertThat(host.notices)
        .allMatch(notice -> notice.code() == StandardErrorCode.INTERNAL)
        .extracting(Notice::message)
        .containsExactly(messages);
  }

  @Test
  void a_second_answer_is_dropped() {
    ImportReport report =
        run(
            (selection, sink, operation) -> {
              sink.listed(table("s", "a"));
              sink.listed(table("s", "b"));
              sink.listingComplete(S);
              sink.proceed(ImportPlan.UNKNOWN);
              sink.table(Tables.read(table("s", "a"), 1));
              sink.table(Tables.read(table("s", "a"), 5));
              sink.failed(name("s", "a"), StandardFailures.timedOut("table"));
              sink.failed(name("s", "b"), StandardFailures.timedOut("table"));
              sink.table(Tables.read(table("s", "b"), 1));
              return ImportEnd.Done.unmarked();
            });
    assertThat(report.ledger()).isEqualTo(new ImportLedger(2, 1, 1, 0, 0));
    assertThat(report.columns()).isEqualTo(1);
    assertThat(host.tables).hasSize(1);
    assertTold(
        "The adapter answered more than once for the table 's.a'; the first answer counts.",
        "The adapter answered more than once for the table 's.a'; the first answer counts.",
        "The adapter answered more than once for the table 's.b'; the first answer counts.");
  }

  @Test
  void an_answer_for_a_table_that_was_not_wanted_is_dropped() {
    ImportReport report =
        run(
            (selection, sink, operation) -> {
              assertThat(sink.listed(view("s", "v"))).isEqualTo(Decision.SKIP);
              sink.listingComplete(S);
              sink.proceed(ImportPlan.UNKNOWN);
              sink.table(Tables.read(view("s", "v"), 1));
              sink.failed(name("s", "v"), StandardFailures.timedOut("table"));
              return ImportEnd.Done.unmarked();
            });
    assertThat(report.ledger()).isEqualTo(new ImportLedger(1, 0, 0, 1, 0));
    assertThat(report.status()).isEqualTo(Status.COMPLETE);
    assertThat(host.tables).isEmpty();
    assertThat(host.notices).hasSize(2);
  }

  @Test
  void an_answer_for_a_table_that_was_never_listed_is_kept() {
    ImportReport report =
        run(
            (selection, sink, operation) -> {
              sink.proceed(ImportPlan.UNKNOWN);
              sink.table(Tables.read(table("s", "a"), 1));
              sink.table(Tables.read(view("s", "v"), 1));
              sink.failed(name("s", "b"), StandardFailures.timedOut("table"));
              assertThat(sink.listed(table("s", "a"))).isEqualTo(Decision.SKIP);
              sink.listingComplete(S);
              return ImportEnd.Done.unmarked();
            });
    assertThat(report.ledger()).isEqualTo(new ImportLedger(3, 1, 1, 1, 0));
    assertThat(host.tables).hasSize(1);
    assertThat(host.notices)
        .extracting(Notice::message)
        .contains(
            "The adapter answered for the table 's.a', which it hadn't listed; it counts as"
                + " listed.");
  }

  @Test
  void a_failure_of_an_unlisted_and_unwanted_table_is_dropped() {
    ImportReport report =
        Runs.run(
            new ScriptedAdapter(
                (selection, sink, operation) -> {
                  sink.failed(name("hr", "b"), StandardFailures.timedOut("table"));
                  sink.listingComplete(S);
                  return ImportEnd.Done.unmarked();
                }),
            ImportOptions.ofSchemas("s"),
            host);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(1, 0, 0, 1, 0));
    assertThat(report.status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void a_table_listed_twice_counts_once() {
    List<Decision> decisions = new ArrayList<>();
    ImportReport report =
        run(
            (selection, sink, operation) -> {
              decisions.add(sink.listed(table("s", "a")));
              decisions.add(sink.listed(table("s", "a")));
              sink.listingComplete(S);
              sink.proceed(ImportPlan.UNKNOWN);
              sink.table(Tables.read(table("s", "a"), 1));
              return ImportEnd.Done.unmarked();
            });
    assertThat(decisions).containsExactly(Decision.READ, Decision.READ);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(1, 1, 0, 0, 0));
    assertTold("The adapter listed the table 's.a' more than once; it counts once.");
  }

  @Test
  void telling_the_cost_twice_or_never_is_a_defect() {
    run(
        (selection, sink, operation) -> {
          sink.proceed(ImportPlan.of(1, 1));
          assertThat(sink.proceed(ImportPlan.of(99, 1))).isTrue();
          return ImportEnd.Done.unmarked();
        });
    assertThat(host.plans).hasSize(1);
    run(
        (selection, sink, operation) -> {
          sink.listed(table("s", "a"));
          sink.table(Tables.read(table("s", "a"), 1));
          return ImportEnd.Done.unmarked();
        });
    assertTold(
        "The adapter told the cost of the import more than once; the first answer counts.",
        "The adapter read tables without telling before what the import would cost.");
  }

  @Test
  void stopping_without_being_told_to_is_a_failure() {
    ImportReport report = run((selection, sink, operation) -> new ImportEnd.Stopped());
    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.failure().orElseThrow().message())
        .isEqualTo("The adapter stopped before everything was read, without being told to.");
    assertThat(run((selection, sink, operation) -> null).status()).isEqualTo(Status.FAILED);
  }

  @Test
  void unchanged_without_a_marker_or_after_tables_is_a_failure() {
    assertThat(run((selection, sink, operation) -> new ImportEnd.Unchanged()).status())
        .isEqualTo(Status.FAILED);
    RunSetup setup =
        Runs.setup(ImportOptions.all(), TestOperation.start())
            .since(Optional.of(new ChangeMarker("1")));
    ImportReport report =
        new ImportRun(setup)
            .run(
                new ScriptedAdapter(
                    (selection, sink, operation) -> {
                      sink.listed(table("s", "a"));
                      return new ImportEnd.Unchanged();
                    }));
    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(1, 0, 1, 0, 0));
  }

  @Test
  void a_call_after_the_end_is_refused() {
    MetadataSink[] kept = new MetadataSink[1];
    ImportReport report =
        run(
            (selection, sink, operation) -> {
              kept[0] = sink;
              return ImportEnd.Done.unmarked();
            });
    assertThatThrownBy(() -> kept[0].listed(table("s", "a")))
        .hasMessage("INTERNAL: The adapter went on after its call had returned.");
    assertThat(report.status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void a_defect_that_goes_on_is_told_a_few_times_and_then_counted() {
    run(
        (selection, sink, operation) -> {
          for (int i = 0; i < 1_000; i++) {
            sink.listed(table("s", "a"));
          }
          sink.failed(name("s", "a"), StandardFailures.timedOut("table"));
          return ImportEnd.Done.unmarked();
        });
    assertThat(host.notices).hasSize(NoticeLog.DEFECTS_TOLD + 1);
    assertThat(host.notices.get(NoticeLog.DEFECTS_TOLD).message()).endsWith("979 more times.");
  }
}
