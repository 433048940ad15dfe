package dev.connections.simulators.internal.databricks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code information_schema} of each catalog, made of what the metastore holds, and further
 * relations that a test adds: tags, and the system tables of lineage.
 */
final class InformationSchema {
  private static final List<String> TABLES =
      List.of(
          "table_catalog",
          "table_schema",
          "table_name",
          "table_type",
          "table_owner",
          "comment",
          "data_source_format",
          "storage_path",
          "last_altered");
  private static final List<String> COLUMNS =
      List.of(
          "table_catalog",
          "table_schema",
          "table_name",
          "column_name",
          "ordinal_position",
          "column_default",
          "is_nullable",
          "full_data_type",
          "data_type",
          "partition_index",
          "comment");
  // As workspaces name these columns; the reference names them otherwise.
  private static final List<String> FILTERS =
      List.of("table_catalog", "table_schema", "table_name", "filter_name", "target_columns");
  private static final List<String> MASKS =
      List.of(
          "table_catalog",
          "table_schema",
          "table_name",
          "column_name",
          "mask_name",
          "using_columns");
  private static final List<String> VIEWS =
      List.of("table_catalog", "table_schema", "table_name", "view_definition");
  private static final Set<String> TAGS =
      Set.of("catalog_tags", "schema_tags", "table_tags", "column_tags");

  private final Lakehouse lakehouse;
  private final CatalogApi rights;
  private final KeyRelations keys;
  private final Map<String, Rows> added = new ConcurrentHashMap<>();

  InformationSchema(Lakehouse lakehouse, CatalogApi rights) {
    this.lakehouse = lakehouse;
    this.rights = rights;
    this.keys = new KeyRelations(lakehouse);
  }

  void add(String fullName, Rows rows) {
    List<String> columns =
        rows.columns().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    added.put(fullName.toLowerCase(Locale.ROOT), new Rows(columns, rows.rows()));
  }

  /** Sets tags of a table, or of a column, whose name is the last part then. */
  synchronized void tag(List<String> path, Map<String, Object> tags) {
    String relation = path.size() == 3 ? "table_tags" : "column_tags";
    String name = path.get(0) + ".information_schema." + relation;
    List<List<@Nullable String>> rows = new ArrayList<>();
    Rows present = added.get(name);
    if (present != null) {
      rows.addAll(present.rows());
    }
    // A tag that is there gets another value.
    rows.removeIf(
        row ->
            row.subList(0, path.size()).equals(path)
                && tags.containsKey(String.valueOf(row.get(path.size()))));
    tags.forEach(
        (tag, value) -> {
          List<@Nullable String> row = new ArrayList<>(path);
          row.add(tag);
          row.add((String) value);
          rows.add(row);
        });
    add(name, new Rows(tagColumns(relation), rows));
  }

  Rows answer(Select query) {
    String name = String.join(".", query.from());
    Rows other = added.get(name);
    if (other != null) {
      return query.of(other);
    }
    boolean known =
        query.from().size() == 3
            && query.from().get(1).equals("information_schema")
            && lakehouse.has("catalogs", "", query.from().get(0));
    if (!known) {
      throw StatementRefused.noRelation(name);
    }
    String catalog = query.from().get(0);
    if (rights.isClosed(catalog)) {
      throw new StatementRefused(
          "INSUFFICIENT_PERMISSIONS", "42501", "User does not have USE CATALOG.");
    }
    List<String> asked = new ArrayList<>(query.equalTo("table_schema"));
    Set<String> schemas = new TreeSet<>(lakehouse.within("schemas", catalog).keySet());
    schemas.removeIf(schema -> rights.isClosed(catalog + "." + schema));
    if (!asked.isEmpty()) {
      schemas.retainAll(asked);
    }
    return query.of(relation(query, catalog, schemas));
  }

