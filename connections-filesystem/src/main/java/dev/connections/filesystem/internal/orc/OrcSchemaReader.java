package dev.connections.filesystem.internal.orc;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.RowCount;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.FileInference;
import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.SchemaReader;
import dev.connections.filesystem.internal.Warning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the columns of an ORC file in its footer, and its exact number of rows. Stripes aren't
 * looked at: a file with damaged data still has its schema. Safe for any thread.
 */
public final class OrcSchemaReader implements SchemaReader {
  private static final String FORMAT = "ORC";

  /** Makes a reader. */
  public OrcSchemaReader() {}

  @Override
  public InferredSchema read(FileContent content, ReadLimits limits, Operation operation)
      throws IOException {
    operation.checkpoint();
    try {
      OrcTail tail = OrcTail.of(content, limits, operation);
      return schema(tail.footer(), tail, content, limits);
    } catch (Defect defect) {
      throw FileFailures.malformed(content.path(), FORMAT, defect.reason());
    }
  }

  private static InferredSchema schema(
      OrcFooter footer, OrcTail tail, FileContent content, ReadLimits limits) throws Defect {
    OrcTypes types = new OrcTypes(footer.types(), limits.deepestNesting());
    DataType row = types.row();
    List<Column> columns = new ArrayList<>();
    if (row.kind() == TypeKind.STRUCT) {
      for (TypeField field : row.children()) {
        columns.add(Column.of(field.name(), field.type(), field.nullable()));
      }
    } else {
      columns.add(Column.of(DataType.VALUE, row, true));
    }
    if (columns.size() > limits.mostColumns()) {
      throw FileFailures.tooLarge(
          content.path(), "The number of columns", String.valueOf(limits.mostColumns()));
    }
    List<Warning> warnings = new ArrayList<>(types.warnings());
    if (footer.encrypted()) {
      warnings.add(
          Warning.of(
              NoticeCode.IRREGULAR, "Some of its columns are encrypted; they are shown masked."));
    }
    return new InferredSchema(
        columns,
        Optional.of(RowCount.exactly(footer.rows())),
        inference(tail, content, warnings),
        warnings,
        Optional.empty(),
        properties(footer, tail));
  }

  private static FileInference inference(
      OrcTail tail, FileContent content, List<Warning> warnings) {
    return new FileInference(
        "orc",
        Optional.empty(),
        Optional.empty(),
        content.compression(),
        1,
        tail.length(),
        0,
        1,
        false,
        warnings.stream().map(Warning::message).toList());
  }

  /** Values of user metadata may be whole schemas of other programs: only keys are kept. */
  private static Map<String, String> properties(OrcFooter footer, OrcTail tail) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("codec", tail.codec().name().toLowerCase(Locale.ROOT));
    footer.writer().ifPresent(writer -> properties.put("created_by", FileFailures.shown(writer)));
    if (!footer.keys().isEmpty()) {
      properties.put("metadata", FileFailures.shown(String.join(", ", footer.keys())));
    }
    if (footer.encrypted()) {
      properties.put("encryption", "columns");
    }
    return properties;
  }
}
