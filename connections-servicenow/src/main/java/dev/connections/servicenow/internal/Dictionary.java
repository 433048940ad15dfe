package dev.connections.servicenow.internal;

import dev.connections.servicenow.ServiceNowColumn.Choice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What was read of the columns of some tables, or of all. Not changed once it is read. */
final class Dictionary {
  private static final Comparator<OtherRow> SEQUENCE =
      Comparator.comparingLong((OtherRow row) -> sequence(row)).thenComparing(OtherRow::id);

  private final Map<String, Map<String, DictionaryRow>> columns = new HashMap<>();
  private final Map<String, OtherRow> overrides = new HashMap<>();
  private final Map<String, List<OtherRow>> choices = new HashMap<>();
  private final Map<String, OtherRow> documentation = new HashMap<>();
  private final FieldTypes types;
  private final boolean hidden;

  /**
   * @param hidden whether rows of the dictionary are hidden from the user
   */
  Dictionary(FieldTypes types, boolean hidden) {
    this.types = types;
    this.hidden = hidden;
  }

  /** {@return whether a column that isn't there may be hidden} */
  boolean hidesColumns() {
    return hidden;
  }

  FieldTypes types() {
    return types;
  }

  /** The same column may stand there twice; the newer one counts. */
  void addColumns(Collection<DictionaryRow> rows) {
    for (DictionaryRow row : rows) {
      columns
          .computeIfAbsent(row.table(), none -> new HashMap<>())
          .merge(
              row.element(),
              row,
              (one, other) -> one.updated().compareTo(other.updated()) >= 0 ? one : other);
    }
  }

  void addOverrides(Collection<OtherRow> rows) {
    rows.forEach(row -> overrides.put(key(row), row));
  }

  void addChoices(Collection<OtherRow> rows) {
    rows.forEach(row -> choices.computeIfAbsent(key(row), none -> new ArrayList<>()).add(row));
    choices.values().forEach(list -> list.sort(SEQUENCE));
  }

  void addDocumentation(Collection<OtherRow> rows) {
    rows.forEach(row -> documentation.put(key(row), row));
  }

  private static String key(OtherRow row) {
    return key(row.text("name"), row.text("element"));
  }

  private static String key(String table, String element) {
    return table + " " + element;
  }

  private static long sequence(OtherRow row) {
    OptionalLong sequence = row.cells().number("sequence");
    return sequence.orElse(Long.MAX_VALUE);
  }

  Collection<DictionaryRow> columnsOf(String table) {
    return columns.getOrDefault(table, Map.of()).values();
  }

  Optional<OtherRow> override(String table, String element) {
    return Optional.ofNullable(overrides.get(key(table, element)));
  }

  /** {@return the texts of an element, or of the table itself for an empty one} */
  Optional<OtherRow> documentation(String table, String element) {
    return Optional.ofNullable(documentation.get(key(table, element)));
  }

  /** {@return the choices of the nearest table that has some} */
  List<Choice> choices(List<String> line, String element) {
    for (String table : line) {
      List<OtherRow> found = choices.getOrDefault(key(table, element), List.of());
      if (!found.isEmpty()) {
        return found.stream()
            .map(row -> new Choice(row.text("value"), row.text("label")))
            .distinct()
            .toList();
      }
    }
    return List.of();
  }
}