  private Rows relation(Select query, String catalog, Set<String> schemas) {
    String name = query.from().get(2);
    return switch (name) {
      case "tables" -> rows(TABLES, query, catalog, schemas, InformationSchema::table);
      case "columns" -> rows(COLUMNS, query, catalog, schemas, InformationSchema::columns);
      case "row_filters" -> rows(FILTERS, query, catalog, schemas, InformationSchema::filter);
      case "column_masks" -> rows(MASKS, query, catalog, schemas, InformationSchema::masks);
      case "views" -> rows(VIEWS, query, catalog, schemas, InformationSchema::view);
      case "table_constraints" ->
          rows(KeyRelations.CONSTRAINTS, query, catalog, schemas, KeyRelations::keys);
      case "key_column_usage" ->
          rows(KeyRelations.KEY_COLUMNS, query, catalog, schemas, KeyRelations::keyColumns);
      case "referential_constraints" ->
          rows(KeyRelations.REFERENCES, query, catalog, schemas, keys::references);
      default -> {
        if (TAGS.contains(name)) {
          yield new Rows(tagColumns(name), List.of());
        }
        throw StatementRefused.noRelation(catalog + ".information_schema." + name);
      }
    };
  }

  private static List<String> tagColumns(String name) {
    List<String> columns = new ArrayList<>(List.of("catalog_name"));
    columns.addAll(name.equals("catalog_tags") ? List.of() : List.of("schema_name"));
    columns.addAll(name.equals("table_tags") ? List.of("table_name") : List.of());
    columns.addAll(name.equals("column_tags") ? List.of("table_name", "column_name") : List.of());
    columns.addAll(List.of("tag_name", "tag_value"));
    return columns;
  }

  /** A table's JSON, and where its rows go. */
  private interface Reader extends BiConsumer<Map<String, Object>, List<List<@Nullable String>>> {}

  /** Only tables that the conditions leave room for are read: there may be very many. */
  private Rows rows(
      List<String> columns, Select query, String catalog, Set<String> schemas, Reader reader) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (String schema : schemas) {
      for (Map.Entry<String, Supplier<String>> entry :
          lakehouse.within("tables", catalog + "." + schema).entrySet()) {
        if (!query.admits("table_name", entry.getKey())) {
          continue;
        }
        Map<String, Object> table = JsonTree.parse(entry.getValue().get());
        table.put("catalog_name", catalog);
        table.put("schema_name", schema);
        reader.accept(table, rows);
      }
    }
    return new Rows(columns, rows);
  }

  static List<@Nullable String> row(Map<String, Object> table, @Nullable String... more) {
    List<@Nullable String> row = new ArrayList<>(4 + more.length);
    row.add(text(table, "catalog_name"));
    row.add(text(table, "schema_name"));
    row.add(text(table, "name"));
    for (String value : more) {
      row.add(value);
    }
    return row;
  }

  static @Nullable String text(Map<String, Object> object, String name) {
    return object.get(name) instanceof String text ? text : null;
  }

  private static void table(Map<String, Object> table, List<List<@Nullable String>> rows) {
    rows.add(
        row(
            table,
            text(table, "table_type"),
            text(table, "owner"),
            text(table, "comment"),
            text(table, "data_source_format"),
            text(table, "storage_location"),
            text(table, "updated_at")));
  }

  private static void columns(Map<String, Object> table, List<List<@Nullable String>> rows) {
    int position = 0;
    for (Map<String, Object> column : JsonTree.objects(table, "columns")) {
      rows.add(
          row(
              table,
              text(column, "name"),
              JsonTree.text(column, "position", Integer.toString(position++)),
              null,
              JsonTree.text(column, "nullable", "true").equals("false") ? "NO" : "YES",
              text(column, "type_text"),
              text(column, "type_name"),
              text(column, "partition_index"),
              text(column, "comment")));
    }
  }

  private static void filter(Map<String, Object> table, List<List<@Nullable String>> rows) {
    Map<String, Object> filter = JsonTree.object(table, "row_filter");
    if (!filter.isEmpty()) {
      String columns = String.join(", ", JsonTree.texts(filter, "input_column_names"));
      rows.add(row(table, text(filter, "function_name"), columns));
    }
  }

  private static void masks(Map<String, Object> table, List<List<@Nullable String>> rows) {
    for (Map<String, Object> column : JsonTree.objects(table, "columns")) {
      Map<String, Object> mask = JsonTree.object(column, "mask");
      if (!mask.isEmpty()) {
        String columns = String.join(", ", JsonTree.texts(mask, "using_column_names"));
        rows.add(
            row(
                table,
                text(column, "name"),
                text(mask, "function_name"),
                columns.isEmpty() ? null : columns));
      }
    }
  }

  private static void view(Map<String, Object> table, List<List<@Nullable String>> rows) {
    if (table.containsKey("view_definition")) {
      rows.add(row(table, text(table, "view_definition")));
    }
  }
}
