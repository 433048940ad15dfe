package dev.connections.postgresql.internal;

import dev.connections.api.CheckConstraint;
import dev.connections.api.Column;
import dev.connections.api.Failure;
import dev.connections.api.ForeignKey;
import dev.connections.api.Index;
import dev.connections.api.Operation;
import dev.connections.api.RowCount;
import dev.connections.api.Section;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableMetadata;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.OrderedRows;
import dev.connections.jdbc.Session;
import dev.connections.jdbc.Session.RowReader;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads tables: the small sets first, by one query each, and then the columns as a stream in the
 * order of the tables' ids. The number of queries doesn't depend on the number of tables.
 */
final class TableReader {
  /** Where fewer are wanted, naming them costs the server less than reading everything. */
  private static final int FEW = 2_000;

  private final Database database;
  private final Set<Section> sections;
  private final Operation operation;
  private final Session.Binder binder;
  private final boolean few;

  /** What tables were read go to. */
  interface Receiver {
    void table(TableMetadata table);

    void failed(TableRow table);
  }

  private TableReader(
      Database database, List<TableRow> tables, Set<Section> sections, Operation operation) {
    this.database = database;
    this.sections = sections;
    this.operation = operation;
    this.few = tables.size() <= FEW;
    Long[] ids = tables.stream().map(TableRow::id).toArray(Long[]::new);
    this.binder =
        few
            ? statement ->
                statement.setArray(1, statement.getConnection().createArrayOf("int8", ids))
            : Session.Binder.NONE;
  }

  static void read(
      Database database,
      List<TableRow> tables,
      Set<Section> wanted,
      Receiver receiver,
      Operation operation) {
    if (tables.isEmpty()) {
      return;
    }
    List<TableRow> sorted = tables.stream().sorted(Comparator.comparingLong(TableRow::id)).toList();
    Set<Section> sections = EnumSet.of(Section.COLUMNS);
    sections.addAll(wanted);
    new TableReader(database, sorted, sections, operation).read(sorted, receiver);
  }

  /** The small sets of one reading, by the id of the table. */
  private record Sets(
      Map<Long, List<Rows.Key>> keys,
      Map<Long, List<ForeignKey>> foreignKeys,
      Map<Long, List<Index>> indexes,
      Map<Long, List<CheckConstraint>> checks,
      Map<Long, List<Rows.Place>> places,
      Map<Long, List<String>> definitions) {}

  private void read(List<TableRow> tables, Receiver receiver) {
    Sets sets =
        new Sets(
            byId(Section.KEYS, Queries.KEYS, Rows::key),
            byId(Section.FOREIGN_KEYS, Queries.FOREIGN_KEYS, Rows::foreignKey),
            byId(Section.INDEXES, Queries.INDEXES, Rows::index),
            byId(Section.CHECKS, Queries.CHECKS, Rows::check),
            byId(
                sections.contains(Section.PARTITIONING) ? Section.PARTITIONING : Section.PROPERTIES,
                Queries.PARTITIONING,
                Rows::place),
            byId(Section.DEFINITION, Queries.DEFINITIONS, row -> Rows.orEmpty(row.getString(2))));
    PostgresTypes types =
        new PostgresTypes(database.list(Queries.TYPES, Session.Binder.NONE, Rows::type, operation));
    RowReader<Optional<Column>> reader = row -> Rows.column(row, types);
    long done = 0;
    try (OrderedRows<Optional<Column>> columns =
        database.stream(
            few ? Queries.COLUMNS.some() : Queries.COLUMNS.whole(), binder, reader, operation)) {
      for (TableRow table : tables) {
        List<Optional<Column>> found = columns.of(table.id());
        if (found.isEmpty()) {
          receiver.failed(table); // it was dropped since it was listed
        } else {
          receiver.table(metadata(table, found.stream().flatMap(Optional::stream).toList(), sets));
        }
        done++;
        operation.progress().progress("reading", done, OptionalLong.of(tables.size()));
      }
    }
  }

  private <T> Map<Long, List<T>> byId(
      Section section, Queries.Narrowable query, RowReader<T> reader) {
    return sections.contains(section)
        ? database.byId(few ? query.some() : query.whole(), binder, reader, operation)
        : Map.of();
  }

  private TableMetadata metadata(TableRow table, List<Column> columns, Sets sets) {
    long id = table.id();
    TableMetadata.Builder metadata =
        TableMetadata.builder(
                table.info().withColumnCount(columns.size()), EnumSet.allOf(Section.class))
            .columns(columns)
            .foreignKeys(sets.foreignKeys().getOrDefault(id, List.of()))
            .indexes(sets.indexes().getOrDefault(id, List.of()))
            .checks(sets.checks().getOrDefault(id, List.of()));
    for (Rows.Key key : sets.keys().getOrDefault(id, List.of())) {
      if (key.primary()) {
        metadata.primaryKey(key.constraint());
      } else {
        metadata.uniqueKeys(List.of(key.constraint()));
      }
    }
    List<Rows.Place> places = sets.places().getOrDefault(id, List.of());
    places.stream().flatMap(place -> place.partitioning().stream()).forEach(metadata::partitioning);
    sets.definitions().getOrDefault(id, List.of()).forEach(metadata::definition);
    table.info().rowCount().ifPresent(rows -> metadata.rowCount(RowCount.about(rows)));
    table.size().ifPresent(metadata::sizeInBytes);
    properties(table, places.stream().flatMap(place -> place.parent().stream()).toList(), metadata);
    return metadata.build().only(sections);
  }

  private static void properties(
      TableRow table, List<Rows.Parent> parents, TableMetadata.Builder metadata) {
    metadata.property("owner", table.owner());
    if (table.persistence().equals("u")) {
      metadata.property("unlogged", "true");
    }
    if (table.rowSecurity()) {
      metadata.property("row_security", "true");
    }
    for (Rows.Parent parent : parents) {
      parent.bound().ifPresent(bound -> metadata.property("partition_bound", bound));
    }
    if (!parents.isEmpty()) {
      metadata.property(
          parents.get(0).partitioned() ? "partition_of" : "inherits",
          parents.stream()
              .map(parent -> Names.quoted(parent.name()))
              .collect(Collectors.joining(", ")));
    }
  }

  static Failure dropped(TableRow table) {
    return StandardFailures.notFound("table", table.info().name().display());
  }
}
