package dev.connections.filesystem.internal.text;

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
    int differing = 0;
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
        boolean fits = column.seen(kind) || (kind.number() && numeric(column));
        fitting += fits ? 1 : 0;
        differing += fits ? 0 : 1;
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
          ? new HeaderFinder(true, fitting == 0 ? SURE : LIKELY)
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
