package dev.connections.core.internal.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connections.core.history.PastImport;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.SchemaDrift;
import dev.connections.core.internal.json.TableJsonReader;
import dev.connections.core.store.StoredRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The stored form of a past import. */
public final class ImportForm {
  private ImportForm() {}

  /**
   * {@return what is kept of an import besides its columns}
   *
   * @param report how it went
   */
  public static String content(ImportReport report) {
    ObjectNode content = RunContent.begin();
    report
        .failure()
        .ifPresent(failure -> content.put("message", RunContent.plain(failure.message())));
    ImportLedger ledger = report.ledger();
    content
        .putObject("ledger")
        .put("listed", ledger.listed())
        .put("imported", ledger.imported())
        .put("failed", ledger.failed())
        .put("excluded", ledger.excluded())
        .put("unchanged", ledger.unchanged());
    content.put("columns", report.columns());
    ObjectNode failures = content.putObject("failures");
    report.failuresByCode().forEach((code, count) -> failures.put(RunContent.plain(code), count));
    report
        .drift()
        .ifPresent(
            drift ->
                content
                    .putObject("drift")
                    .put("since", drift.since().toString())
                    .put("added", drift.added())
                    .put("removed", drift.removed())
                    .put("changed", drift.changed())
                    .put("unseen", drift.unseen())
                    .put("breaking", drift.breaking()));
    return content.toString();
  }

  /**
   * {@return the import; empty if another version of the library has written it in another form}
   *
   * @param run as it is stored
   */
  public static Optional<PastImport> read(StoredRun run) {
    return RunContent.read(run, content -> past(run, content));
  }

  private static PastImport past(StoredRun run, JsonNode content) {
    JsonNode ledger = content.path("ledger");
    Map<String, Long> failures = new TreeMap<>();
    content
        .path("failures")
        .properties()
        .forEach(entry -> failures.put(entry.getKey(), entry.getValue().asLong()));
    return new PastImport(
        run.connection(),
        run.user(),
        run.startedAt(),
        run.finishedAt(),
        RunContent.of(ImportReport.Status.class, run.result()),
        run.code(),
        TableJsonReader.text(content, "message"),
        new ImportLedger(
            ledger.path("listed").asLong(),
            ledger.path("imported").asLong(),
            ledger.path("failed").asLong(),
            ledger.path("excluded").asLong(),
            ledger.path("unchanged").asLong()),
        content.path("columns").asLong(),
        failures,
        Optional.of(content.path("drift")).filter(JsonNode::isObject).map(ImportForm::drift));
  }

  private static SchemaDrift drift(JsonNode drift) {
    return new SchemaDrift(
        Instant.parse(drift.path("since").asText()),
        drift.path("added").asLong(),
        drift.path("removed").asLong(),
        drift.path("changed").asLong(),
        drift.path("unseen").asLong(),
        drift.path("breaking").asLong(),
        List.of());
  }
}
