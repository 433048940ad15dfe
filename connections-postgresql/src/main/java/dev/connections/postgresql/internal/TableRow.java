package dev.connections.postgresql.internal;

import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.jdbc.ListedTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** A table as it is listed, with its id in the catalog. */
record TableRow(
    long id,
    TableInfo info,
    boolean partitioned,
    OptionalLong size,
    String owner,
    String persistence,
    boolean rowSecurity,
    boolean schemaUsable,
    boolean readable)
    implements ListedTable {

  @Override
  public boolean visible() {
    return schemaUsable && readable;
  }

  static TableRow read(ResultSet row) throws SQLException {
    String kind = row.getString(4);
    TableInfo info =
        TableInfo.of(
            SchemaName.of(row.getString(2)).table(row.getString(3)),
            switch (kind) {
              case "v" -> TableKind.VIEW;
              case "m" -> TableKind.MATERIALIZED_VIEW;
              case "f" -> TableKind.FOREIGN_TABLE;
              default -> TableKind.TABLE;
            });
    Optional<String> description = Optional.ofNullable(row.getString(5));
    if (description.isPresent()) {
      info = info.withDescription(description.get());
    }
    long rows = row.getLong(6);
    // Less than zero: never counted. A view's number says nothing.
    if (rows >= 0 && !kind.equals("v")) {
      info = info.withRowCount(rows);
    }
    long size = row.getLong(7);
    return new TableRow(
        row.getLong(1),
        info,
        kind.equals("p"),
        row.wasNull() ? OptionalLong.empty() : OptionalLong.of(size),
        row.getString(8),
        row.getString(9),
        row.getBoolean(10),
        row.getBoolean(11),
        row.getBoolean(12));
  }
}
