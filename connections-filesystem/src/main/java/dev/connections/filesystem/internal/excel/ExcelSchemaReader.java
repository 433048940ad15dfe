package dev.connections.filesystem.internal.excel;

import dev.connections.api.Column;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.RowCount;
import dev.connections.filesystem.ColumnInference;
import dev.connections.filesystem.FileInference;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.SchemaReader;
import dev.connections.filesystem.internal.Warning;
import dev.connections.filesystem.internal.text.TypedTable;
import dev.connections.filesystem.internal.xml.XmlCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Finds the columns of a sheet of a workbook. Its cells have types of their own. The rows pass by
 * one at a time, and of texts only those are looked up that may be names, so a sheet of a million
 * rows takes no more memory than one of a hundred. Safe for any thread.
 */
public final class ExcelSchemaReader implements SchemaReader {
  private static final double SAMPLED = 0.9;
  private static final double UNSURE = 0.7;

  private final Optional<String> sheet;

  /**
   * Makes a reader.
   *
   * @param sheet the name of the sheet; absent, it is the first one that a user sees
   */
  public ExcelSchemaReader(Optional<String> sheet) {
    this.sheet = sheet;
  }

  @Override
  public InferredSchema read(FileContent content, ReadLimits limits, Operation operation)
      throws IOException {
    operation.checkpoint();
    Workbook workbook = Workbook.open(content, limits, operation);
    Workbook.Sheet found =
        workbook
            .sheet(sheet)
            .orElseThrow(() -> ExcelFailures.noSheet(content.path(), sheet.orElse("")));
    NumberFormats formats = NumberFormats.of(workbook);
    SheetTable table = new SheetTable(workbook);
    try (XmlCursor cursor = workbook.open(found.part())) {
      SheetRows rows = new SheetRows(content.path(), cursor, formats);
      boolean complete = true;
      for (List<SheetCell> cells = rows.next(); !rows.ended(); cells = rows.next()) {
        table.add(rows.row(), cells);
        if (cursor.count() > limits.wholeValueBytes()) {
          complete = false;
          break;
        }
      }
      table.begin();
      return schema(workbook, found.name(), table, rows, complete, cursor.count());
    }
  }

  private InferredSchema schema(
      Workbook workbook,
      String name,
      SheetTable table,
      SheetRows rows,
      boolean complete,
      long bytes) {
    List<Warning> warnings = new ArrayList<>();
    List<Column> columns = columns(table, warnings, complete);
    warn(workbook, table, rows, complete, warnings);
    TypedTable cells = table.cells();
    double confidence =
        columns.isEmpty() ? 0 : table.header().certainty() * (complete ? 1 : SAMPLED);
    FileInference inference =
        new FileInference(
            "xlsx",
            Optional.empty(),
            Optional.empty(),
            "none",
            Math.round(confidence * 1000) / 1000.0,
            bytes,
            cells.rows(),
            1,
            complete,
            warnings.stream().map(Warning::message).toList());
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("sheet", name);
    properties.put("date_system", workbook.from1904() ? "1904" : "1900");
    return new InferredSchema(
        columns, count(table, rows, complete), inference, warnings, Optional.empty(), properties);
  }

  private static List<Column> columns(SheetTable table, List<Warning> warnings, boolean complete) {
    TypedTable cells = table.cells();
    List<Integer> used = new ArrayList<>();
    List<String> given = new ArrayList<>();
    for (int c = 0; c < cells.width(); c++) {
      String name = c < table.names().size() ? table.names().get(c) : "";
      if (cells.values(c) > 0 || !name.isBlank()) { // else it is a gap beside the table
        used.add(c);
        given.add(name);
      }
    }
    List<String> names =
        TypedTable.names(table.header().present() ? given : List.of(), used.size(), warnings);
    List<Column> columns = new ArrayList<>(used.size());
    for (int i = 0; i < used.size(); i++) {
      int c = used.get(i);
      if (cells.spoiled(c)) {
        warnings.add(
            Warning.of(
                    NoticeCode.IRREGULAR,
                    cells.texts(c)
                        + " of "
                        + cells.values(c)
                        + " values seen are text where the others are of a narrower type.")
                .at(names.get(i))
                .withRemedy(
                    "Look for placeholders such as N/A, or for a late change of the data."));
      }
      double sure = cells.values(c) / (cells.values(c) + (complete ? 0.25 : 5.0));
      columns.add(
          Column.builder(names.get(i), cells.type(c), true)
              .extension(
                  new ColumnInference(
                      Math.round(sure * table.header().certainty() * 1000) / 1000.0,
                      cells.values(c),
                      cells.rows() - cells.values(c),
                      OptionalInt.empty()))
              .build());
    }
    return columns;
  }

  private void warn(
      Workbook workbook,
      SheetTable table,
      SheetRows rows,
      boolean complete,
      List<Warning> warnings) {
    if (table.firstRow() == 0) {
      warnings.add(
          Warning.of(NoticeCode.IRREGULAR, "The sheet is empty, so it has no columns.")
              .withRemedy("Exclude it, or look why nothing was exported."));
      return;
    }
    if (table.header().certainty() < UNSURE) {
      warnings.add(
          Warning.of(
              NoticeCode.LOW_CONFIDENCE,
              "Whether the sheet's first row holds column names isn't certain."));
    }
    if (table.joined()) {
      warnings.add(
          Warning.of(
              NoticeCode.IRREGULAR,
              "The column names stand in two rows, whose texts were joined."));
    }
    if (!complete) {
      warnings.add(
          Warning.of(
                  NoticeCode.TRUNCATED,
                  "Only the first " + table.cells().rows() + " rows were read.")
              .withRemedy("Choose a full scan to have all of them read."));
    }
    if (rows.errors() > 0) {
      warnings.add(
          Warning.of(
              NoticeCode.IRREGULAR,
              rows.errors() + " cells seen hold an error such as #DIV/0!; they count as empty."));
    }
    if (rows.withoutResult() > 0) {
      warnings.add(
          Warning.of(
                  NoticeCode.IRREGULAR,
                  rows.withoutResult()
                      + " formulas seen have no stored result; they count as empty.")
              .withRemedy("Open the workbook in Excel and save it, so that they are calculated."));
    }
    if (sheet.isEmpty() && workbook.names().size() > 1) {
      warnings.add(
          Warning.of(
              NoticeCode.IRREGULAR,
              "Only the first of the workbook's " + workbook.names().size() + " sheets was read."));
    }
  }

  private static Optional<RowCount> count(SheetTable table, SheetRows rows, boolean complete) {
    long read = table.cells().rows();
    if (complete) {
      return Optional.of(RowCount.exactly(read));
    }
    OptionalLong last = rows.lastRow();
    long names = table.header().present() ? 0 : 1;
    return last.isPresent() && last.getAsLong() - table.firstRow() + names >= read
        ? Optional.of(RowCount.about(last.getAsLong() - table.firstRow() + names))
        : Optional.empty();
  }
}
