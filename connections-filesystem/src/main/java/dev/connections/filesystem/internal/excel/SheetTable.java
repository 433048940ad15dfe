package dev.connections.filesystem.internal.excel;

import dev.connections.filesystem.internal.text.TypedTable;
import dev.connections.filesystem.internal.text.TypedTable.Header;
import dev.connections.filesystem.internal.text.TypedTable.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the table in a sheet: leaves titles above it out, and decides whether its first row holds
 * names. The first rows are kept for that, the others are counted only. Used by one thread.
 */
final class SheetTable {
  private static final int KEPT_ROWS = 100;
  private static final int KEPT_CELLS = 50_000;

  private final Workbook workbook;
  private final TypedTable table = new TypedTable();
  private final List<Row> kept = new ArrayList<>();
  private int keptCells;
  private boolean begun;
  private Header header = new Header(false, 1);
  private List<String> names = List.of();
  private boolean joined;
  private long firstRow;

  /** A row that isn't empty. */
  private record Row(long number, List<SheetCell> cells) {
    Map<Integer, SheetCell> byColumn() {
      Map<Integer, SheetCell> byColumn = new HashMap<>();
      cells.forEach(cell -> byColumn.put(cell.column(), cell));
      return byColumn;
    }
  }

  SheetTable(Workbook workbook) {
    this.workbook = workbook;
  }

  /** Adds a row; one without cells is none. */
  void add(long number, List<SheetCell> cells) throws IOException {
    if (cells.isEmpty()) {
      return;
    }
    if (begun) {
      count(cells);
      return;
    }
    kept.add(new Row(number, cells));
    keptCells += cells.size();
    if (kept.size() >= KEPT_ROWS || keptCells >= KEPT_CELLS) {
      begin();
    }
  }

  private void count(List<SheetCell> cells) {
    for (SheetCell cell : cells) {
      table.add(cell.column(), cell.kind(), cell.text());
    }
    table.endRow();
  }

  /** Decides, now that enough rows were seen or all. */
  void begin() throws IOException {
    if (begun || kept.isEmpty()) {
      return;
    }
    begun = true;
    int first = first();
    firstRow = kept.get(first).number;
    kept.subList(first + 1, kept.size()).forEach(row -> count(row.cells));
    Optional<Row> above =
        first > 0 && kept.get(first - 1).number == firstRow - 1
            ? Optional.of(kept.get(first - 1))
            : Optional.empty();
    readNames(kept.get(first), above);
    if (!header.present()) {
      count(kept.get(first).cells);
      names = List.of();
      joined = false;
    }
    kept.clear();
  }

  /** The first row that has about as many cells as most: what stands above it are titles. */
  private int first() {
    List<Integer> widths = new ArrayList<>(kept.stream().map(row -> row.cells.size()).toList());
    Collections.sort(widths);
    int usual = widths.get(widths.size() / 2);
    int first = 0;
    while (kept.get(first).cells.size() * 2 <= usual) {
      first++;
    }
    return first + 1 < kept.size() && isGroups(first) ? first + 1 : first;
  }

  /** Whether the names stand in the row below one, which then holds the names of groups of them. */
  private boolean isGroups(int index) {
    Row row = kept.get(index);
    Row next = kept.get(index + 1);
    Set<Integer> gaps = new HashSet<>(next.byColumn().keySet());
    gaps.removeAll(row.byColumn().keySet());
    if (gaps.isEmpty() || next.number != row.number + 1 || !onlyTexts(row) || !onlyTexts(next)) {
      return false;
    }
    // Names are texts above what is none; a row of texts above others may be a row like them.
    return kept.subList(index + 2, kept.size()).stream()
        .flatMap(below -> below.cells.stream())
        .anyMatch(cell -> gaps.contains(cell.column()) && cell.kind() != Kind.TEXT);
  }

  private void readNames(Row row, Optional<Row> above) throws IOException {
    Map<String, String> texts = texts(row, above);
    int width = Math.max(table.width(), 1 + last(row));
    List<String> given = new ArrayList<>(width);
    List<Kind> kinds = new ArrayList<>(width);
    Optional<Row> titles = above.filter(SheetTable::onlyTexts);
    boolean groups = titles.map(it -> it.cells.size() > 1).orElse(false);
    Map<Integer, SheetCell> own = row.byColumn();
    Map<Integer, SheetCell> over = titles.map(Row::byColumn).orElse(Map.of());
    String group = "";
    for (int c = 0; c < width; c++) {
      Optional<SheetCell> cell = Optional.ofNullable(own.get(c));
      String name = cell.map(it -> text(it, texts)).orElse("");
      String title = Optional.ofNullable(over.get(c)).map(it -> text(it, texts)).orElse("");
      group = title.isBlank() ? group : title;
      boolean within = groups && !group.isBlank() && !name.isBlank();
      joined |= within || (name.isBlank() && !title.isBlank());
      given.add(name.isBlank() ? title : within ? group + " " + name : name);
      kinds.add(cell.map(SheetCell::kind).orElse(title.isBlank() ? Kind.EMPTY : Kind.TEXT));
    }
    header = table.header(given, kinds, repeated(row, width));
    names = given;
  }

  private static boolean onlyTexts(Row row) {
    return row.cells.stream().allMatch(cell -> cell.kind() == Kind.TEXT);
  }

  private static int last(Row row) {
    return row.cells.stream().mapToInt(SheetCell::column).max().orElse(0);
  }

  /** Whether the cell of a column appears below again; equal shared texts have one number. */
  private boolean[] repeated(Row row, int width) {
    boolean[] repeated = new boolean[width];
    Set<SheetCell> below = new HashSet<>();
    kept.stream().filter(other -> other.number > row.number).forEach(r -> below.addAll(r.cells));
    row.cells.forEach(cell -> repeated[cell.column()] = below.contains(cell));
    return repeated;
  }

  private Map<String, String> texts(Row row, Optional<Row> above) throws IOException {
    Set<String> numbers = new HashSet<>();
    List<SheetCell> cells = new ArrayList<>(row.cells);
    above.ifPresent(it -> cells.addAll(it.cells));
    cells.stream().filter(SheetCell::shared).forEach(cell -> numbers.add(cell.text()));
    return numbers.isEmpty() ? new HashMap<>() : SharedTexts.of(workbook, numbers);
  }

  private static String text(SheetCell cell, Map<String, String> texts) {
    String text = cell.shared() ? texts.getOrDefault(cell.text(), "") : cell.text();
    return text.strip();
  }

  /** The evidence of the rows below the names. */
  TypedTable cells() {
    return table;
  }

  Header header() {
    return header;
  }

  /** The names, by column; none where no row holds names. */
  List<String> names() {
    return names;
  }

  /** Whether names are made of two rows. */
  boolean joined() {
    return joined;
  }

  /** The number of the table's first row, names or not; 0 where there is none. */
  long firstRow() {
    return firstRow;
  }
}
