package dev.connections.core.internal.importing;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.ForeignKey;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TypeKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Tables for tests. */
final class Tables {
  private Tables() {}

  static TableName name(String schema, String table) {
    return SchemaName.of(schema).table(table);
  }

  static TableInfo table(String schema, String table) {
    return TableInfo.of(name(schema, table), TableKind.TABLE);
  }

  static TableInfo view(String schema, String table) {
    return TableInfo.of(name(schema, table), TableKind.VIEW);
  }

  static TableMetadata read(TableInfo table, int columns) {
    return builder(table, columns).build();
  }

  static TableMetadata referring(TableInfo table, TableName... targets) {
    List<ForeignKey> keys = new ArrayList<>();
    for (TableName target : targets) {
      keys.add(ForeignKey.of("fk" + keys.size(), List.of("c0"), target, List.of("c0")));
    }
    return builder(table, 1).foreignKeys(keys).build();
  }

  static TableMetadata.Builder builder(TableInfo table, int columns) {
    List<Column> all = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      all.add(Column.of("c" + i, DataType.of(TypeKind.INTEGER, "int"), true));
    }
    return TableMetadata.builder(table, EnumSet.allOf(Section.class)).columns(all);
  }
}
