package dev.connections.filesystem.internal.text;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether the first record holds names.
 *
 * @param header whether it does
 * @param certainty from 0 to 1
 */
record HeaderFinder(boolean header, double certainty) {
  private static final double SURE = 1.0;
  private static final double LIKELY = 0.85;
  private static final double GUESS = 0.6;
  private static final int LONGEST_NAME = 128;

  /**
   * Decides by how the first record differs from those below.
   *
   * @param names its cells' texts
   * @param kinds what its cells can be read as
   * @param below what the cells below are, for each column
   * @param repeated for each column, whether the first record's text appears below again
   * @param rows how many records are below
   */
  static HeaderFinder decide(
      List<String> names,
      List<CellKind> kinds,
      ColumnEvidence[] below,
      boolean[] repeated,
      long rows) {
    if (rows == 0) {
      boolean allNames = kinds.stream().noneMatch(CellKind::typed) && plausible(names);
      return new HeaderFinder(allNames, GUESS);
    }
    boolean[] counted = counted(names, kinds, below);
    int differing = 0;
    int doubtful = 0;
    int fitting = 0;
    int even = 0;
    int uneven = 0;
    boolean again = false;
    for (int c = 0; c < Math.min(names.size(), below.length); c++) {
      ColumnEvidence column = below[c];
      CellKind kind = kinds.get(c);
      again |= repeated[c];
      if (column.values() == 0 || kind == CellKind.EMPTY) {
        continue;
      }
      if (column.texts() * 2 < column.values()) {
        // A name is text, and so is a placeholder among numbers; that one isn't there only once.
        boolean fits =
            kind == CellKind.TEXT
                ? repeated[c]
                : !counted[c] && (column.seen(kind) || (kind.number() && numeric(column)));
        fitting += fits ? 1 : 0;
        differing += fits ? 0 : 1;
        doubtful += !fits && (counted[c] || column.seen(kind)) ? 1 : 0;
      } else if (kind.typed()) {
        fitting++;
      } else if (column.evenBytes() > 0) {
        boolean same = names.get(c).length() == column.evenBytes();
        even += same ? 1 : 0;
        uneven += same ? 0 : 1;
      }
    }
    if (differing > 0 || fitting > 0) {
      return differing > 0 && differing >= fitting
          ? new HeaderFinder(true, fitting == 0 && doubtful < differing ? SURE : LIKELY)
          : new HeaderFinder(false, differing == 0 ? SURE : LIKELY);
    }
    if (again || !plausible(names)) {
      return new HeaderFinder(false, LIKELY);
    }
    if (uneven > even) {
      return new HeaderFinder(true, LIKELY);
    }
    return new HeaderFinder(even < 2, GUESS);
  }

  /**
   * For each column, whether its number is a name: years that follow each other above what are no
   * years, or the columns' own numbers behind a blank.
   */
  private static boolean[] counted(
      List<String> names, List<CellKind> kinds, ColumnEvidence[] below) {
    int width = Math.min(names.size(), below.length);
    boolean[] counted = new boolean[width];
    boolean positions = width > 2 && kinds.get(0) == CellKind.EMPTY;
    for (int c = 1; positions && c < width; c++) {
      positions = names.get(c).equals(Integer.toString(c - 1));
    }
    if (positions) {
      Arrays.fill(counted, 1, width, true);
      return counted;
    }
    for (int c = 1; c < width; c++) {
      int year = year(names.get(c), below[c]);
      int before = year(names.get(c - 1), below[c - 1]);
      if (year > 0 && before > 0 && Math.abs(year - before) == 1) {
        counted[c - 1] = true;
        counted[c] = true;
      }
    }
    return counted;
  }

  /** The year that a name is, if the cells below it aren't years too; else 0. */
  private static int year(String name, ColumnEvidence below) {
    boolean year = name.length() == 4 && (name.startsWith("19") || name.startsWith("20"));
    if (!year || below.onlyYears()) {
      return 0;
    }
    boolean digits = name.charAt(2) <= '9' && name.charAt(3) <= '9';
    return digits && name.charAt(2) >= '0' && name.charAt(3) >= '0' ? Integer.parseInt(name) : 0;
  }

  private static boolean numeric(ColumnEvidence column) {
    for (CellKind kind : CellKind.values()) {
      if (kind.number() && column.seen(kind)) {
        return true;
      }
    }
    return false;
  }

  /** Names differ from each other and begin like words. */
  private static boolean plausible(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isBlank()
          || name.length() > LONGEST_NAME
          || (!Character.isLetter(name.codePointAt(0)) && "_#$@".indexOf(name.charAt(0)) < 0)
          || name.contains("://")
          || name.indexOf('@') > 0
          || !seen.add(name)) {
        return false;
      }
    }
    return true;
  }
}
