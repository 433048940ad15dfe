package dev.connections.simulators.internal.servicenow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A field of a row, or of the row that a reference of it points to: {@code super_class.name}. */
final class FieldPath {
  private record Step(TableData table, int position, Column column) {}

  private final String text;
  private final List<Step> steps;

  private FieldPath(String text, List<Step> steps) {
    this.text = text;
    this.steps = steps;
  }

  /** The path, unless one of its parts is no column. */
  static Optional<FieldPath> resolve(String text, TableData table, Instance instance) {
    List<Step> steps = new ArrayList<>();
    Optional<TableData> at = Optional.of(table);
    for (String part : text.split("\\.", -1)) {
      if (at.isEmpty() || at.get().position(part).isEmpty()) {
        return Optional.empty();
      }
      int position = at.get().position(part).get();
      Column column = at.get().columns().get(position);
      steps.add(new Step(at.get(), position, column));
      at = column.target().flatMap(instance::table);
    }
    return Optional.of(new FieldPath(text, steps));
  }

  String text() {
    return text;
  }

  Column column() {
    return steps.get(steps.size() - 1).column();
  }

  /** The value; empty text where it is empty, or where a reference on the way points nowhere. */
  String value(String[] row) {
    String[] at = row;
    for (int i = 0; ; i++) {
      String value = at[steps.get(i).position()];
      if (i == steps.size() - 1) {
        return value;
      }
      Optional<String[]> next = steps.get(i + 1).table().find(steps.get(i).column().key(), value);
      if (next.isEmpty()) {
        return "";
      }
      at = next.get();
    }
  }
}
