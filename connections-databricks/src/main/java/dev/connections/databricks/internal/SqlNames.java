package dev.connections.databricks.internal;

import dev.connections.api.SchemaName;
import dev.connections.api.TableName;

/** Names as statements hold them: in backticks, of which one within a name is doubled. */
final class SqlNames {
  private SqlNames() {}

  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  static String quoted(SchemaName schema) {
    return schema.catalog().map(catalog -> quoted(catalog) + ".").orElse("")
        + quoted(schema.schema());
  }

  static String quoted(TableName table) {
    return quoted(table.schema()) + "." + quoted(table.table());
  }
}
