package dev.connections.filesystem.internal.avro;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.Operation;
import dev.connections.filesystem.FileInference;
import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.SchemaReader;
import dev.connections.filesystem.internal.Warning;
import dev.connections.filesystem.internal.avro.AvroTypes.Typed;
import dev.connections.filesystem.internal.json.JsonTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the columns of an Avro file in its header. How many rows there are isn't known without
 * reading all blocks.
 */
public final class AvroSchemaReader implements SchemaReader {
  private static final String FORMAT = "Avro";
  private static final int LARGEST_HEADER = 16 * 1024 * 1024;
  private static final int LONGEST_PROPERTY = 500;

  /** Makes a reader. */
  public AvroSchemaReader() {}

  @Override
  public InferredSchema read(FileContent content, ReadLimits limits, Operation operation)
      throws IOException {
    operation.checkpoint();
    AvroHeader header;
    try (InputStream in = new BufferedInputStream(content.head())) {
      header = AvroHeader.read(in, content.path(), Math.min(LARGEST_HEADER, limits.footerBytes()));
    }
    String text =
        header
            .schema()
            .orElseThrow(
                () -> FileFailures.malformed(content.path(), FORMAT, "its header has no schema"));
    Object schema = parse(text, content, limits);
    try {
      return inferred(schema, header, content, limits);
    } catch (Defect e) {
      throw FileFailures.malformed(content.path(), FORMAT, e.reason());
    }
  }

  private static Object parse(String text, FileContent content, ReadLimits limits) {
    try {
      return JsonTree.parse(text, limits.deepestNesting());
    } catch (IOException notJson) {
      throw FileFailures.malformed(
          content.path(), FORMAT, "its schema isn't JSON that can be read");
    }
  }

  private static InferredSchema inferred(
      Object schema, AvroHeader header, FileContent content, ReadLimits limits) throws Defect {
    AvroTypes types = new AvroTypes();
    Typed whole = types.of(schema, "");
    boolean isRecord =
        schema instanceof Map<?, ?> object
            && ("record".equals(object.get("type")) || "error".equals(object.get("type")));
    List<Column> columns =
        isRecord
            ? columns((Map<?, ?>) schema, whole.type())
            : List.of(Column.of(DataType.VALUE, whole.type(), whole.nullable()));
    if (columns.size() > limits.mostColumns()) {
      throw FileFailures.tooLarge(
          content.path(), "The number of columns", String.valueOf(limits.mostColumns()));
    }
    List<Warning> warnings = types.warnings().stream().distinct().toList();
    return new InferredSchema(
        columns,
        Optional.empty(),
        inference(header, content, warnings),
        warnings,
        isRecord ? AvroField.description((Map<?, ?>) schema) : Optional.empty(),
        properties(header, whole.type()));
  }

  private static List<Column> columns(Map<?, ?> record, DataType type) throws Defect {
    List<AvroField> fields = AvroField.of(record);
    List<Column> columns = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      var part = type.children().get(i);
      Column.Builder column = Column.builder(part.name(), part.type(), part.nullable());
      part.description().ifPresent(column::description);
      fields.get(i).defaultText().ifPresent(column::defaultExpression);
      columns.add(column.build());
    }
    return columns;
  }

  private static FileInference inference(
      AvroHeader header, FileContent content, List<Warning> warnings) {
    return new FileInference(
        "avro",
        Optional.empty(),
        Optional.empty(),
        content.compression(),
        1,
        header.length(),
        0,
        1,
        false,
        warnings.stream().map(Warning::message).toList());
  }

  private static Map<String, String> properties(AvroHeader header, DataType type) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("codec", shortened(header.codec()));
    properties.put("schema", shortened(type.nativeType()));
    if (!header.ownKeys().isEmpty()) {
      properties.put("metadata", shortened(String.join(", ", header.ownKeys())));
    }
    return properties;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_PROPERTY ? text : text.substring(0, LONGEST_PROPERTY) + "…";
  }
}
