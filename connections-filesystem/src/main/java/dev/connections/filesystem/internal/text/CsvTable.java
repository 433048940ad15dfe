package dev.connections.filesystem.internal.text;

import dev.connections.api.Operation;
import dev.connections.filesystem.internal.text.Splitter.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The evidence for a table's columns, gathered from parts of its text. The first record is kept
 * apart until it is known whether it holds names. Used by one thread.
 */
final class CsvTable {
  private static final int CHECKPOINT = 1024;
  private static final int COMPARED = 200;

  private final Rules rules;
  private final int expectedWidth;
  private final boolean padded;
  private final boolean utf8;
  private final Cell cell;
  private final Operation operation;

  private final List<String> firstTexts = new ArrayList<>();
  private final List<CellKind> firstKinds = new ArrayList<>();
  private byte[][] firstBytes = new byte[0][];
  private ColumnEvidence[] columns = new ColumnEvidence[0];
  private boolean[] repeated = new boolean[0];
  private long rows;
  private long bytes;
  private long ragged;
  private long broken;

  CsvTable(DialectScore dialect, boolean utf8, Cell cell, Operation operation) {
    this(dialect.rules(), dialect.width(), dialect.padded(), utf8, cell, operation);
  }

  private CsvTable(
      Rules rules,
      int expectedWidth,
      boolean padded,
      boolean utf8,
      Cell cell,
      Operation operation) {
    this.rules = rules;
    this.expectedWidth = expectedWidth;
    this.padded = padded;
    this.utf8 = utf8;
    this.cell = cell;
    this.operation = operation;
  }

  /** Where the reading of a part ended. */
  record End(int cutAt, boolean open) {
    static final int NOT_CUT = -1;

    boolean cut() {
      return cutAt != NOT_CUT;
    }
  }

  /**
   * Reads the file's first part.
   *
   * @param part the part
   * @param start where the first record stands
   */
  End readHead(TextPart part, int start) {
    Splitter records = new Splitter(part, start, rules);
    if (!records.next()) {
      return new End(End.NOT_CUT, false);
    }
    if (records.open() || !records.whole()) {
      return new End(records.recordStart(), records.open());
    }
    begin(Math.max(expectedWidth, records.width()));
    keepFirst(part, records);
    return readAll(part, records);
  }

  private void begin(int width) {
    columns = new ColumnEvidence[width];
    for (int c = 0; c < width; c++) {
      columns[c] = new ColumnEvidence(utf8);
    }
    repeated = new boolean[width];
  }

  /** A table of the same columns without any row, for another part of the file. */
  CsvTable further() {
    CsvTable table = new CsvTable(rules, expectedWidth, padded, utf8, new Cell(), operation);
    table.begin(columns.length);
    return table;
  }

  /** Adds the rows of another part of the file. */
  void merge(CsvTable other) {
    for (int c = 0; c < columns.length; c++) {
      columns[c].merge(other.columns[c]);
    }
    rows += other.rows;
    bytes += other.bytes;
    ragged += other.ragged;
    broken += other.broken;
  }

  /** Cuts a text as this table's is. */
  Splitter records(TextPart part, int from) {
    return new Splitter(part, from, rules);
  }

  /** Where a record of this table's width begins in a part, or −1. */
  int startIn(TextPart part) {
    return RecordStart.in(part, rules, expectedWidth);
  }

  private void keepFirst(TextPart part, Splitter records) {
    firstBytes = new byte[records.width()][];
    for (int c = 0; c < records.width(); c++) {
      int from = from(part, records, c);
      int to = to(part, records, c, from);
      firstBytes[c] = Arrays.copyOfRange(part.data(), from, to);
      String text = part.text(from, to);
      boolean marked = records.quoted(c) || rules.escape() == '\\';
      String plain = marked ? unescaped(text) : text;
      firstTexts.add(records.quoted(c) ? plain : plain.strip());
      firstKinds.add(cell.read(part.data(), from, to));
    }
  }

  /** The text of a cell without the marks before its quotes and delimiters. */
  static String unescaped(String text, Rules rules) {
    if (rules.quote() == Splitter.NONE || text.indexOf(rules.escape()) < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      boolean mark =
          text.charAt(i) == rules.escape()
              && i + 1 < text.length()
              && (text.charAt(i + 1) == rules.quote()
                  || text.charAt(i + 1) == rules.escape()
                  || (text.charAt(i + 1) == rules.delimiter() && rules.escape() == '\\'));
      plain.append(text.charAt(mark ? ++i : i));
    }
    return plain.toString();
  }

  private String unescaped(String text) {
    return unescaped(text, rules);
  }

  /** Reads the records that are whole. */
  End readAll(TextPart part, Splitter records) {
    while (records.next()) {
      if (records.open() || !records.whole()) {
        return new End(records.recordStart(), records.open());
      }
      if (rows % CHECKPOINT == 0) {
        operation.checkpoint();
      }
      add(part, records);
    }
    return new End(End.NOT_CUT, false);
  }

  /** Adds the record that the splitter is at. */
  void add(TextPart part, Splitter records) {
    int width = records.width();
    rows++;
    bytes += records.position() - records.recordStart();
    ragged += width == expectedWidth ? 0 : 1;
    broken += records.broken() > 0 ? 1 : 0;
    for (int c = 0; c < columns.length; c++) {
      if (c >= width) {
        columns[c].addMissing();
        continue;
      }
      int from = from(part, records, c);
      int to = to(part, records, c, from);
      CellKind kind = cell.read(part.data(), from, to);
      columns[c].add(kind, cell, part.data(), from, to);
      if (kind == CellKind.TEXT && rows <= COMPARED && c < firstBytes.length) {
        byte[] first = firstBytes[c];
        repeated[c] |= Arrays.equals(part.data(), from, to, first, 0, first.length);
      }
    }
  }

  private int from(TextPart part, Splitter records, int c) {
    int from = records.start(c);
    while (padded && !records.quoted(c) && from < records.end(c) && part.data()[from] == ' ') {
      from++;
    }
    return from;
  }

  private int to(TextPart part, Splitter records, int c, int from) {
    int to = records.end(c);
    while (padded && !records.quoted(c) && to > from && part.data()[to - 1] == ' ') {
      to--;
    }
    return to;
  }

  /**
   * Reads a part from the middle or the end of the file, which starts anywhere in a record.
   *
   * @return whether its records have the table's width; if not, nothing of it counts
   */
  boolean readSlice(TextPart part) {
    int start = startIn(part);
    if (start < 0) {
      return false;
    }
    readAll(part, new Splitter(part, start, rules));
    return true;
  }

  /** Takes the first record as a row like the others: it holds no names. */
  void firstIsRow() {
    rows++;
    for (int c = 0; c < columns.length; c++) {
      if (c >= firstBytes.length) {
        columns[c].addMissing();
        continue;
      }
      byte[] first = firstBytes[c];
      columns[c].add(cell.read(first, 0, first.length), cell, first, 0, first.length);
    }
  }

  HeaderFinder header() {
    return HeaderFinder.decide(firstTexts, firstKinds, columns, repeated, rows);
  }

  List<String> firstTexts() {
    return firstTexts;
  }

  ColumnEvidence[] columns() {
    return columns;
  }

  long rows() {
    return rows;
  }

  /** The bytes of the rows, without the first record's. */
  long bytes() {
    return bytes;
  }

  long ragged() {
    return ragged;
  }

  long broken() {
    return broken;
  }
}
