package dev.connections.simulators.internal.databricks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The relations of {@code information_schema} that tell of keys and references. */
final class KeyRelations {
  static final List<String> CONSTRAINTS =
      List.of(
          "constraint_catalog",
          "constraint_schema",
          "constraint_name",
          "table_catalog",
          "table_schema",
          "table_name",
          "constraint_type",
          "enforced");
  static final List<String> KEY_COLUMNS =
      List.of(
          "constraint_catalog",
          "constraint_schema",
          "constraint_name",
          "table_catalog",
          "table_schema",
          "table_name",
          "column_name",
          "ordinal_position",
          "position_in_unique_constraint");
  static final List<String> REFERENCES =
      List.of(
          "constraint_catalog",
          "constraint_schema",
          "constraint_name",
          "unique_constraint_catalog",
          "unique_constraint_schema",
          "unique_constraint_name",
          "match_option",
          "update_rule",
          "delete_rule");

  private final Lakehouse lakehouse;

  KeyRelations(Lakehouse lakehouse) {
    this.lakehouse = lakehouse;
  }

  private static List<Map<String, Object>> constraints(Map<String, Object> table, String kind) {
    return JsonTree.objects(table, "table_constraints").stream()
        .map(constraint -> JsonTree.object(constraint, kind))
        .filter(key -> !key.isEmpty())
        .toList();
  }

  private static List<@Nullable String> named(
      Map<String, Object> table, Map<String, Object> key, List<@Nullable String> rest) {
    List<@Nullable String> row = new ArrayList<>();
    row.add(InformationSchema.text(table, "catalog_name"));
    row.add(InformationSchema.text(table, "schema_name"));
    row.add(InformationSchema.text(key, "name"));
    row.addAll(rest);
    return row;
  }

  static void keys(Map<String, Object> table, List<List<@Nullable String>> rows) {
    for (Map<String, Object> key : constraints(table, "primary_key_constraint")) {
      rows.add(named(table, key, InformationSchema.row(table, "PRIMARY KEY", "NO")));
    }
    for (Map<String, Object> key : constraints(table, "foreign_key_constraint")) {
      rows.add(named(table, key, InformationSchema.row(table, "FOREIGN KEY", "NO")));
    }
  }

  static void keyColumns(Map<String, Object> table, List<List<@Nullable String>> rows) {
    for (Map<String, Object> key : constraints(table, "primary_key_constraint")) {
      int position = 1;
      for (String column : JsonTree.texts(key, "child_columns")) {
        rows.add(
            named(
                table,
                key,
                InformationSchema.row(table, column, Integer.toString(position++), null)));
      }
    }
    for (Map<String, Object> key : constraints(table, "foreign_key_constraint")) {
      int position = 1;
      for (String column : JsonTree.texts(key, "child_columns")) {
        String number = Integer.toString(position++);
        rows.add(named(table, key, InformationSchema.row(table, column, number, number)));
      }
    }
  }

  void references(Map<String, Object> table, List<List<@Nullable String>> rows) {
    for (Map<String, Object> key : constraints(table, "foreign_key_constraint")) {
      String[] parent = JsonTree.text(key, "parent_table", "..").split("\\.", -1);
      String primary =
          lakehouse
              .find("tables", parent[0] + "." + parent[1], parent[2])
              .map(JsonTree::parse)
              .map(found -> constraints(found, "primary_key_constraint"))
              .filter(found -> !found.isEmpty())
              .map(found -> InformationSchema.text(found.get(0), "name"))
              .orElse("unknown_pk");
      List<@Nullable String> rest = new ArrayList<>();
      rest.add(parent[0]);
      rest.add(parent[1]);
      rest.add(primary);
      rest.addAll(List.of("NONE", "NO ACTION", "NO ACTION"));
      rows.add(named(table, key, rest));
    }
  }
}
