package dev.connections.core.targets;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.connections.api.TableMetadata;
import dev.connections.core.importing.ImportContext;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.internal.json.Json;
import dev.connections.core.internal.json.TableJson;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes an import as one JSON document: everything that was read of each table, in the order of
 * the tables' names and one per line, and at the end how the import went. {@link
 * JsonSnapshotReader} reads it back, and {@link #schema} describes it.
 *
 * <p>One object serves one import. Memory grows with the number of tables by their names only. A
 * failing disk ends in {@link TargetErrorCode#OUTPUT_NOT_WRITTEN}.
 */
public final class JsonSnapshot extends SpooledTarget {
  /** What stands in the member {@code format} of every snapshot. */
  public static final String FORMAT = "connections.snapshot";

  /** The version of the form that this release writes, and the newest that it reads. */
  public static final int VERSION = 2;

  private static final String SCHEMA = "/json-schema/connections-snapshot-2.json";

  private JsonSnapshot(Output output) {
    super(output);
  }

  /**
   * {@return a target that writes a file} The file appears when the import has ended, whole.
   *
   * @param file what to write; its folder is there, and a file of its name is replaced
   */
  public static JsonSnapshot to(Path file) {
    return new JsonSnapshot(Output.file(file));
  }

  /**
   * {@return a target that writes to a writer}
   *
   * @param writer what to write to; it is flushed and not closed
   */
  public static JsonSnapshot to(Writer writer) {
    return new JsonSnapshot(Output.writer(writer));
  }

  /** {@return the JSON Schema (2020-12) of the form, as text} */
  public static String schema() {
    return Resources.text(SCHEMA);
  }

  @Override
  byte[] kept(TableMetadata table) throws IOException {
    return TableJson.bytes(table);
  }

  @Override
  void write(Writer out, ImportContext context, ImportReport report, TableSpool tables)
      throws IOException {
    JsonGenerator json = Json.factory().createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    try (json) {
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeNumberField("version", VERSION);
      json.writeStringField("release", Release.version());
      json.writeObjectFieldStart("connection");
      json.writeStringField("id", context.connectionId());
      json.writeStringField("name", context.connectionName());
      json.writeStringField("type", context.connectionType());
      json.writeEndObject();
      json.writeFieldName("options");
      json.writeRawValue(context.options().toJson());
      json.writeArrayFieldStart("tables");
      tables.forEach(
          (name, bytes) -> {
            json.writeRaw('\n');
            json.writeRawValue(new String(bytes, StandardCharsets.UTF_8));
          });
      json.writeEndArray();
      json.writeRaw('\n');
      json.writeFieldName("report");
      ReportJson.write(json, report);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }
}
