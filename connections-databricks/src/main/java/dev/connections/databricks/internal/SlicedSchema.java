package dev.connections.databricks.internal;

import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.Partitioning;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.databricks.ColumnMask;
import dev.connections.databricks.UnityCatalogTable;
import dev.connections.http.JsonRows;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads a very large schema from {@code information_schema}: what it says of the whole schema
 * first, then the columns of tables by ranges of names, several at once. Properties, clustering and
 * row counts aren't there, so a few tables, such as those that changed since, are read by a request
 * each instead.
 */
final class SlicedSchema {
  /** Twenty columns each are a quarter of what an answer holds. */
  private static final int SLICE = 500;

  /** {@return how many calls a schema of so many tables takes, if no slice is too large} */
  static long calls(long tables, ReadingSettings settings) {
    long relations = (long) SchemaRelations.QUERIES * DatabricksImport.STATEMENT;
    return tables <= settings.oneByOne()
        ? relations + tables
        : relations + (1 + tables / SLICE) * DatabricksImport.STATEMENT;
  }

  /** A slice that is too large is halved. */
  private record Slice(SchemaRelations all, List<SchemaRelations.Listed> tables) {}

  /** The columns of a table by their places, and its partition columns by theirs. */
  private record Columns(Map<Long, Column> columns, Map<Long, String> partitions) {
    static final Columns NONE = new Columns(Map.of(), Map.of());
  }

  private final UnityCatalog unity;
  private final WarehouseStatements statements;
  private final ReadingSettings settings;
  private final CatalogFacts facts;
  private final Function<String, Optional<String>> locations;
  private final Intake intake;
  private final Operation operation;

  SlicedSchema(
      UnityCatalog unity,
      WarehouseStatements statements,
      ReadingSettings settings,
      CatalogFacts facts,
      Function<String, Optional<String>> locations,
      Intake intake,
      Operation operation) {
    this.unity = unity;
    this.statements = statements;
    this.settings = settings;
    this.facts = facts;
    this.locations = locations;
    this.intake = intake;
    this.operation = operation;
  }

  /**
   * {@return the names of the tables; empty if the relation shows fewer tables than there are, or
   * can't be read: nothing was reported then}
   */
  Optional<Set<String>> read(SchemaName schema, long expected) {
    SchemaRelations all;
    try {
      all = SchemaRelations.read(schema, statements, settings, intake, operation);
    } catch (ConnectionException failed) {
      if (Finality.of(failed)) {
        throw failed;
      }
      return Optional.empty();
    }
    if (all.tables().size() + all.nameless() < expected) {
      return Optional.empty();
    }
    Set<String> names = new HashSet<>();
    List<SchemaRelations.Listed> wanted = new ArrayList<>();
    for (SchemaRelations.Listed table : all.tables()) {
      if (names.add(table.info().name().table()) && intake.listed(table.info())) {
        wanted.add(table);
      }
    }
    HiddenNames.tables(schema, all.nameless()).forEach(intake.sink()::notice);
    if (wanted.size() <= settings.oneByOne()) {
      TableReader reader = new TableReader(facts, locations);
      settings
          .parallel()
          .forEach(wanted, settings.width(), operation, table -> single(table.info(), reader));
      return Optional.of(names);
    }
    List<Slice> slices = new ArrayList<>();
    for (int begin = 0; begin < wanted.size(); begin += SLICE) {
      slices.add(new Slice(all, wanted.subList(begin, Math.min(wanted.size(), begin + SLICE))));
    }
    settings.parallel().forEach(slices, settings.width(), operation, slice -> read(schema, slice));
    intake.sink().notice(incomplete(schema));
    all.notices().forEach(intake.sink()::notice);
    return Optional.of(names);
  }

  /** The relation's own word of when it changed is kept: that is what the next import compares. */
  private void single(TableInfo info, TableReader reader) {
    TableMetadata metadata;
    try {
      metadata = reader.single(info, unity.table(info.name(), operation), List::of);
    } catch (ConnectionException failed) {
      if (Finality.of(failed)) {
        throw failed;
      }
      intake.sink().failed(info.name(), failed.failure());
      return;
    }
    intake.take(metadata);
  }

  private static Notice incomplete(SchemaName schema) {
    return Notice.of(
            NoticeCode.NOT_LOADED,
            new Notice.Scope.Schema(schema),
            "Properties, clustering and row counts weren't read: the schema is so large that it was"
                + " read from information_schema.")
        .withRemedy(
            "Raise \""
                + DatabricksFields.SLICE_FROM.label()
                + "\" to read it by pages, or \""
                + DatabricksFields.ONE_BY_ONE.label()
                + "\" to read each table by a request of its own.");
  }

