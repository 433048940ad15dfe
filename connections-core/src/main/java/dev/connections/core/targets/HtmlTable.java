package dev.connections.core.targets;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.connections.api.ForeignKey;
import dev.connections.api.KeyConstraint;
import dev.connections.api.MetadataExtension;
import dev.connections.api.Notice;
import dev.connections.api.TableMetadata;
import dev.connections.core.internal.json.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a page holds of a table: a line of JSON with what the list shows, and one with what is shown
 * when the table is opened. Both are arrays, as there are thousands of them.
 */
final class HtmlTable {
  private static final int LONGEST_FACT = 300;

  private final TableMetadata table;
  private final MappedTable mapped;
  private final long losses;

  HtmlTable(TableMetadata table, MappedTable mapped) {
    this.table = table;
    this.mapped = mapped;
    this.losses =
        mapped.losses().stream().filter(loss -> loss.severity() == LossKind.Severity.LOSS).count();
  }

  long losses() {
    return losses;
  }

  long notes() {
    return mapped.losses().size() - losses;
  }

  /** Schema, table, kind, columns, rows, exact, losses, notes, notices, confidence, description. */
  String listLine() throws IOException {
    return line(
        json -> {
          json.writeString(table.name().schema().display());
          json.writeString(table.name().table());
          json.writeString(table.info().kind().id().replace('_', ' '));
          json.writeNumber(table.columns().size());
          if (table.rowCount().isPresent()) {
            json.writeNumber(table.rowCount().get().rows());
            json.writeNumber(table.rowCount().get().exact() ? 1 : 0);
          } else {
            json.writeNull();
            json.writeNumber(0);
          }
          json.writeNumber(losses);
          json.writeNumber(notes());
          json.writeNumber(table.notices().size());
          confidence(json, table.extensions());
          json.writeString(table.info().description().orElse(""));
        });
  }

  /** Columns, losses of the table as a whole, notices, relationships, facts. */
  String detailLine() throws IOException {
    return line(
        json -> {
          columns(json);
          json.writeStartArray();
          for (TypeLoss loss : mapped.losses()) {
            if (loss.column().isEmpty()) {
              loss(json, loss, loss.source());
            }
          }
          json.writeEndArray();
          json.writeStartArray();
          for (Notice notice : table.notices()) {
            json.writeStartArray();
            json.writeString(notice.message());
            json.writeString(notice.remedy().orElse(""));
            json.writeEndArray();
          }
          json.writeEndArray();
          json.writeStartArray();
          for (ForeignKey key : table.foreignKeys()) {
            json.writeString(
                String.join(", ", key.columns())
                    + " → "
                    + key.references().display()
                    + " ("
                    + String.join(", ", key.referencedColumns())
                    + ")");
          }
          json.writeEndArray();
          facts(json);
        });
  }

  /**
   * Each: name, new name or nothing, native type, type, nullable, key, confidence, words, losses.
   */
  private void columns(JsonGenerator json) throws IOException {
    Set<String> key =
        new HashSet<>(table.primaryKey().map(KeyConstraint::columns).orElse(List.of()));
    json.writeStartArray();
    for (MappedColumn column : mapped.columns()) {
      String name = column.source().name();
      json.writeStartArray();
      json.writeString(name);
      json.writeString(column.name().equals(name) ? "" : column.name());
      json.writeString(column.source().type().nativeType());
      json.writeString(column.type());
      json.writeNumber(column.source().nullable() ? 1 : 0);
      json.writeNumber(key.contains(name) ? 1 : 0);
      confidence(json, column.source().extensions());
      json.writeString(column.source().description().orElse(""));
      json.writeStartArray();
      for (TypeLoss loss : column.losses()) {
        String path = loss.column().orElse(name);
        loss(json, loss, path.equals(name) ? "" : path);
      }
      json.writeEndArray();
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void loss(JsonGenerator json, TypeLoss loss, String where) throws IOException {
    json.writeStartArray();
    json.writeNumber(loss.severity() == LossKind.Severity.LOSS ? 1 : 0);
    json.writeString(where);
    json.writeString(loss.sentence());
    json.writeEndArray();
  }

  private void facts(JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (MetadataExtension extension : table.extensions()) {
      for (Map.Entry<String, Object> value : StoredExtension.of(extension).values().entrySet()) {
        fact(json, value.getKey(), value.getValue());
      }
    }
    for (Map.Entry<String, String> property : table.properties().entrySet()) {
      fact(json, property.getKey(), property.getValue());
    }
    json.writeEndArray();
  }

  private static void fact(JsonGenerator json, String name, Object value) throws IOException {
    String text = FactWords.of(value);
    boolean known = name.equals("confidence") || text.isEmpty();
    if (!known) {
      json.writeStartArray();
      json.writeString(FactWords.name(name));
      json.writeString(
          text.length() > LONGEST_FACT ? ColumnNames.shortened(text, LONGEST_FACT) + "…" : text);
      json.writeEndArray();
    }
  }

  /** Writes the number that an extension calls its confidence, if it is one from 0 to 1. */
  private static void confidence(JsonGenerator json, List<MetadataExtension> extensions)
      throws IOException {
    OptionalDouble confidence =
        extensions.stream()
            .map(extension -> extension.values().get("confidence"))
            .filter(Number.class::isInstance)
            .mapToDouble(value -> ((Number) value).doubleValue())
            .filter(value -> value >= 0 && value <= 1)
            .findFirst();
    if (confidence.isPresent()) {
      json.writeNumber(Math.round(confidence.getAsDouble() * 100));
    } else {
      json.writeNull();
    }
  }

  private static String line(Part part) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = Json.factory().createGenerator(out)) {
      json.writeStartArray();
      part.write(json);
      json.writeEndArray();
    }
    return Html.script(Json.whole(out.toString()));
  }

  private interface Part {
    void write(JsonGenerator json) throws IOException;
  }
}
