package dev.connections.filesystem.internal.text;

import dev.connections.api.DataType;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.Warning;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The evidence for the columns of a table whose cells have types of their own; decides by the same
 * rules as for separated values what their columns have in common and whether the first row holds
 * names. Used by one thread.
 */
public final class TypedTable {
  private static final byte[] NOTHING = {};

  private final Cell cell = new Cell();
  private ColumnEvidence[] columns = {};
  private long rows;

  /** Begins without a row. */
  public TypedTable() {}

  /** What a cell is. */
  public enum Kind {
    /** Nothing. */
    EMPTY(CellKind.EMPTY),
    /** True or false. */
    BOOLEAN(CellKind.BOOLEAN),
    /** A whole number of 64 bits. */
    WHOLE(CellKind.INTEGER),
    /** Any other number. */
    NUMBER(CellKind.DOUBLE),
    /** A day. */
    DATE(CellKind.DATE),
    /** A time of the day. */
    TIME(CellKind.TIME),
    /** A day and a time. */
    MOMENT(CellKind.LOCAL_TIMESTAMP),
    /** A day and a time with a zone. */
    ZONED_MOMENT(CellKind.TIMESTAMP),
    /** Anything else. */
    TEXT(CellKind.TEXT);

    private final CellKind cell;

    Kind(CellKind cell) {
      this.cell = cell;
    }
  }

  /**
   * Whether the first row holds names.
   *
   * @param present whether it does
   * @param certainty from 0 to 1
   */
  public record Header(boolean present, double certainty) {}

  /**
   * Adds a cell to the row that is being added.
   *
   * @param column its column, from 0
   * @param kind what it is
   * @param number its digits, where it is a whole number: years are told by them
   */
  public void add(int column, Kind kind, String number) {
    if (column >= columns.length) {
      widen(column + 1);
    }
    byte[] bytes = kind == Kind.WHOLE ? number.getBytes(StandardCharsets.US_ASCII) : NOTHING;
    columns[column].add(kind.cell, cell, bytes, 0, bytes.length);
  }

  private void widen(int width) {
    int before = columns.length;
    columns = Arrays.copyOf(columns, width);
    for (int c = before; c < width; c++) {
      columns[c] = new ColumnEvidence(true);
    }
  }

  /** Ends a row: columns without a cell of it had none. */
  public void endRow() {
    rows++;
  }

  /** {@return how many rows were added} */
  public long rows() {
    return rows;
  }

  /** {@return how many columns had a cell} */
  public int width() {
    return columns.length;
  }

  /**
   * {@return whether a row above those that were added holds names}
   *
   * @param names its cells' texts
   * @param kinds what its cells are
   * @param repeated for each cell, whether its text appears below again
   */
  public Header header(List<String> names, List<Kind> kinds, boolean[] repeated) {
    widen(Math.max(columns.length, names.size()));
    HeaderFinder found =
        HeaderFinder.decide(
            names, kinds.stream().map(kind -> kind.cell).toList(), columns, repeated, rows);
    return new Header(found.header(), found.certainty());
  }

  /**
   * {@return the type that all cells of a column have in common}
   *
   * @param column from 0
   */
  public DataType type(int column) {
    TypeKind kind = columns[column].type(',', true).kind();
    return DataType.of(
        kind,
        switch (kind) {
          case BIGINT -> "whole number";
          case DOUBLE -> "number";
          case BOOLEAN -> "boolean";
          case DATE -> "date";
          case TIME -> "time";
          case TIMESTAMP, TIMESTAMP_NTZ -> "date and time";
          default -> "text";
        });
  }

  /**
   * {@return how many cells of a column aren't empty}
   *
   * @param column from 0
   */
  public long values(int column) {
    return columns[column].values();
  }

  /**
   * {@return whether a few texts alone keep a column from having a narrower type}
   *
   * @param column from 0
   */
  public boolean spoiled(int column) {
    return columns[column].spoiled();
  }

  /**
   * {@return how many cells of a column are texts}
   *
   * @param column from 0
   */
  public long texts(int column) {
    return columns[column].texts();
  }

  /**
   * {@return a name for each column, each once}
   *
   * @param given the texts of the row with names; none where there is no such row
   * @param count how many columns there are
   * @param warnings told what had to be changed
   */
  public static List<String> names(List<String> given, int count, List<Warning> warnings) {
    return given.isEmpty()
        ? ColumnNames.numbered(count)
        : ColumnNames.unique(given, count, warnings);
  }
}
