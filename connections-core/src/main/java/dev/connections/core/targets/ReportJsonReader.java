package dev.connections.core.targets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.connections.api.ChangeMarker;
import dev.connections.api.Failure;
import dev.connections.api.Section;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.Relationships;
import dev.connections.core.importing.SchemaListing;
import dev.connections.core.importing.TableOutcome;
import dev.connections.core.internal.json.TableJsonReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Reads a report as {@link ReportJson} wrote it; complains as {@link TableJsonReader} does. */
final class ReportJsonReader {
  private ReportJsonReader() {}

  static ImportReport report(JsonNode json) {
    ImportReport.Builder report =
        ImportReport.builder(
                TableJsonReader.word(
                    ImportReport.Status.class,
                    TableJsonReader.neededText(json, "status"),
                    "status"),
                instant(json, "startedAt"),
                instant(json, "finishedAt"))
            .ledger(ledger(TableJsonReader.needed(json, "ledger")))
            .contents(count(json, "columns"), relationships(json))
            .failures(
                failuresByCode(json),
                TableJsonReader.list(json, "failedTables", ReportJsonReader::failed))
            .schemas(TableJsonReader.list(json, "schemas", ReportJsonReader::schema))
            .notLoaded(notLoaded(json))
            .notices(
                TableJsonReader.list(json, "notices", TableJsonReader::notice),
                count(json, "noticeCount"))
            .changeMarker(TableJsonReader.text(json, "changeMarker").map(ChangeMarker::new))
            .drift(TableJsonReader.part(json, "drift").map(DriftJson::read))
            .attempts(Math.toIntExact(count(json, "attempts")));
    if (json.has("failure")) {
      report.failure(failure(json));
    }
    return report.build();
  }

  private static ImportLedger ledger(JsonNode json) {
    return new ImportLedger(
        count(json, "listed"),
        count(json, "imported"),
        count(json, "failed"),
        count(json, "excluded"),
        count(json, "unchanged"));
  }

  private static Relationships relationships(JsonNode json) {
    JsonNode counts = TableJsonReader.needed(json, "relationships");
    return new Relationships(count(counts, "inside"), count(counts, "outside"));
  }

  private static Map<String, Long> failuresByCode(JsonNode json) {
    Map<String, Long> counts = new TreeMap<>();
    TableJsonReader.needed(json, "failuresByCode")
        .properties()
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue().longValue()));
    return counts;
  }

  private static Map<Section, Long> notLoaded(JsonNode json) {
    Map<Section, Long> counts = new EnumMap<>(Section.class);
    TableJsonReader.needed(json, "notLoaded")
        .properties()
        .forEach(
            entry ->
                counts.put(
                    TableJsonReader.word(Section.class, entry.getKey(), "notLoaded"),
                    entry.getValue().longValue()));
    return counts;
  }

  private static TableOutcome.Failed failed(JsonNode json) {
    return new TableOutcome.Failed(
        TableJsonReader.name(TableJsonReader.needed(json, "name")), failure(json));
  }

  private static SchemaListing schema(JsonNode json) {
    return new SchemaListing(
        TableJsonReader.schema(TableJsonReader.needed(json, "name")),
        TableJsonReader.word(
            SchemaListing.Status.class, TableJsonReader.neededText(json, "status"), "status"),
        TableJsonReader.part(json, "failure").map(failure -> failure(json)),
        count(json, "listed"),
        count(json, "excluded"));
  }

  /** The failure that stands in a member of that name. */
  private static Failure failure(JsonNode parent) {
    JsonNode json = TableJsonReader.needed(parent, "failure");
    return new Failure(
        TableJsonReader.code(json),
        TableJsonReader.neededText(json, "message"),
        TableJsonReader.text(json, "remedy"),
        TableJsonReader.list(json, "fields", JsonNode::asText),
        TableJsonReader.text(json, "vendorCode"));
  }

  static long count(JsonNode json, String field) {
    return TableJsonReader.number(json, field).orElseThrow(() -> TableJsonReader.missing(field));
  }

  static Instant instant(JsonNode json, String field) {
    try {
      return Instant.parse(TableJsonReader.neededText(json, field));
    } catch (DateTimeException e) {
      throw TableJsonReader.missing(field);
    }
  }
}
