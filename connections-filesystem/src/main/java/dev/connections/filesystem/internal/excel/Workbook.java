package dev.connections.filesystem.internal.excel;

import dev.connections.api.Operation;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.xml.XmlCursor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sheets of a workbook, and where its parts are. Used by one thread. */
public final class Workbook {
  private static final String USUAL = "xl/workbook.xml";
  private static final int MOST_SHEETS = 1_000;
  private static final int LONGEST_NAME = 255;

  /** A sheet has a few of them; a small file can unfold to hundreds of thousands. */
  private static final int MOST_RELATIONS = 10_000;

  private final ZipParts parts;
  private final FileContent content;
  private final ReadLimits limits;
  private final Operation operation;
  private final List<Sheet> sheets = new ArrayList<>();
  private int hidden;
  private boolean from1904;
  private Optional<String> strings = Optional.empty();
  private Optional<String> styles = Optional.empty();

  /**
   * A sheet that a user sees.
   *
   * @param name as it stands on its tab
   * @param part where its cells are
   */
  record Sheet(String name, String part) {}

  private Workbook(ZipParts parts, FileContent content, ReadLimits limits, Operation operation) {
    this.parts = parts;
    this.content = content;
    this.limits = limits;
    this.operation = operation;
  }

  /**
   * {@return the workbook that a file is}
   *
   * @param content the file
   * @param limits on what is read
   * @param operation asked at checkpoints whether to go on
   * @throws IOException if the file can't be read
   */
  public static Workbook open(FileContent content, ReadLimits limits, Operation operation)
      throws IOException {
    Workbook workbook = new Workbook(ZipParts.of(content, limits), content, limits, operation);
    workbook.read();
    return workbook;
  }

  /** {@return the names of the sheets that a user sees, in their order} */
  public List<String> names() {
    return sheets.stream().map(Sheet::name).toList();
  }

  /** {@return how many sheets are hidden} */
  public int hidden() {
    return hidden;
  }

  /** The sheet of a name; the first one where no name is given. */
  Optional<Sheet> sheet(Optional<String> name) {
    return sheets.stream().filter(sheet -> name.map(sheet.name()::equals).orElse(true)).findFirst();
  }

  /** Whether days are counted from 1904, as on a Macintosh, instead of 1900. */
  boolean from1904() {
    return from1904;
  }

  Optional<String> strings() {
    return strings;
  }

  Optional<String> styles() {
    return styles;
  }

  /** A walk over a part. */
  XmlCursor open(String part) throws IOException {
    InputStream bytes =
        parts
            .open(part)
            .orElseThrow(
                () ->
                    ExcelFailures.malformed(
                        content.path(), "its part '" + FileFailures.shown(part) + "' is missing"));
    String shown = content.path() + "!/" + FileFailures.shown(part);
    return XmlCursor.open(shown, bytes, limits, operation);
  }

  private void read() throws IOException {
    String main =
        relations("").values().stream()
            .filter(relation -> relation.is("officeDocument"))
            .map(Relation::part)
            .findFirst()
            .orElse(USUAL);
    Map<String, Relation> relations = relations(main);
    for (Relation relation : relations.values()) {
      strings = relation.is("sharedStrings") ? Optional.of(relation.part) : strings;
      styles = relation.is("styles") ? Optional.of(relation.part) : styles;
    }
    try (XmlCursor cursor = open(main)) {
      while (cursor.next()) {
        if (!cursor.atStart()) {
          continue;
        }
        switch (cursor.localName()) {
          case "workbookPr" ->
              from1904 = cursor.attribute("date1904").map(Workbook::yes).orElse(false);
          case "sheet" -> sheet(cursor, relations);
          default -> {}
        }
      }
    }
    check();
  }

  static boolean yes(String value) {
    return value.equals("1") || value.equals("true");
  }

  private void sheet(XmlCursor cursor, Map<String, Relation> relations) {
    Relation relation = cursor.attribute("id").map(relations::get).orElse(Relation.NONE);
    if (!relation.is("worksheet")) {
      return; // a chart, or a macro of the 1990s
    }
    if (!cursor.attribute("state").orElse("visible").equals("visible")) {
      hidden++;
      return;
    }
    sheets.add(new Sheet(cursor.attribute("name").orElse(""), relation.part));
    if (sheets.size() > MOST_SHEETS) {
      throw FileFailures.tooLarge(
          content.path(), "The number of sheets", String.valueOf(MOST_SHEETS));
    }
  }

  /** Sheets are told apart by their names, and these come from strangers. */
  private void check() {
    Set<String> seen = new HashSet<>();
    for (Sheet sheet : sheets) {
      boolean odd =
          sheet.name.isBlank()
              || sheet.name.length() > LONGEST_NAME
              || sheet.name.indexOf('/') >= 0
              || sheet.name.codePoints().anyMatch(Character::isISOControl);
      if (odd || !seen.add(sheet.name)) {
        throw ExcelFailures.malformed(
            content.path(), odd ? "a sheet's name is none" : "two of its sheets have one name");
      }
    }
  }

  /** What a part refers to. */
  private record Relation(String type, String part) {
    static final Relation NONE = new Relation("", "");

    boolean is(String last) {
      return type.endsWith("/" + last);
    }
  }

  /** What a part refers to, by the names it has for that; the package itself is the empty name. */
  private Map<String, Relation> relations(String part) throws IOException {
    int name = part.lastIndexOf('/') + 1;
    String file = part.substring(0, name) + "_rels/" + part.substring(name) + ".rels";
    Map<String, Relation> relations = new HashMap<>();
    if (!parts.has(file)) {
      return relations;
    }
    try (XmlCursor cursor = open(file)) {
      while (cursor.next()) {
        if (cursor.atStart() && cursor.localName().equals("Relationship")) {
          boolean elsewhere = cursor.attribute("TargetMode").orElse("").equals("External");
          String target = cursor.attribute("Target").orElse("");
          if (relations.size() >= MOST_RELATIONS) {
            throw FileFailures.tooLarge(
                content.path(), "The number of relations", String.valueOf(MOST_RELATIONS));
          }
          if (!elsewhere) {
            relations.putIfAbsent(
                cursor.attribute("Id").orElse(""),
                new Relation(
                    cursor.attribute("Type").orElse(""),
                    resolved(part.substring(0, name), target)));
          }
        }
      }
    }
    return relations;
  }

  /** A target's path in the package; one that leads out of it is merely none of its parts. */
  private static String resolved(String directory, String target) {
    Deque<String> names = new ArrayDeque<>();
    for (String name : (target.startsWith("/") ? target : directory + target).split("/", -1)) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return String.join("/", names);
  }
}