  private void read(SchemaName schema, Slice slice) {
    operation.checkpoint();
    Map<String, Columns> columns;
    try {
      columns = columns(schema, slice);
    } catch (ConnectionException failed) {
      if (Finality.of(failed)) {
        throw failed;
      }
      List<SchemaRelations.Listed> tables = slice.tables();
      int half = tables.size() / 2;
      if (failed.code().equals(StandardErrorCode.TOO_LARGE) && half > 0) {
        read(schema, new Slice(slice.all(), tables.subList(0, half)));
        read(schema, new Slice(slice.all(), tables.subList(half, tables.size())));
        return;
      }
      tables.forEach(table -> intake.sink().failed(table.info().name(), failed.failure()));
      return;
    }
    for (SchemaRelations.Listed table : slice.tables()) {
      intake.take(
          metadata(
              table, columns.getOrDefault(table.info().name().table(), Columns.NONE), slice.all()));
    }
  }

  private Map<String, Columns> columns(SchemaName schema, Slice slice) {
    List<SchemaRelations.Listed> tables = slice.tables();
    String text =
        "SELECT table_name, column_name, ordinal_position, is_nullable, full_data_type,"
            + " partition_index, comment FROM "
            + SqlNames.quoted(schema.catalog().orElseThrow())
            + ".information_schema.columns WHERE table_schema = :schema"
            + " AND table_name >= :first AND table_name <= :last";
    StatementResult result =
        statements.query(
            SqlStatement.of("columns", text)
                .with("schema", schema.schema())
                .with("first", tables.get(0).info().name().table())
                .with("last", tables.get(tables.size() - 1).info().name().table()),
            operation);
    Map<String, Columns> columns = new HashMap<>();
    for (JsonRows.Row row : result.rows()) {
      String table = result.text(row, "table_name").orElse("");
      Columns own =
          columns.computeIfAbsent(table, none -> new Columns(new TreeMap<>(), new TreeMap<>()));
      Column column = column(schema.table(table), slice.all(), result, row);
      own.columns()
          .put(number(result, row, "ordinal_position").orElse(own.columns().size()), column);
      number(result, row, "partition_index")
          .ifPresent(place -> own.partitions().put(place, column.name()));
    }
    return columns;
  }

  private static OptionalLong number(StatementResult result, JsonRows.Row row, String column) {
    return result
        .text(row, column)
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
  }

  private Column column(
      TableName table, SchemaRelations all, StatementResult result, JsonRows.Row row) {
    String name = result.text(row, "column_name").orElse("");
    TypeJson.Read type = TypeJson.read(Optional.empty(), result.text(row, "full_data_type"));
    Column.Builder column =
        Column.builder(
            name,
            type.type(),
            !result.text(row, "is_nullable").orElse("YES").equalsIgnoreCase("NO"));
    result.text(row, "comment").filter(text -> !text.isBlank()).ifPresent(column::description);
    type.collation().ifPresent(column::collation);
    Map<String, ColumnMask> masks = all.masks().getOrDefault(table.table(), Map.of());
    Optional.ofNullable(masks.get(name)).ifPresent(column::extension);
    Optional.ofNullable(facts.columnTags(table).get(name)).ifPresent(column::extension);
    return column.build();
  }

  private TableMetadata metadata(SchemaRelations.Listed table, Columns found, SchemaRelations all) {
    Set<Section> loaded =
        EnumSet.of(
            Section.COLUMNS,
            Section.INDEXES,
            Section.PARTITIONING,
            Section.DESCRIPTIONS,
            Section.DEFINITION);
    TableName name = table.info().name();
    Optional<TableKeys> keys = facts.keys(name);
    if (keys.isPresent()) {
      loaded.addAll(EnumSet.of(Section.KEYS, Section.FOREIGN_KEYS));
    }
    List<Column> columns = List.copyOf(found.columns().values());
    TableMetadata.Builder metadata =
        TableMetadata.builder(table.info(), loaded)
            .columns(columns)
            .extension(extension(table, Optional.ofNullable(all.filters().get(name.table()))))
            .notices(TableReader.notices(name, columns, keys));
    facts.tags(name).ifPresent(metadata::extension);
    facts.lineage(name).ifPresent(metadata::extension);
    if (!found.partitions().isEmpty()) {
      metadata.partitioning(
          new Partitioning(
              "columns", List.copyOf(found.partitions().values()), OptionalLong.empty()));
    }
    Optional.ofNullable(all.definitions().get(name.table())).ifPresent(metadata::definition);
    keys.ifPresent(known -> TableReader.keys(known, metadata));
    return metadata.build();
  }

  private UnityCatalogTable extension(SchemaRelations.Listed table, Optional<String> filter) {
    return new UnityCatalogTable(
        table.type(),
        table.format(),
        table.storage(),
        table.storage().filter(path -> TableReader.isOutside(table.type())).flatMap(locations),
        table.owner(),
        List.of(),
        filter,
        false);
  }
}
