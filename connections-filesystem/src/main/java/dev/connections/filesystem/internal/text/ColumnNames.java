package dev.connections.filesystem.internal.text;

import dev.connections.api.NoticeCode;
import dev.connections.filesystem.internal.Warning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives each column a name of its own: those of the file as they are, others where it has none. */
final class ColumnNames {
  private ColumnNames() {}

  /** The names of columns in a file without names. */
  static List<String> numbered(int count) {
    List<String> names = new ArrayList<>(count);
    for (int c = 0; c < count; c++) {
      names.add("column" + (c + 1));
    }
    return names;
  }

  /**
   * The header's texts. Where it has one fewer than each row, the rows begin with names of their
   * own, as R writes them, and reads them too.
   *
   * @param given the header's texts
   * @param count how many values each row has
   * @param warnings told that a name is missing
   */
  static List<String> behindRowNames(List<String> given, int count, List<Warning> warnings) {
    if (count < 3 || given.size() != count - 1) {
      return given;
    }
    warnings.add(
        Warning.of(
                NoticeCode.LOW_CONFIDENCE,
                "The header has one name fewer than the rows have values; the first column was"
                    + " taken for the one without a name.")
            .withRemedy("Write a name for each column."));
    List<String> shifted = new ArrayList<>(count);
    shifted.add("");
    shifted.addAll(given);
    return shifted;
  }

  /**
   * The names of a file's header, each once.
   *
   * @param given the header's texts
   * @param count how many columns there are
   * @param warnings told what had to be changed
   */
  static List<String> unique(List<String> given, int count, List<Warning> warnings) {
    Set<String> taken = new HashSet<>(given);
    Set<String> used = new HashSet<>();
    Map<String, Integer> repeats = new HashMap<>();
    List<String> names = new ArrayList<>(count);
    int blank = 0;
    int repeated = 0;
    for (int c = 0; c < count; c++) {
      String name = c < given.size() ? given.get(c) : "";
      if (name.isBlank()) {
        blank++;
        name = free("column" + (c + 1), taken, new HashMap<>());
      } else if (used.contains(name)) {
        repeated++;
        name = free(name + "_1", taken, repeats);
      }
      used.add(name);
      taken.add(name);
      names.add(name);
    }
    if (blank > 0) {
      warnings.add(
          Warning.of(
              NoticeCode.IRREGULAR,
              blank + (blank == 1 ? " column has" : " columns have") + " no name in the header."));
    }
    if (repeated > 0) {
      warnings.add(
          Warning.of(
              NoticeCode.IRREGULAR,
              repeated
                  + (repeated == 1 ? " column has" : " columns have")
                  + " the name of another one; a number was added."));
    }
    return names;
  }

  private static String free(String wanted, Set<String> taken, Map<String, Integer> repeats) {
    if (!taken.contains(wanted)) {
      return wanted;
    }
    String stem = wanted.endsWith("_1") ? wanted.substring(0, wanted.length() - 2) : wanted;
    int number = repeats.getOrDefault(stem, 1);
    while (taken.contains(stem + "_" + number)) {
      number++;
    }
    repeats.put(stem, number);
    return stem + "_" + number;
  }
}
