package dev.connections.core.targets;

import dev.connections.core.internal.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names that Delta accepts for the columns of one table, or for the parts of one structure: none is
 * empty, none too long, no two are equal but for case.
 */
final class ColumnNames {
  private ColumnNames() {}

  /**
   * Names in the order of the columns. A name that needs no change is never taken away from its
   * column by one that does.
   */
  static List<String> of(List<String> sources, ColumnNaming naming) {
    List<String> wanted = new ArrayList<>(sources.size());
    Set<String> taken = new HashSet<>();
    boolean[] settled = new boolean[sources.size()];
    for (int i = 0; i < sources.size(); i++) {
      String name = accepted(sources.get(i), i, naming);
      wanted.add(name);
      settled[i] = name.equals(sources.get(i)) && taken.add(Databricks.folded(name));
    }
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      if (!settled[i]) {
        wanted.set(i, free(wanted.get(i), taken, numbers));
      }
    }
    return List.copyOf(wanted);
  }

  /** Whether a name is only possible with Delta's column mapping. */
  static boolean needsMapping(String name) {
    return name.chars().anyMatch(c -> Databricks.refusedInPlainColumn((char) c));
  }

  private static String accepted(String source, int position, ColumnNaming naming) {
    StringBuilder name = new StringBuilder(source.length());
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      boolean refused =
          naming == ColumnNaming.PLAIN
              ? Databricks.refusedInPlainColumn(c)
              : (Character.isISOControl(c) && c != '\n' && c != '\t')
                  || Databricks.opensParameter(source, i);
      name.append(refused || Json.loneSurrogate(source, i) ? '_' : c);
    }
    if (source.isBlank()) {
      return "_c" + position;
    }
    return shortened(name.toString(), Databricks.LONGEST_NAME);
  }

  /** Numbers are counted on for each name: thousands may differ in nothing but their case. */
  private static String free(String name, Set<String> taken, Map<String, Integer> numbers) {
    String folded = Databricks.folded(name);
    int number = numbers.getOrDefault(folded, 1);
    String candidate = name;
    while (!taken.add(Databricks.folded(candidate))) {
      number++;
      candidate = numbered(name, number);
    }
    numbers.put(folded, number);
    return candidate;
  }

  /** A name with a number behind it, and not longer than allowed. */
  static String numbered(String name, int number) {
    String suffix = "_" + number;
    return shortened(name, Databricks.LONGEST_NAME - suffix.length()) + suffix;
  }

  /** The beginning of a name, never half a character. */
  static String shortened(String name, int longest) {
    if (name.length() <= longest) {
      return name;
    }
    int end = Character.isHighSurrogate(name.charAt(longest - 1)) ? longest - 1 : longest;
    return name.substring(0, end);
  }
}
