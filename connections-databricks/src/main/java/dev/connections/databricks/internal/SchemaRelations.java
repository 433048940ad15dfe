package dev.connections.databricks.internal;

import dev.connections.api.ChangeMarker;
import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableInfo;
import dev.connections.databricks.ColumnMask;
import dev.connections.databricks.DatabricksErrorCode;
import dev.connections.http.JsonRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code information_schema} says of a whole schema by a query each: its tables, the texts of
 * its views, filters and masks. Relations and their columns are those of the SQL reference, <a
 * href="https://docs.databricks.com/sql/language-manual/sql-ref-information-schema">information
 * schema</a>.
 *
 * @param tables those whose names can be names
 * @param nameless how many others there are
 * @param definitions the texts of views, by their names
 * @param filters the functions that filter rows, by the names of tables
 * @param masks the masks of columns, by the names of tables, then of columns
 * @param notices what couldn't be read
 */
record SchemaRelations(
    List<Listed> tables,
    int nameless,
    Map<String, String> definitions,
    Map<String, String> filters,
    Map<String, Map<String, ColumnMask>> masks,
    List<Notice> notices) {

  /** How many there are. */
  static final int QUERIES = 4;

  /** A table as the relation lists it. Whether storage is told differs between workspaces. */
  record Listed(
      TableInfo info,
      String type,
      Optional<String> format,
      Optional<String> storage,
      Optional<String> owner) {}

  /**
   * Reads them. Filters and masks may be missing, and a notice tells so.
   *
   * @throws ConnectionException if the tables, or the texts of views, can't be read
   */
  static SchemaRelations read(
      SchemaName schema,
      WarehouseStatements statements,
      ReadingSettings settings,
      Intake intake,
      Operation operation) {
    Reader reader = new Reader(schema, statements, operation);
    List<Runnable> queries = new ArrayList<>();
    queries.add(reader::tables);
    if (intake.wants(Section.DEFINITION)) {
      queries.add(reader::definitions);
    }
    if (intake.wants(Section.PROPERTIES)) {
      queries.add(() -> reader.optional("Row filters", reader::filters));
      queries.add(() -> reader.optional("Masks of columns", reader::masks));
    }
    settings.parallel().forEach(queries, settings.width(), operation, Runnable::run);
    return reader.all();
  }

  private static Optional<Listed> listed(
      SchemaName schema, StatementResult result, JsonRows.Row row) {
    Optional<String> name = result.text(row, "table_name").filter(UnityCatalog::isName);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    String type = result.text(row, "table_type").orElse("UNKNOWN");
    TableInfo info = TableInfo.of(schema.table(name.get()), TableReader.kind(type));
    Optional<String> comment = result.text(row, "comment").filter(text -> !text.isBlank());
    info = comment.map(info::withDescription).orElse(info);
    Optional<String> altered = result.text(row, "last_altered");
    return Optional.of(
        new Listed(
            altered.map(ChangeMarker::new).map(info::withChangeMarker).orElse(info),
            type,
            result.text(row, "data_source_format"),
            result.text(row, "storage_path").filter(text -> !text.isBlank()),
            result.text(row, "table_owner")));
  }

  /** Queries of one schema, several at once. */
  private static final class Reader {
    private final SchemaName schema;
    private final WarehouseStatements statements;
    private final Operation operation;
    private final List<Listed> tables = new CopyOnWriteArrayList<>();
    private final AtomicInteger nameless = new AtomicInteger();
    private final Map<String, String> definitions = new ConcurrentHashMap<>();
    private final Map<String, String> filters = new ConcurrentHashMap<>();
    private final Map<String, Map<String, ColumnMask>> masks = new ConcurrentHashMap<>();
    private final List<Notice> notices = new CopyOnWriteArrayList<>();

    Reader(SchemaName schema, WarehouseStatements statements, Operation operation) {
      this.schema = schema;
      this.statements = statements;
      this.operation = operation;
    }

    SchemaRelations all() {
      return new SchemaRelations(tables, nameless.get(), definitions, filters, masks, notices);
    }

    private StatementResult query(
        String what, String columns, String relation, String schemaColumn) {
      String text =
          "SELECT "
              + columns
              + " FROM "
              + SqlNames.quoted(schema.catalog().orElseThrow())
              + ".information_schema."
              + relation
              + " WHERE "
              + schemaColumn
              + " = :schema ORDER BY table_name";
      return statements.query(
          SqlStatement.of(what, text).with("schema", schema.schema()), operation);
    }

    void tables() {
      StatementResult result = query("table names", "*", "tables", "table_schema");
      List<Listed> listed = new ArrayList<>();
      for (JsonRows.Row row : result.rows()) {
        listed(schema, result, row).ifPresent(listed::add);
      }
      tables.addAll(listed);
      nameless.set(result.rows().size() - listed.size());
    }

    void definitions() {
      StatementResult result =
          query("views", "table_name, view_definition", "views", "table_schema");
      for (JsonRows.Row row : result.rows()) {
        result
            .text(row, "view_definition")
            .ifPresent(text -> definitions.put(result.text(row, "table_name").orElse(""), text));
      }
    }

    /**
     * Filters and masks. The reference names their columns otherwise than workspaces do: {@code
     * schema_name, mask_col_usage}, and the parts of a function's name one by one. What a workspace
     * has is what dbt-databricks asks for, which runs on many: {@code table_schema, filter_name}
     * and {@code mask_name, using_columns}. Both are understood; that of workspaces is tried first.
     */
    private StatementResult policies(String what, String relation) {
      try {
        return query(what, "*", relation, "table_schema");
      } catch (ConnectionException failed) {
        if (!failed.code().equals(DatabricksErrorCode.STATEMENT_REFUSED)) {
          throw failed;
        }
        return query(what, "*", relation, "schema_name");
      }
    }

    void filters() {
      StatementResult result = policies("row filters", "row_filters");
      for (JsonRows.Row row : result.rows()) {
        filters.put(result.text(row, "table_name").orElse(""), function(result, row, "filter"));
      }
    }

    void masks() {
      StatementResult result = policies("column masks", "column_masks");
      for (JsonRows.Row row : result.rows()) {
        Optional<String> columns =
            result.text(row, "using_columns").or(() -> result.text(row, "mask_col_usage"));
        List<String> using =
            Stream.of(columns.orElse("").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        masks
            .computeIfAbsent(result.text(row, "table_name").orElse(""), none -> new HashMap<>())
            .put(
                result.text(row, "column_name").orElse(""),
                new ColumnMask(function(result, row, "mask"), using));
      }
    }

    /** The name may be whole, or its parts may stand in columns of their own. */
    private static String function(StatementResult result, JsonRows.Row row, String kind) {
      return Stream.of("_catalog", "_schema", "_name")
          .flatMap(part -> result.text(row, kind + part).stream())
          .collect(Collectors.joining("."));
    }

    void optional(String what, Runnable reading) {
      try {
        reading.run();
      } catch (ConnectionException failed) {
        if (Finality.of(failed)) {
          throw failed;
        }
        notices.add(
            Notice.of(
                    NoticeCode.NOT_LOADED,
                    new Notice.Scope.Schema(schema),
                    what + " weren't read. " + failed.failure().message())
                .withRemedy(failed.failure().remedy().orElse("Try again.")));
      }
    }
  }
}
