package dev.connections.core.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.core.importing.ImportReport.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImportResultsTest {
  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");
  private static final Failure REFUSED =
      Failure.of(StandardErrorCode.PERMISSION_DENIED, "No right to read it.");

  @Test
  void a_complete_report_is_what_it_is() {
    ImportReport report = report(Status.COMPLETE).ledger(new ImportLedger(3, 2, 0, 1, 0)).build();
    assertThat(report.orThrow()).isSameAs(report);
    assertThat(report.datasets()).isEqualTo(2);
    assertThat(report.took()).isEqualTo(Duration.ofSeconds(5));
    assertThat(report(Status.UNCHANGED).build().orThrow().complete()).isTrue();
  }

  @Test
  void a_report_that_is_not_complete_throws_what_ended_the_import() {
    assertThatThrownBy(() -> report(Status.FAILED).failure(REFUSED).build().orThrow())
        .isInstanceOfSatisfying(
            ConnectionException.class, thrown -> assertThat(thrown.failure()).isEqualTo(REFUSED));
  }

  @Test
  void an_incomplete_report_throws_the_first_failure_of_a_table_or_a_schema() {
    ImportReport.Builder incomplete = report(Status.INCOMPLETE);
    assertThatThrownBy(() -> incomplete.build().orThrow())
        .hasMessageContaining("NOT_ANSWERED: The import is incomplete");
    incomplete.schemas(
        List.of(
            new SchemaListing(
                SchemaName.of("hr"),
                SchemaListing.Status.FAILED,
                Optional.of(StandardFailures.timedOut("listing")),
                0,
                0)));
    assertThatThrownBy(() -> incomplete.build().orThrow()).hasMessageContaining("TIMEOUT");
    incomplete
        .ledger(new ImportLedger(7, 0, 7, 0, 0))
        .failures(
            Map.of("PERMISSION_DENIED", 7L),
            List.of(new TableOutcome.Failed(SchemaName.of("hr").table("pay"), REFUSED)));
    assertThatThrownBy(() -> incomplete.build().orThrow())
        .hasMessageContaining("PERMISSION_DENIED");
    assertThat(incomplete.build().moreFailedTables()).isEqualTo(6);
    assertThat(incomplete.notices(List.of(), 4).build().moreNotices()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void a_failure_is_there_exactly_if_something_ended_the_import(Status status) {
    boolean ended = status == Status.FAILED || status == Status.CANCELLED;
    ImportReport.Builder report = report(status);
    if (!ended) {
      report.failure(REFUSED);
    }
    assertThatThrownBy(report::build).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_ledger_balances_if_every_listed_table_ended_once() {
    assertThat(new ImportLedger(10, 1, 2, 3, 4).balances()).isTrue();
    assertThat(new ImportLedger(10, 1, 2, 3, 3).balances()).isFalse();
    assertThat(ImportLedger.EMPTY.balances()).isTrue();
  }

  @Test
  void a_schema_listing_has_a_failure_exactly_if_it_failed() {
    SchemaName hr = SchemaName.of("hr");
    assertThatThrownBy(
            () -> new SchemaListing(hr, SchemaListing.Status.FAILED, Optional.empty(), 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new SchemaListing(hr, SchemaListing.Status.COMPLETE, Optional.of(REFUSED), 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(
            new SchemaListing(hr, SchemaListing.Status.COMPLETE, Optional.empty(), 5, 2).wanted())
        .isEqualTo(3);
  }

  @Test
  void an_exclusion_has_a_pattern_exactly_if_one_matched() {
    assertThatThrownBy(() -> ExclusionRule.of(ExclusionRule.Reason.EXCLUDE_PATTERN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ExclusionRule.of(ExclusionRule.Reason.KIND_NOT_CHOSEN).sentence())
        .isEqualTo("It isn't of a kind that was chosen.");
    assertThat(ExclusionRule.excludedBy(TablePattern.tables("x")).pattern()).isPresent();
  }

  private static ImportReport.Builder report(Status status) {
    return ImportReport.builder(status, BEGIN, BEGIN.plusSeconds(5));
  }
}
