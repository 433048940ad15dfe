package dev.connections.simulators.internal.databricks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Statements that create schemas and tables, and keys and tags on them. They are read word by word,
 * so that one that Databricks couldn't read fails here too, and what they create can be read back.
 */
final class Ddl {
  private final Lakehouse lakehouse;
  private final InformationSchema schema;

  Ddl(Lakehouse lakehouse, InformationSchema schema) {
    this.lakehouse = lakehouse;
    this.schema = schema;
  }

  /** Runs what follows; false if it is no statement of this kind. */
  boolean run(SqlTokens tokens) {
    if (tokens.accept("CREATE", "SCHEMA", "IF", "NOT", "EXISTS")) {
      createSchema(tokens);
    } else if (tokens.accept("CREATE", "TABLE", "IF", "NOT", "EXISTS")) {
      createTable(tokens);
    } else if (tokens.accept("ALTER", "TABLE")) {
      alterTable(tokens);
    } else {
      return false;
    }
    tokens.expectEnd();
    return true;
  }

  private static List<String> path(SqlTokens tokens, int parts) {
    List<String> path = tokens.path().stream().map(part -> part.toLowerCase(Locale.ROOT)).toList();
    if (path.size() != parts) {
      throw StatementRefused.syntax(String.join(".", path));
    }
    return path;
  }

  private void createSchema(SqlTokens tokens) {
    List<String> path = path(tokens, 2);
    require("catalogs", "", path.get(0));
    lakehouse.schema(path.get(0), path.get(1));
  }

  private void require(String kind, String parent, String name) {
    if (!lakehouse.has(kind, parent, name)) {
      throw new StatementRefused(
          "SCHEMA_NOT_FOUND", "42704", "'" + parent + "." + name + "' cannot be found.");
    }
  }

  private void createTable(SqlTokens tokens) {
    List<String> path = path(tokens, 3);
    require("schemas", path.get(0), path.get(1));
    Map<String, Object> table = new LinkedHashMap<>();
    table.put("name", path.get(2));
    table.put("catalog_name", path.get(0));
    table.put("schema_name", path.get(1));
    table.put("table_type", "MANAGED");
    List<Object> constraints = new ArrayList<>();
    table.put("columns", tokens.accept("(") ? columns(tokens, constraints) : List.of());
    while (!tokens.ended()) {
      if (tokens.accept("USING")) {
        table.put("data_source_format", tokens.name().toUpperCase(Locale.ROOT));
      } else if (tokens.accept("COMMENT")) {
        table.put("comment", tokens.text());
      } else if (tokens.accept("LOCATION")) {
        table.put("storage_location", tokens.text());
        table.put("table_type", "EXTERNAL");
      } else {
        tokens.expect("TBLPROPERTIES");
        table.put("properties", pairs(tokens));
      }
    }
    table.put("table_constraints", constraints);
    if (!lakehouse.has("tables", path.get(0) + "." + path.get(1), path.get(2))) {
      store(path, table);
    }
  }

  private void store(List<String> path, Map<String, Object> table) {
    String json = JsonTree.write(table);
    lakehouse.object("tables", path.get(0), path.get(1), path.get(2), () -> json);
  }

  private static List<Object> columns(SqlTokens tokens, List<Object> constraints) {
    List<Object> columns = new ArrayList<>();
    do {
      if (tokens.accept("CONSTRAINT")) {
        String name = tokens.name();
        tokens.expect("PRIMARY", "KEY");
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("name", name);
        key.put("child_columns", names(tokens));
        constraints.add(Map.of("primary_key_constraint", key));
      } else {
        columns.add(column(tokens, columns.size()));
      }
    } while (tokens.accept(","));
    tokens.expect(")");
    return columns;
  }

  private static Map<String, Object> column(SqlTokens tokens, int position) {
    Map<String, Object> column = new LinkedHashMap<>();
    column.put("name", tokens.name());
    column.put("type_text", tokens.type());
    column.put("position", Integer.toString(position));
    column.put("nullable", tokens.accept("NOT", "NULL") ? "false" : "true");
    if (tokens.accept("COMMENT")) {
      column.put("comment", tokens.text());
    }
    return column;
  }

  private static List<String> names(SqlTokens tokens) {
    tokens.expect("(");
    List<String> names = new ArrayList<>();
    do {
      names.add(tokens.name());
    } while (tokens.accept(","));
    tokens.expect(")");
    return names;
  }

  private static Map<String, Object> pairs(SqlTokens tokens) {
    tokens.expect("(");
    Map<String, Object> pairs = new LinkedHashMap<>();
    do {
      String name = tokens.text();
      tokens.expect("=");
      pairs.put(name, tokens.text());
    } while (tokens.accept(","));
    tokens.expect(")");
    return pairs;
  }

  private void alterTable(SqlTokens tokens) {
    List<String> path = path(tokens, 3);
    Map<String, Object> table =
        lakehouse
            .find("tables", path.get(0) + "." + path.get(1), path.get(2))
            .map(JsonTree::parse)
            .orElseThrow(() -> StatementRefused.noRelation(String.join(".", path)));
    List<Object> constraints = new ArrayList<>(JsonTree.objects(table, "table_constraints"));
    if (tokens.accept("DROP", "CONSTRAINT", "IF", "EXISTS")) {
      String name = tokens.name();
      constraints.removeIf(constraint -> constraint.toString().contains("{name=" + name + ","));
    } else if (tokens.accept("ADD", "CONSTRAINT")) {
      constraints.add(Map.of("foreign_key_constraint", foreignKey(tokens)));
    } else if (tokens.accept("ALTER", "COLUMN")) {
      String column = tokens.name();
      if (JsonTree.objects(table, "columns").stream()
          .noneMatch(known -> JsonTree.text(known, "name", "").equals(column))) {
        throw new StatementRefused(
            "UNRESOLVED_COLUMN", "42703", "A column `" + column + "` cannot be resolved.");
      }
      tokens.expect("SET", "TAGS");
      List<String> place = new ArrayList<>(path);
      place.add(column);
      schema.tag(place, pairs(tokens));
    } else {
      tokens.expect("SET", "TAGS");
      schema.tag(path, pairs(tokens));
    }
    table.remove("table_constraints");
    table.put("table_constraints", constraints);
    store(path, table);
  }

  private Map<String, Object> foreignKey(SqlTokens tokens) {
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("name", tokens.name());
    tokens.expect("FOREIGN", "KEY");
    key.put("child_columns", names(tokens));
    tokens.expect("REFERENCES");
    List<String> parent = path(tokens, 3);
    if (!lakehouse.has("tables", parent.get(0) + "." + parent.get(1), parent.get(2))) {
      throw StatementRefused.noRelation(String.join(".", parent));
    }
    key.put("parent_table", String.join(".", parent));
    key.put("parent_columns", names(tokens));
    return key;
  }
}
