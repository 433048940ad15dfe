package dev.connections.simulators.internal.servicenow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.connections.simulators.internal.Incoming;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Writes rows in the form that a request asks for. */
final class RowWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private enum Display {
    VALUE,
    SHOWN,
    BOTH
  }

  private final Instance instance;
  private final String url;
  private final List<FieldPath> fields;
  private final Display display;
  private final boolean links;

  RowWriter(Instance instance, Rights rights, TableData table, String url, Incoming request) {
    this.instance = instance;
    this.url = url;
    this.fields = fields(instance, rights, table, request);
    this.display =
        switch (request.parameter("sysparm_display_value").orElse("false")) {
          case "true" -> Display.SHOWN;
          case "all" -> Display.BOTH;
          default -> Display.VALUE;
        };
    this.links = !request.flag("sysparm_exclude_reference_link");
  }

  /**
   * The fields asked for, without those that don't exist or may not be read; all if none is named.
   */
  private static List<FieldPath> fields(
      Instance instance, Rights rights, TableData table, Incoming request) {
    String asked = request.parameter("sysparm_fields").orElse("");
    List<String> names =
        asked.isBlank()
            ? table.columns().stream().map(Column::name).toList()
            : Arrays.stream(asked.split(",", -1)).map(String::trim).distinct().toList();
    return names.stream()
        .filter(name -> rights.mayReadColumn(table.name(), name.split("\\.", 2)[0]))
        .map(name -> FieldPath.resolve(name, table, instance))
        .flatMap(Optional::stream)
        .toList();
  }

  /** {@code {"result":[…]}}. */
  byte[] page(List<String[]> rows) {
    return written(
        json -> {
          json.writeStartArray();
          for (String[] row : rows) {
            row(json, row);
          }
          json.writeEndArray();
        });
  }

  /** {@code {"result":{…}}}. */
  byte[] record(String[] row) {
    return written(json -> row(json, row));
  }

  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  private static byte[] written(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeFieldName("result");
      content.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void row(JsonGenerator json, String[] row) throws IOException {
    json.writeStartObject();
    for (FieldPath field : fields) {
      json.writeFieldName(field.text());
      value(json, field.column(), field.value(row));
    }
    json.writeEndObject();
  }

  private void value(JsonGenerator json, Column column, String value) throws IOException {
    boolean linked = links && column.target().isPresent() && !value.isEmpty();
    if (display == Display.BOTH) {
      json.writeStartObject();
      json.writeStringField("display_value", shown(column, value));
      json.writeStringField("value", value);
      if (linked) {
        json.writeStringField("link", link(column, value));
      }
      json.writeEndObject();
    } else if (linked) {
      json.writeStartObject();
      if (display == Display.SHOWN) {
        json.writeStringField("display_value", shown(column, value));
      }
      json.writeStringField("link", link(column, value));
      if (display == Display.VALUE) {
        json.writeStringField("value", value);
      }
      json.writeEndObject();
    } else {
      json.writeString(display == Display.SHOWN ? shown(column, value) : value);
    }
  }

  private String link(Column column, String value) {
    String target = url + "/api/now/table/" + column.target().orElseThrow();
    return column.key().equals("sys_id")
        ? target + "/" + value
        : target + "?" + column.key() + "=" + value;
  }

  /** What people see: the label or name of the row pointed to. */
  private String shown(Column column, String value) {
    return column
        .target()
        .flatMap(instance::table)
        .flatMap(
            table ->
                table
                    .find(column.key(), value)
                    .map(
                        row ->
                            table.value(row, "label").isEmpty()
                                ? table.value(row, "name")
                                : table.value(row, "label")))
        .filter(text -> !text.isEmpty())
        .orElse(value);
  }
}
