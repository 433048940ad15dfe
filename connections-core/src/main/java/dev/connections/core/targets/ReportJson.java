package dev.connections.core.targets;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.connections.api.Failure;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.SchemaListing;
import dev.connections.core.importing.TableOutcome;
import dev.connections.core.internal.json.Json;
import dev.connections.core.internal.json.TableJson;
import java.io.IOException;
import java.util.Map;

/** Writes an import's report as the last part of a snapshot. */
final class ReportJson {
  private final JsonGenerator json;

  private ReportJson(JsonGenerator json) {
    this.json = json;
  }

  static void write(JsonGenerator json, ImportReport report) throws IOException {
    new ReportJson(json).report(report);
  }

  private void report(ImportReport report) throws IOException {
    json.writeStartObject();
    json.writeStringField("status", TableJson.lower(report.status()));
    if (report.failure().isPresent()) {
      json.writeFieldName("failure");
      failure(report.failure().get());
    }
    ledger(report.ledger());
    json.writeNumberField("columns", report.columns());
    json.writeObjectFieldStart("relationships");
    json.writeNumberField("inside", report.relationships().inside());
    json.writeNumberField("outside", report.relationships().outside());
    json.writeEndObject();
    json.writeObjectFieldStart("failuresByCode");
    for (Map.Entry<String, Long> entry : report.failuresByCode().entrySet()) {
      json.writeNumberField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("failedTables");
    for (TableOutcome.Failed failed : report.failedTables()) {
      json.writeStartObject();
      json.writeFieldName("name");
      TableJson.name(json, failed.name());
      json.writeFieldName("failure");
      failure(failed.failure());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("schemas");
    for (SchemaListing listing : report.schemas()) {
      schema(listing);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("notLoaded");
    for (var entry : report.notLoaded().entrySet()) {
      json.writeNumberField(TableJson.lower(entry.getKey()), entry.getValue());
    }
    json.writeEndObject();
    TableJson.notices(json, report.notices());
    json.writeNumberField("noticeCount", report.noticeCount());
    json.writeStringField("startedAt", report.startedAt().toString());
    json.writeStringField("finishedAt", report.finishedAt().toString());
    if (report.changeMarker().isPresent()) {
      json.writeStringField("changeMarker", report.changeMarker().get().value());
    }
    if (report.drift().isPresent()) {
      json.writeFieldName("drift");
      DriftJson.write(json, report.drift().get());
    }
    json.writeNumberField("attempts", report.attempts());
    json.writeEndObject();
  }

  private void ledger(ImportLedger ledger) throws IOException {
    json.writeObjectFieldStart("ledger");
    json.writeNumberField("listed", ledger.listed());
    json.writeNumberField("imported", ledger.imported());
    json.writeNumberField("failed", ledger.failed());
    json.writeNumberField("excluded", ledger.excluded());
    json.writeNumberField("unchanged", ledger.unchanged());
    json.writeEndObject();
  }

  private void schema(SchemaListing listing) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("name");
    TableJson.schemaParts(json, listing.schema());
    json.writeEndObject();
    json.writeStringField("status", TableJson.lower(listing.status()));
    if (listing.failure().isPresent()) {
      json.writeFieldName("failure");
      failure(listing.failure().get());
    }
    json.writeNumberField("listed", listing.listed());
    json.writeNumberField("excluded", listing.excluded());
    json.writeEndObject();
  }

  private void failure(Failure failure) throws IOException {
    json.writeStartObject();
    TableJson.code(json, failure.code());
    json.writeStringField("message", failure.message());
    if (failure.remedy().isPresent()) {
      json.writeStringField("remedy", failure.remedy().get());
    }
    if (!failure.fields().isEmpty()) {
      json.writeFieldName("fields");
      Json.value(json, failure.fields());
    }
    if (failure.vendorCode().isPresent()) {
      json.writeStringField("vendorCode", failure.vendorCode().get());
    }
    json.writeEndObject();
  }
}
