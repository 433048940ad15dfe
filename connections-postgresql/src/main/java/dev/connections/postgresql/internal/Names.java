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

  /**
   * Whether a table of the name can exist: PostgreSQL has no catalogs here, and no NUL in names.
   */
  static boolean possible(TableName table) {
    return possible(table.schema().schema())
        && possible(table.table())
        && table.schema().catalog().isEmpty();
  }

  static boolean possible(String name) {
    return name.indexOf('\0') < 0;
  }
}
