package dev.connections.filesystem.internal.json;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.NoticeCode;
import dev.connections.api.RowCount;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.ColumnInference;
import dev.connections.filesystem.FileInference;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Puts together what was read of a file.
 *
 * @param format {@code json} or {@code ndjson}
 * @param charset the file's encoding
 * @param compression how it is compressed
 * @param bytes how many bytes were looked at
 * @param parts how many parts of the file these came from
 * @param complete whether that was the whole file
 */
record JsonResult(
    String format, String charset, String compression, long bytes, int parts, boolean complete) {

  /** The column of values that are no objects. */
  private static final String VALUE = "value";

  private static final double SAMPLED = 0.9;

  InferredSchema schema(ValueEvidence rows, Optional<RowCount> count, List<Warning> found) {
    List<Warning> warnings = new ArrayList<>(found);
    List<Column> columns = new ArrayList<>();
    if (rows.onlyObjects()) {
      rows.fields()
          .forEach(
              (name, field) ->
                  columns.add(
                      column(name, field, rows.objects() + rows.nulls() - field.seen(), warnings)));
    } else if (rows.seen() + rows.nulls() > 0) {
      columns.add(column(VALUE, rows, rows.nulls(), warnings));
    }
    if (columns.isEmpty()) {
      warnings.add(
          Warning.of(NoticeCode.IRREGULAR, "The file has no values, so it has no columns.")
              .withRemedy("Exclude it, or look why nothing was exported."));
    }
    if (rows.repeatedNames()) {
      warnings.add(
          Warning.of(
                  NoticeCode.IRREGULAR,
                  "An object has two fields of one name; the column's type holds both.")
              .withRemedy("Most readers keep the last one only: rename one of them."));
    }
    double confidence = columns.isEmpty() ? 0 : complete ? 1 : SAMPLED;
    FileInference inference =
        new FileInference(
            format,
            Optional.of(charset),
            Optional.empty(),
            compression,
            confidence,
            bytes,
            rows.seen() + rows.nulls(),
            parts,
            complete,
            warnings.stream().map(Warning::message).toList());
    return new InferredSchema(columns, count, inference, warnings);
  }

  private Column column(String name, ValueEvidence values, long nulls, List<Warning> warnings) {
    DataType type = values.type();
    if (values.mixed()) {
      warnings.add(
          Warning.of(
                  NoticeCode.IRREGULAR,
                  "Its values are of kinds that have only text in common, such as numbers and"
                      + " objects.")
              .at(name)
              .withRemedy("Read the column as text and take it apart where it is used."));
    }
    double sure = values.seen() / (values.seen() + (complete ? 0.25 : 5.0));
    OptionalInt longest =
        type.kind() == TypeKind.STRING && values.longest() > 0
            ? OptionalInt.of(values.longest())
            : OptionalInt.empty();
    double rounded = Math.round(sure * 1000) / 1000.0;
    return Column.builder(name, type, true)
        .extension(new ColumnInference(rounded, values.seen(), Math.max(0, nulls), longest))
        .build();
  }
}
