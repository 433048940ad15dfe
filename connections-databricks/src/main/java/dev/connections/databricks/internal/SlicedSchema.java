package dev.connections.databricks.internal;

import dev.connections.api.ChangeMarker;
import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.http.JsonRows;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a very large schema from {@code information_schema}: its tables by one query, their columns
 * by ranges of names, several at once. Properties, clustering, partitions and row counts aren't
 * there.
 */
final class SlicedSchema {
  /** Twenty columns each are a quarter of what an answer holds. */
  private static final int SLICE = 500;

  /** A slice that is too large is halved. */
  private record Slice(List<TableInfo> tables) {}

  private final WarehouseStatements statements;
  private final Parallel parallel;
  private final int width;
  private final CatalogFacts facts;
  private final Intake intake;
  private final Operation operation;

  SlicedSchema(
      WarehouseStatements statements,
      Parallel parallel,
      int width,
      CatalogFacts facts,
      Intake intake,
      Operation operation) {
    this.statements = statements;
    this.parallel = parallel;
    this.width = width;
    this.facts = facts;
    this.intake = intake;
    this.operation = operation;
  }

  /**
   * {@return the names of the tables; empty if the relation shows fewer tables than there are, or
   * can't be read: nothing was reported then}
   */
  Optional<Set<String>> read(SchemaName schema, long expected) {
    List<TableInfo> tables;
    Map<String, String> definitions;
    try {
      tables = tables(schema);
      definitions =
          intake.wants(Section.DEFINITION) ? definitions(schema) : Map.<String, String>of();
    } catch (ConnectionException failed) {
      if (Finality.of(failed)) {
        throw failed;
      }
      return Optional.empty();
    }
    if (tables.size() < expected) {
      return Optional.empty();
    }
    Set<String> names = new HashSet<>();
    List<TableInfo> wanted = new ArrayList<>();
    for (TableInfo table : tables) {
      if (names.add(table.name().table()) && intake.listed(table)) {
        wanted.add(table);
      }
    }
    List<Slice> slices = new ArrayList<>();
    for (int begin = 0; begin < wanted.size(); begin += SLICE) {
      slices.add(new Slice(wanted.subList(begin, Math.min(wanted.size(), begin + SLICE))));
    }
    parallel.forEach(slices, width, operation, slice -> read(schema, slice, definitions));
    return Optional.of(names);
  }

  private static String from(SchemaName schema, String relation) {
    return " FROM "
        + SqlStatement.identifier(schema.catalog().orElseThrow())
        + ".information_schema."
        + relation
        + " WHERE table_schema = :schema";
  }

  private List<TableInfo> tables(SchemaName schema) {
    StatementResult result =
        statements.query(
            SqlStatement.of(
                    "table names",
                    "SELECT table_name, table_type, comment, last_altered"
                        + from(schema, "tables")
                        + " ORDER BY table_name")
                .with("schema", schema.schema()),
            operation);
    List<TableInfo> tables = new ArrayList<>();
    for (JsonRows.Row row : result.rows()) {
      Optional<String> name = result.text(row, "table_name").filter(UnityCatalog::isName);
      if (name.isPresent()) {
        TableInfo info =
            TableInfo.of(
                schema.table(name.get()),
                TableReader.kind(result.text(row, "table_type").orElse("")));
        Optional<String> comment = result.text(row, "comment").filter(text -> !text.isBlank());
        info = comment.map(info::withDescription).orElse(info);
        Optional<String> altered = result.text(row, "last_altered");
        tables.add(altered.map(ChangeMarker::new).map(info::withChangeMarker).orElse(info));
      }
    }
    return tables;
  }

  private Map<String, String> definitions(SchemaName schema) {
    StatementResult result =
        statements.query(
            SqlStatement.of("views", "SELECT table_name, view_definition" + from(schema, "views"))
                .with("schema", schema.schema()),
            operation);
    Map<String, String> definitions = new HashMap<>();
    for (JsonRows.Row row : result.rows()) {
      result
          .text(row, "view_definition")
          .ifPresent(text -> definitions.put(result.text(row, "table_name").orElse(""), text));
    }
    return definitions;
  }

  private void read(SchemaName schema, Slice slice, Map<String, String> definitions) {
    operation.checkpoint();
    Map<String, Map<Long, Column>> columns;
    try {
      columns = columns(schema, slice);
    } catch (ConnectionException failed) {
      if (Finality.of(failed)) {
        throw failed;
      }
      int half = slice.tables().size() / 2;
      if (failed.code().equals(StandardErrorCode.TOO_LARGE) && half > 0) {
        read(schema, new Slice(slice.tables().subList(0, half)), definitions);
        read(schema, new Slice(slice.tables().subList(half, slice.tables().size())), definitions);
        return;
      }
      slice.tables().forEach(table -> intake.sink().failed(table.name(), failed.failure()));
      return;
    }
    for (TableInfo table : slice.tables()) {
      String name = table.name().table();
      List<Column> found = List.copyOf(columns.getOrDefault(name, Map.of()).values());
      intake.take(metadata(table, found, Optional.ofNullable(definitions.get(name))));
    }
  }

  private Map<String, Map<Long, Column>> columns(SchemaName schema, Slice slice) {
    List<TableInfo> tables = slice.tables();
    StatementResult result =
        statements.query(
            SqlStatement.of(
                    "columns",
                    "SELECT table_name, column_name, ordinal_position, is_nullable, full_data_type,"
                        + " comment"
                        + from(schema, "columns")
                        + " AND table_name >= :first AND table_name <= :last")
                .with("schema", schema.schema())
                .with("first", tables.get(0).name().table())
                .with("last", tables.get(tables.size() - 1).name().table()),
            operation);
    Map<String, Map<Long, Column>> columns = new HashMap<>();
    for (JsonRows.Row row : result.rows()) {
      Map<Long, Column> own =
          columns.computeIfAbsent(
              result.text(row, "table_name").orElse(""), none -> new TreeMap<>());
      long position =
          result
              .text(row, "ordinal_position")
              .filter(text -> text.matches("[0-9]{1,9}"))
              .map(Long::parseLong)
              .orElse((long) own.size());
      own.put(position, column(result, row));
    }
    return columns;
  }

  private static Column column(StatementResult result, JsonRows.Row row) {
    TypeJson.Read type = TypeJson.read(Optional.empty(), result.text(row, "full_data_type"));
    Column.Builder column =
        Column.builder(
            result.text(row, "column_name").orElse(""),
            type.type(),
            !result.text(row, "is_nullable").orElse("YES").equalsIgnoreCase("NO"));
    result.text(row, "comment").filter(text -> !text.isBlank()).ifPresent(column::description);
    type.collation().ifPresent(column::collation);
    return column.build();
  }

  private TableMetadata metadata(
      TableInfo info, List<Column> columns, Optional<String> definition) {
    Set<Section> loaded =
        EnumSet.of(Section.COLUMNS, Section.INDEXES, Section.DESCRIPTIONS, Section.DEFINITION);
    TableName name = info.name();
    Optional<TableKeys> keys = facts.keys(name);
    if (keys.isPresent()) {
      loaded.addAll(EnumSet.of(Section.KEYS, Section.FOREIGN_KEYS));
    }
    TableMetadata.Builder metadata =
        TableMetadata.builder(info, loaded)
            .columns(columns)
            .notices(TableReader.notices(name, columns, keys));
    definition.ifPresent(metadata::definition);
    keys.ifPresent(known -> TableReader.keys(known, metadata));
    return metadata.build();
  }
}
