package dev.connections.filesystem.internal.xml;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.RowCount;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.ColumnInference;
import dev.connections.filesystem.FileInference;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.SchemaReader;
import dev.connections.filesystem.internal.Warning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds the columns of an XML file: the attributes and elements of its rows. A small file is
 * checked to its end; of a large one the first rows are read. Safe for any thread.
 */
public final class XmlSchemaReader implements SchemaReader {
  /** The configuration's field that names the row's element. */
  public static final String ROW_TAG_FIELD = "options.row_tag";

  private static final double SAMPLED = 0.9;
  private static final double FOUND_ROW = 0.95;

  private final Optional<String> rowTag;

  /**
   * Makes a reader.
   *
   * @param rowTag the name of the row's element; absent, it is found out
   */
  public XmlSchemaReader(Optional<String> rowTag) {
    this.rowTag = rowTag;
  }

  @Override
  public InferredSchema read(FileContent content, ReadLimits limits, Operation operation)
      throws IOException {
    operation.checkpoint();
    if (content.size() == 0) {
      return nothing(content);
    }
    String row = rowTag.isPresent() ? rowTag.get() : find(content, limits, operation);
    RowReader reader = new RowReader(content.path(), limits);
    boolean complete = true;
    try (XmlCursor cursor = XmlCursor.open(content, limits, operation)) {
      while (cursor.next()) {
        if (cursor.atStart() && cursor.name().equals(row)) {
          if (reader.rows().elements() > 0 && cursor.count() > limits.wholeValueBytes()) {
            complete = false;
            break;
          }
          cursor.nextRow();
          reader.addRow(cursor);
        }
      }
      if (reader.rows().elements() == 0) {
        throw XmlFailures.noRows(content.path(), row);
      }
      return schema(content, cursor, row, reader.rows(), complete);
    }
  }

  private static String find(FileContent content, ReadLimits limits, Operation operation)
      throws IOException {
    try (XmlCursor cursor = XmlCursor.open(content, limits, operation)) {
      return RowTag.find(cursor, content.path(), limits).orElse("");
    }
  }

  private static InferredSchema nothing(FileContent content) {
    Warning empty =
        Warning.of(NoticeCode.IRREGULAR, "The file is empty, so it has no columns.")
            .withRemedy("Exclude it, or look why nothing was exported.");
    return new InferredSchema(
        List.of(),
        Optional.of(RowCount.exactly(0)),
        inference(content, "UTF-8", 0, 0, 0, true, List.of(empty)),
        List.of(empty));
  }

  private InferredSchema schema(
      FileContent content, XmlCursor cursor, String row, ElementEvidence rows, boolean complete) {
    long read = rows.elements();
    List<Warning> warnings = new ArrayList<>();
    if (!complete) {
      warnings.add(
          Warning.of(NoticeCode.TRUNCATED, "Only the first " + read + " rows were read.")
              .withRemedy("Fields that appear later are missing."));
    }
    Optional<RowCount> count =
        complete
            ? Optional.of(RowCount.exactly(read))
            : content.size() < 0
                ? Optional.empty()
                : Optional.of(
                    RowCount.about(Math.round((double) content.size() * read / cursor.count())));
    double confidence = (rowTag.isPresent() ? 1 : FOUND_ROW) * (complete ? 1 : SAMPLED);
    return new InferredSchema(
        columns(rows, complete),
        count,
        inference(content, cursor.charset(), confidence, cursor.count(), read, complete, warnings),
        warnings,
        Optional.empty(),
        Map.of("row_tag", row));
  }

  private static List<Column> columns(ElementEvidence rows, boolean complete) {
    List<Column> columns = new ArrayList<>();
    rows.fields()
        .forEach(
            (name, field) ->
                columns.add(
                    column(
                        name,
                        field.type(complete),
                        field.seen(),
                        Math.max(0, rows.elements() - field.seen()),
                        field.longest(),
                        complete)));
    boolean text = rows.texts().seen() > 0 && !rows.fields().containsKey(ElementEvidence.TEXT);
    if (text || rows.fields().isEmpty()) {
      columns.add(
          column(
              ElementEvidence.TEXT,
              rows.texts().type(complete),
              rows.texts().seen(),
              rows.elements() - rows.texts().seen(),
              rows.texts().longest(),
              complete));
    }
    return columns;
  }

  private static Column column(
      String name, DataType type, long seen, long nulls, int longest, boolean complete) {
    double sure = seen / (seen + (complete ? 0.25 : 5.0));
    return Column.builder(name, type, true)
        .extension(
            new ColumnInference(
                Math.round(sure * 1000) / 1000.0,
                seen,
                nulls,
                type.kind() == TypeKind.STRING && longest > 0
                    ? OptionalInt.of(longest)
                    : OptionalInt.empty()))
        .build();
  }

  private static FileInference inference(
      FileContent content,
      String charset,
      double confidence,
      long bytes,
      long rows,
      boolean complete,
      List<Warning> warnings) {
    return new FileInference(
        "xml",
        Optional.of(charset),
        Optional.empty(),
        content.compression(),
        confidence,
        bytes,
        rows,
        1,
        complete,
        warnings.stream().map(Warning::message).toList());
  }
}
