package dev.connections.servicenow.internal;

import java.util.List;

/**
 * What to read of a table.
 *
 * @param table its name; letters, digits, {@code _}, {@code $} and {@code -} only
 * @param condition an encoded query without an order; may be empty
 * @param fields which columns
 */
record RecordQuery(String table, String condition, List<String> fields) {
  RecordQuery where(String other) {
    return new RecordQuery(table, condition.isEmpty() ? other : condition + "^" + other, fields);
  }

  String orderedBy(String order) {
    return condition.isEmpty() ? order : condition + "^" + order;
  }

  /** Names go into queries and paths, where other signs would mean something else. */
  static boolean isName(String text) {
    return text.matches("[A-Za-z0-9_$-]{1,80}");
  }
}
