package dev.connections.core.targets;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.connections.core.importing.MetadataChange;
import dev.connections.core.importing.SchemaDrift;
import dev.connections.core.importing.TableDrift;
import dev.connections.core.internal.json.Json;
import dev.connections.core.internal.json.TableJson;
import dev.connections.core.internal.json.TableJsonReader;
import java.io.IOException;
import java.util.Optional;

/** What changed since the imports before, as a part of a snapshot's report. */
final class DriftJson {
  private DriftJson() {}

  static void write(JsonGenerator json, SchemaDrift drift) throws IOException {
    json.writeStartObject();
    json.writeStringField("since", drift.since().toString());
    json.writeNumberField("added", drift.added());
    json.writeNumberField("removed", drift.removed());
    json.writeNumberField("changed", drift.changed());
    json.writeNumberField("unseen", drift.unseen());
    json.writeNumberField("breaking", drift.breaking());
    json.writeArrayFieldStart("tables");
    for (TableDrift table : drift.tables()) {
      write(json, table);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, TableDrift table) throws IOException {
    json.writeStartObject();
    json.writeFieldName("name");
    TableJson.name(json, table.name());
    json.writeStringField("kind", TableJson.lower(table.kind()));
    json.writeBooleanField("breaking", table.breaking());
    if (!table.changes().isEmpty()) {
      json.writeArrayFieldStart("changes");
      for (MetadataChange change : table.changes()) {
        write(json, change);
      }
      json.writeEndArray();
      json.writeNumberField("moreChanges", table.moreChanges());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, MetadataChange change) throws IOException {
    json.writeStartObject();
    json.writeStringField("what", TableJson.lower(change.what()));
    write(json, "object", change.object());
    write(json, "before", change.before());
    write(json, "after", change.after());
    json.writeBooleanField("breaking", change.breaking());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, Optional<String> text)
      throws IOException {
    if (text.isPresent()) {
      json.writeStringField(name, Json.whole(text.get()));
    }
  }

  /** Complains as {@link TableJsonReader} does. */
  static SchemaDrift read(JsonNode json) {
    return new SchemaDrift(
        ReportJsonReader.instant(json, "since"),
        ReportJsonReader.count(json, "added"),
        ReportJsonReader.count(json, "removed"),
        ReportJsonReader.count(json, "changed"),
        ReportJsonReader.count(json, "unseen"),
        ReportJsonReader.count(json, "breaking"),
        TableJsonReader.list(json, "tables", DriftJson::table));
  }

  private static TableDrift table(JsonNode json) {
    return new TableDrift(
        TableJsonReader.name(TableJsonReader.needed(json, "name")),
        TableJsonReader.word(
            TableDrift.Kind.class, TableJsonReader.neededText(json, "kind"), "kind"),
        TableJsonReader.list(json, "changes", DriftJson::change),
        Math.toIntExact(TableJsonReader.number(json, "moreChanges").orElse(0)),
        json.path("breaking").asBoolean());
  }

  private static MetadataChange change(JsonNode json) {
    return new MetadataChange(
        TableJsonReader.word(
            MetadataChange.What.class, TableJsonReader.neededText(json, "what"), "what"),
        TableJsonReader.text(json, "object"),
        TableJsonReader.text(json, "before"),
        TableJsonReader.text(json, "after"),
        json.path("breaking").asBoolean());
  }
}
