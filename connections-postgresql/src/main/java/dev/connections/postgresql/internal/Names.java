package dev.connections.postgresql.internal;

import dev.connections.api.TableName;

/** Names within SQL. */
final class Names {
  private Names() {}

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String quoted(TableName table) {
    return quoted(table.schema().schema()) + "." + quoted(table.table());
  }
}
