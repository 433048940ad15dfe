package dev.connections.core.internal.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionAdapter;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportPreview;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.ImportReport.Status;
import dev.connections.core.importing.SchemaListing;
import dev.connections.core.importing.TableOutcome;
import dev.connections.core.importing.TablePattern;
import dev.connections.testkit.SyntheticSource;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kit's adapter, as remote ones are: several threads, pages, faults. */
class SyntheticImportTest {
  private static final int SCHEMAS = 4;
  private static final int TABLES = 250;
  private static final int ALL = SCHEMAS * TABLES;

  private final SyntheticSource source = SyntheticSource.create();
  private final Hearing host = new Hearing();

  private ConnectionAdapter adapter() {
    return source
        .provider()
        .open(
            source.provider().configuration().bind(source.configuration(SCHEMAS, TABLES, 5)),
            TestAdapterContext.create());
  }

  private ImportReport run(ImportOptions options, Operation operation) {
    try (ConnectionAdapter adapter = adapter()) {
      return new ImportRun(Runs.setup(options, operation).listener(host)).run(adapter);
    }
  }

  private ImportReport run(ImportOptions options) {
    return run(options, TestOperation.start());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everything_arrives_once(boolean columnsInListing) {
    source.columnsInListing(columnsInListing);
    ImportReport report = run(ImportOptions.all());
    assertThat(report.status()).isEqualTo(Status.COMPLETE);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(ALL, ALL, 0, 0, 0));
    assertThat(report.columns()).isEqualTo(5L * ALL);
    assertThat(report.schemas()).hasSize(SCHEMAS).allMatch(SchemaListing::complete);
    assertThat(report.changeMarker()).isPresent();
    assertThat(report.notices())
        .as("what both sides see of large tables is told once")
        .hasSize(2 * SCHEMAS)
        .doesNotHaveDuplicates()
        .allMatch(notice -> notice.code() == NoticeCode.LARGE);
    assertThat(host.tables).hasSize(ALL);
    assertThat(host.disturbed).isFalse();
  }

  @Test
  void what_is_excluded_is_not_read() {
    ImportReport report =
        run(
            ImportOptions.builder()
                .include(List.of(TablePattern.tables("*7")))
                .exclude(List.of(TablePattern.schemas(SyntheticSource.schema(0).schema())))
                .build());
    assertThat(report.status()).isEqualTo(Status.COMPLETE);
    assertThat(report.ledger().imported()).isEqualTo((SCHEMAS - 1) * TABLES / 10);
    assertThat(source.counts().tablesRead()).isEqualTo(report.ledger().imported());
    assertThat(report.ledger().balances()).isTrue();
  }

  @Test
  void a_preview_says_the_same_numbers_and_reads_nothing() {
    ImportPreview preview;
    try (ConnectionAdapter adapter = adapter()) {
      preview = new PreviewRun(Runs.setup(ImportOptions.all(), TestOperation.start())).run(adapter);
    }
    assertThat(preview.complete()).isTrue();
    assertThat(preview.wanted()).isEqualTo(ALL);
    assertThat(preview.datasets()).hasSize(ALL);
    assertThat(preview.plan().tables()).hasValue(ALL);
    assertThat(source.counts().tablesRead()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_broken_stream_goes_on_and_no_table_is_read_again(boolean columnsInListing) {
    source.columnsInListing(columnsInListing);
    source.faults().breakStreamAfter(70, 5);
    ImportReport report = run(ImportOptions.all());
    assertThat(report.status()).isEqualTo(Status.COMPLETE);
    assertThat(report.attempts()).isEqualTo(6);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(ALL, ALL, 0, 0, 0));
    assertThat(host.tables.stream().map(TableMetadata::name)).doesNotHaveDuplicates();
  }

  @Test
  void failing_and_forgotten_tables_are_told_one_by_one() {
    source.failTable(SyntheticSource.table(0, 1), StandardErrorCode.PERMISSION_DENIED);
    source.forgetTable(SyntheticSource.table(1, 2));
    source.failListing(SyntheticSource.schema(3), StandardErrorCode.PERMISSION_DENIED);
    ImportReport report = run(ImportOptions.all());
    assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
    assertThat(report.failuresByCode())
        .isEqualTo(Map.of("PERMISSION_DENIED", 1L, "NOT_ANSWERED", 1L));
    assertThat(report.failedTables())
        .extracting(TableOutcome.Failed::name)
        .containsExactlyInAnyOrder(SyntheticSource.table(0, 1), SyntheticSource.table(1, 2));
    assertThat(report.schemas()).filteredOn(listing -> !listing.complete()).hasSize(1);
    assertThat(report.ledger().balances()).isTrue();
  }

  @Test
  void named_tables_are_read_and_missing_ones_told() {
    TableName missing = SyntheticSource.table(0, TABLES + 1);
    ImportReport report =
        run(
            ImportOptions.ofTables(
                SyntheticSource.table(0, 1), SyntheticSource.table(2, 3), missing));
    assertThat(report.ledger()).isEqualTo(new ImportLedger(3, 2, 1, 0, 0));
    assertThat(report.failuresByCode()).containsOnlyKeys("NOT_FOUND");
    assertThat(report.notices()).isEmpty();
  }

  @Test
  void wrong_credentials_are_asked_for_once() {
    source.refuseCredentials();
    ImportReport report = run(ImportOptions.all());
    assertThat(report.status()).isEqualTo(Status.FAILED);
    assertThat(report.attempts()).isEqualTo(1);
    assertThat(source.counts().signIns()).isLessThanOrEqualTo(1);
    assertThatThrownBy(report::orThrow).hasMessageStartingWith("WRONG_CREDENTIALS");
  }

  @Test
  void a_source_that_has_not_changed_is_not_read() {
    ImportReport first = run(ImportOptions.all());
    long read = source.counts().tablesRead();
    RunSetup again =
        Runs.setup(ImportOptions.all(), TestOperation.start()).since(first.changeMarker());
    try (ConnectionAdapter adapter = adapter()) {
      assertThat(new ImportRun(again).run(adapter).status()).isEqualTo(Status.UNCHANGED);
    }
    assertThat(source.counts().tablesRead()).isEqualTo(read);
  }

  @Test
  void cancelling_in_the_middle_keeps_what_was_handed_over() {
    TestOperation operation = TestOperation.start();
    Hearing cancelling =
        new Hearing() {
          @Override
          public void table(TableMetadata table) {
            super.table(table);
            if (tables.size() == 100) {
              operation.cancel();
            }
          }
        };
    ImportReport report;
    try (ConnectionAdapter adapter = adapter()) {
      report =
          new ImportRun(Runs.setup(ImportOptions.all(), operation).listener(cancelling))
              .run(adapter);
    }
    assertThat(report.status()).isEqualTo(Status.CANCELLED);
    assertThat(report.ledger()).isEqualTo(new ImportLedger(ALL, 100, ALL - 100, 0, 0));
    assertThat(report.failuresByCode()).containsOnlyKeys("CANCELLED");
    assertThat(cancelling.outcomes.stream().collect(Collectors.groupingBy(TableOutcome::name)))
        .hasSize(ALL)
        .allSatisfy((name, outcomes) -> assertThat(outcomes).hasSize(1));
  }
}
