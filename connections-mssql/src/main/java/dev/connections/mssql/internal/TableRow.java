package dev.connections.mssql.internal;

import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableName;
import dev.connections.jdbc.ListedTable;
import dev.connections.mssql.MssqlTable.Trait;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A table as it is listed, with its id in the catalog. */
record TableRow(
    long id,
    TableInfo info,
    boolean view,
    OptionalLong size,
    Set<Trait> traits,
    Optional<TableName> history)
    implements ListedTable {
  /** A page of the database, in bytes; it never differs. */
  private static final long PAGE = 8_192;

  static TableRow read(ResultSet row) throws SQLException {
    boolean view = row.getString(4).strip().equals("V");
    long counted = row.getLong(6);
    boolean stored = !row.wasNull();
    TableInfo info =
        TableInfo.of(
            SchemaName.of(row.getString(2)).table(row.getString(3)),
            kind(view, stored, row.getBoolean(15)));
    Optional<String> description = Optional.ofNullable(row.getString(5));
    if (description.isPresent()) {
      info = info.withDescription(description.get());
    }
    // A view without an index of its own has no rows, and those in memory aren't counted here.
    if (stored && !row.getBoolean(13)) {
      info = info.withRowCount(counted);
    }
    long pages = row.getLong(7);
    OptionalLong size = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(pages * PAGE);
    return new TableRow(row.getLong(1), info, view, size, traits(row), history(row));
  }

  private static TableKind kind(boolean view, boolean stored, boolean external) {
    if (view) {
      return stored ? TableKind.MATERIALIZED_VIEW : TableKind.VIEW;
    }
    return external ? TableKind.FOREIGN_TABLE : TableKind.TABLE;
  }

  private static Optional<TableName> history(ResultSet row) throws SQLException {
    String schema = row.getString(9);
    String table = row.getString(10);
    return schema == null || table == null
        ? Optional.empty()
        : Optional.of(SchemaName.of(schema).table(table));
  }

  private static Set<Trait> traits(ResultSet row) throws SQLException {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    switch (row.getInt(8)) {
      case 1 -> traits.add(Trait.HISTORY);
      case 2 -> traits.add(Trait.TEMPORAL);
      default -> {}
    }
    add(traits, row.getBoolean(11), Trait.CHANGE_DATA_CAPTURE);
    add(traits, row.getBoolean(12), Trait.CHANGE_TRACKING);
    add(traits, row.getBoolean(13), Trait.MEMORY_OPTIMIZED);
    add(traits, "SCHEMA_ONLY".equals(row.getString(14)), Trait.SCHEMA_ONLY);
    add(traits, row.getBoolean(16), Trait.GRAPH_NODE);
    add(traits, row.getBoolean(17), Trait.GRAPH_EDGE);
    switch (row.getInt(18)) {
      case 1 -> traits.add(Trait.LEDGER_HISTORY);
      case 2 -> traits.add(Trait.LEDGER_UPDATABLE);
      case 3 -> traits.add(Trait.LEDGER_APPEND_ONLY);
      default -> {}
    }
    add(traits, row.getBoolean(19), Trait.FILE_TABLE);
    return traits;
  }

  private static void add(Set<Trait> traits, boolean has, Trait trait) {
    if (has) {
      traits.add(trait);
    }
  }
}
