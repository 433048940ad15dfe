package dev.connections.core.internal.importing;

import static dev.connections.core.internal.importing.Tables.name;
import static dev.connections.core.internal.importing.Tables.table;
import static dev.connections.core.internal.importing.Tables.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.Notice;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableKind;
import dev.connections.core.importing.ExclusionRule;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportPreview;
import dev.connections.core.importing.SchemaListing;
import dev.connections.core.importing.TableOutcome;
import dev.connections.core.importing.TablePattern;
import dev.connections.testkit.TestOperation;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PreviewRunTest {
  private static final SchemaName S = SchemaName.of("s");

  @Test
  void it_says_what_would_be_read_and_why_the_rest_would_not() {
    ScriptedAdapter adapter =
        ScriptedAdapter.of(
            table("s", "orders").withColumnCount(7).withRowCount(10_000_000),
            table("s", "tmp_1"),
            view("s", "v").withColumnCount(3),
            table("hr", "people"));
    TablePattern temporary = TablePattern.tables("tmp_*");
    ImportPreview preview =
        Runs.preview(
            adapter,
            ImportOptions.ofSchemas("s").toBuilder()
                .exclude(List.of(temporary))
                .kinds(List.of(TableKind.TABLE))
                .build());
    assertThat(preview.datasets())
        .extracting(info -> info.name())
        .containsExactly(name("s", "orders"));
    assertThat(preview.wanted()).isEqualTo(1);
    assertThat(preview.knownColumns()).isEqualTo(7);
    assertThat(preview.excluded())
        .containsExactly(
            new TableOutcome.Excluded(name("s", "tmp_1"), ExclusionRule.excludedBy(temporary)),
            new TableOutcome.Excluded(
                name("s", "v"), ExclusionRule.of(ExclusionRule.Reason.KIND_NOT_CHOSEN)));
    assertThat(preview.excludedCount()).isEqualTo(2);
    assertThat(preview.schemas())
        .singleElement()
        .satisfies(
            listing -> {
              assertThat(listing.schema()).isEqualTo(S);
              assertThat(listing.wanted()).isEqualTo(1);
              assertThat(listing.excluded()).isEqualTo(2);
            });
    assertThat(preview.plan()).isEqualTo(ImportPlan.of(1, 1));
    assertThat(preview.notices())
        .extracting(Notice::message)
        .containsExactly(
            "The table 's.orders' contains 10 million rows. Import may take several minutes.");
    assertThat(preview.complete()).isTrue();
    assertThat(preview.estimate()).isEmpty();
  }

  @Test
  void the_adapter_knows_best_how_long_it_takes_else_the_last_rate_counts() {
    RunSetup setup =
        Runs.setup(ImportOptions.all(), TestOperation.start())
            .tablesPerSecond(OptionalDouble.of(0.5));
    assertThat(new PreviewRun(setup).run(ScriptedAdapter.of(table("s", "a"))).estimate())
        .contains(Duration.ofSeconds(2));
    ScriptedAdapter knowing =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.proceed(ImportPlan.UNKNOWN.withEstimate(Duration.ofMinutes(3)));
              return new ImportEnd.Stopped();
            });
    assertThat(new PreviewRun(setup).run(knowing).estimate()).contains(Duration.ofMinutes(3));
  }

  @Test
  void a_schema_that_cannot_be_listed_or_is_not_there_is_told() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listingFailed(S, StandardFailures.timedOut("listing"));
              sink.proceed(ImportPlan.UNKNOWN);
              return new ImportEnd.Stopped();
            });
    ImportPreview preview = Runs.preview(adapter, ImportOptions.ofSchemas("s", "gone"));
    assertThat(preview.complete()).isFalse();
    assertThat(preview.schemas())
        .extracting(SchemaListing::status)
        .containsOnly(SchemaListing.Status.FAILED);
    assertThat(preview.schemas()).hasSize(2);
  }

  @Test
  void named_tables_are_looked_for() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listed(table("s", "a"));
              sink.failed(name("s", "gone"), StandardFailures.notFound("table", "s.gone"));
              sink.proceed(ImportPlan.of(1, 1));
              return new ImportEnd.Stopped();
            });
    ImportPreview preview =
        Runs.preview(adapter, ImportOptions.ofTables(name("s", "a"), name("s", "gone")));
    assertThat(preview.wanted()).isEqualTo(1);
    assertThat(preview.failed())
        .extracting(TableOutcome.Failed::name)
        .containsExactly(name("s", "gone"));
    assertThat(preview.failedCount()).isEqualTo(1);
    assertThat(preview.complete()).isFalse();
  }

  @Test
  void long_lists_are_cut_and_their_counts_are_whole() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              for (int i = 0; i < 12_000; i++) {
                sink.listed(table("s", "t" + i));
                sink.listed(view("s", "v" + i));
              }
              sink.listingComplete(S);
              sink.proceed(ImportPlan.UNKNOWN);
              return new ImportEnd.Stopped();
            });
    ImportPreview preview =
        Runs.preview(adapter, ImportOptions.builder().kinds(List.of(TableKind.TABLE)).build());
    assertThat(preview.datasets()).hasSize(ImportPreview.DATASETS_KEPT);
    assertThat(preview.wanted()).isEqualTo(12_000);
    assertThat(preview.excluded()).hasSize(ImportPreview.OTHERS_KEPT);
    assertThat(preview.excludedCount()).isEqualTo(12_000);
  }

  @Test
  void a_listing_that_breaks_is_begun_again_and_counts_nothing_twice() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listed(table("s", "a"));
              throw StandardFailures.timedOut("call").asException();
            },
            ScriptedAdapter.reading(table("s", "a"), table("s", "b")));
    ImportPreview preview = Runs.preview(adapter, ImportOptions.all());
    assertThat(preview.wanted()).isEqualTo(2);
    assertThat(preview.datasets()).hasSize(2);
    assertThat(preview.complete()).isTrue();
  }

  @Test
  void a_failure_of_the_source_is_thrown() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              throw StandardFailures.wrongCredentials().asException();
            });
    assertThatThrownBy(() -> Runs.preview(adapter, ImportOptions.all()))
        .hasMessageStartingWith("WRONG_CREDENTIALS");
  }

  @Test
  void a_cancelled_preview_is_cancelled() {
    TestOperation operation = TestOperation.start();
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, during) -> {
              operation.cancel();
              sink.listed(table("s", "a"));
              return ImportEnd.Done.unmarked();
            });
    assertThatThrownBy(
            () -> new PreviewRun(Runs.setup(ImportOptions.all(), operation)).run(adapter))
        .hasMessageStartingWith("CANCELLED");
  }

  @Test
  void an_adapter_that_goes_on_reading_is_stopped_at_the_first_table() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listed(table("s", "a"));
              sink.listingComplete(S);
              sink.proceed(ImportPlan.UNKNOWN);
              sink.table(Tables.read(table("s", "a"), 1));
              throw new AssertionError("not reached");
            });
    ImportPreview preview = Runs.preview(adapter, ImportOptions.all());
    assertThat(preview.wanted()).isEqualTo(1);
    assertThat(preview.notices())
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.code()).isEqualTo(StandardErrorCode.INTERNAL);
              assertThat(notice.message())
                  .isEqualTo("The adapter went on reading after it was told to stop.");
            });
  }

  @Test
  void a_source_that_never_tells_its_cost_is_previewed_all_the_same() {
    ScriptedAdapter adapter =
        new ScriptedAdapter(
            (selection, sink, operation) -> {
              sink.listed(table("s", "a"));
              sink.listingComplete(S);
              return ImportEnd.Done.unmarked();
            });
    ImportPreview preview = Runs.preview(adapter, ImportOptions.all());
    assertThat(preview.wanted()).isEqualTo(1);
    assertThat(preview.plan()).isEqualTo(ImportPlan.UNKNOWN);
  }
}
