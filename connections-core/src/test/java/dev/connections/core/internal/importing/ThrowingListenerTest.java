package dev.connections.core.internal.importing;

import static dev.connections.core.internal.importing.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.Notice;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.core.importing.ImportContext;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportProgress;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.ImportReport.Status;
import dev.connections.core.importing.TableOutcome;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrowingListenerTest {
  private static final Failure DISK_FULL =
      Failure.of(StandardErrorCode.UNAVAILABLE, "The disk is full.");

  /** Throws the first time it hears something of a kind. */
  private static final class Throwing extends Hearing {
    private final String at;
    private final Supplier<Throwable> what;

    Throwing(String at, Supplier<Throwable> what) {
      this.at = at;
      this.what = what;
    }

    private void hear(String now) {
      if (now.equals(at)) {
        Throwable thrown = what.get();
        if (thrown instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) thrown;
      }
    }

    @Override
    public void started(ImportContext context) {
      super.started(context);
      hear("started");
    }

    @Override
    public boolean proceed(ImportPlan plan) {
      hear("proceed");
      return super.proceed(plan);
    }

    @Override
    public void progress(ImportProgress now) {
      super.progress(now);
      hear(now.phase() == ImportProgress.Phase.FINISHED ? "last progress" : "progress");
    }

    @Override
    public void outcome(TableOutcome outcome) {
      super.outcome(outcome);
      hear("outcome");
    }

    @Override
    public void table(TableMetadata table) {
      hear("table");
      super.table(table);
    }

    @Override
    public void notice(Notice notice) {
      super.notice(notice);
      hear("notice");
    }

    @Override
    public void finished(ImportReport report) {
      super.finished(report);
      hear("finished");
    }
  }

  private static final TableInfo[] TABLES = {
    table("s", "a").withRowCount(20_000_000), table("s", "b"), table("s", "c")
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "started",
        "proceed",
        "progress",
        "last progress",
        "outcome",
        "table",
        "notice",
        "finished"
      })
  void a_listener_that_throws_ends_the_import_and_is_booked_on_no_table(String at) {
    Throwing host = new Throwing(at, () -> new IllegalStateException("password=hunter2"));
    ScriptedAdapter adapter = ScriptedAdapter.of(TABLES);
    ImportReport report = Runs.run(adapter, ImportOptions.all(), host);
    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.failure().orElseThrow().code()).isEqualTo(StandardErrorCode.INTERNAL);
    assertThat(report.failure().orElseThrow().message())
        .isEqualTo("The application couldn't take what was imported (IllegalStateException).");
    assertThat(report.ledger().balances()).isTrue();
    assertThat(report.failuresByCode().keySet()).isSubsetOf("NOT_ANSWERED");
    assertThat(report.toString()).doesNotContain("hunter2");
    assertThat(host.finished).hasSize(1);
    assertThat(adapter.calls()).isEqualTo(at.equals("started") ? 0 : 1);
  }

  @Test
  void the_failure_of_a_target_is_told_in_its_own_words() {
    Throwing host = new Throwing("table", DISK_FULL::asException);
    ImportReport report = Runs.run(ScriptedAdapter.of(TABLES), ImportOptions.all(), host);
    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.failure()).contains(DISK_FULL);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(3, 0, 3, 0, 0));
    assertThat(report.attempts()).as("a listener's trouble is not the source's").isEqualTo(1);
  }

  @Test
  void an_error_of_the_listener_is_told_too() {
    Throwing host = new Throwing("table", StackOverflowError::new);
    assertThat(
            Runs.run(ScriptedAdapter.of(TABLES), ImportOptions.all(), host)
                .failure()
                .orElseThrow()
                .message())
        .contains("StackOverflowError");
  }

  @Test
  void an_adapter_that_swallows_the_exception_cannot_go_on() {
    Throwing host = new Throwing("table", DISK_FULL::asException);
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              for (TableInfo table : TABLES) {
                sink.listed(table);
              }
              sink.proceed(ImportPlan.UNKNOWN);
              for (TableInfo table : TABLES) {
                try {
                  sink.table(Tables.read(table, 1));
                } catch (ConnectionException booked) {
                  try {
                    sink.failed(table.name(), booked.failure());
                  } catch (ConnectionException refused) {
                    assertThat(refused.failure()).isEqualTo(DISK_FULL);
                  }
                }
              }
              return ImportEnd.Done.unmarked();
            });
    ImportReport report = Runs.run(adapter, ImportOptions.all(), host);
    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.failure()).contains(DISK_FULL);
    assertThat(report.failuresByCode()).containsOnlyKeys("NOT_ANSWERED");
    assertThat(host.tables).isEmpty();
  }

  @Test
  void a_listener_that_throws_when_a_defect_is_told_at_the_end_ends_the_import() {
    Throwing host = new Throwing("notice", DISK_FULL::asException);
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listed(table("s", "b"));
              sink.table(Tables.read(table("s", "b"), 1));
              sink.listingComplete(SchemaName.of("s"));
              return ImportEnd.Done.unmarked();
            });
    assertThat(Runs.run(adapter, ImportOptions.all(), host).failure()).contains(DISK_FULL);
  }

  @Test
  void what_broke_the_import_is_told_rather_than_what_broke_at_its_end() {
    Throwing host = new Throwing("finished", DISK_FULL::asException);
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              throw StandardFailures.wrongCredentials().asException();
            });
    assertThat(Runs.run(adapter, ImportOptions.all(), host).failure())
        .contains(StandardFailures.wrongCredentials());
  }

  @Test
  void a_listener_that_throws_while_open_tables_are_booked_leaves_a_ledger_that_balances() {
    Throwing host = new Throwing("outcome", DISK_FULL::asException);
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              for (TableInfo table : TABLES) {
                sink.listed(table);
              }
              return ImportEnd.Done.unmarked();
            });
    ImportReport report = Runs.run(adapter, ImportOptions.all(), host);
    assertThat(report.failure()).contains(DISK_FULL);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(3, 0, 3, 0, 0));
    assertThat(host.outcomes).hasSize(1);
  }

  @Test
  void a_host_that_declines_the_cost_cancels_the_import() {
    Hearing host =
        new Hearing() {
          @Override
          public boolean proceed(ImportPlan plan) {
            return false;
          }
        };
    ImportReport report = Runs.run(ScriptedAdapter.of(TABLES), ImportOptions.all(), host);
    assertThat(report.status()).isEqualTo(Status.CANCELLED);
    assertThat(report.failure().orElseThrow().message())
        .isEqualTo("The import was declined when its cost was known.");
    assertThat(report.ledger()).isEqualTo(new ImportLedger(3, 0, 3, 0, 0));
    assertThat(report.failuresByCode()).containsOnlyKeys("CANCELLED");
  }
}
