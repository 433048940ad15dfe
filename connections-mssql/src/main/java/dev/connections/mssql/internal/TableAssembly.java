package dev.connections.mssql.internal;

import dev.connections.api.Column;
import dev.connections.api.ForeignKey;
import dev.connections.api.Index;
import dev.connections.api.KeyConstraint;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Partitioning;
import dev.connections.api.RowCount;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.jdbc.UnknownTypes;
import dev.connections.mssql.MssqlTable;
import dev.connections.mssql.MssqlTable.DoubtfulConstraint;
import dev.connections.mssql.MssqlTable.ExtendedProperty;
import dev.connections.mssql.internal.Rows.CapturedRow;
import dev.connections.mssql.internal.Rows.ColumnRow;
import dev.connections.mssql.internal.Rows.ConstraintRow;
import dev.connections.mssql.internal.Rows.ForeignKeyRow;
import dev.connections.mssql.internal.Rows.IndexRow;
import dev.connections.mssql.internal.Rows.PropertyRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Puts a table's metadata together from the sets of one reading. */
final class TableAssembly {
  private static final String DESCRIPTION = "MS_Description";
  private static final int OF_INDEX = 7;

  private final Sets sets;
  private final Set<Section> sections;
  private final List<Notice> gaps;

  /**
   * The rows of each table. Asked for once per table and in the order of the tables' ids: they may
   * come from a stream.
   */
  @FunctionalInterface
  interface RowsOf<T> {
    List<T> of(long table);
  }

  /** The sets of one reading beside the columns. */
  record Sets(
      RowsOf<IndexRow> indexes,
      RowsOf<ForeignKeyRow> foreignKeys,
      RowsOf<ConstraintRow> constraints,
      RowsOf<PropertyRow> properties,
      RowsOf<Optional<String>> definitions,
      RowsOf<CapturedRow> captured) {}

  TableAssembly(Sets sets, Set<Section> wanted, Set<Section> missing, List<Notice> gaps) {
    this.sets = sets;
    this.sections = EnumSet.copyOf(wanted);
    sections.removeAll(missing);
    this.gaps = gaps;
  }

  TableMetadata metadata(TableRow table, List<ColumnRow> rows) {
    List<PropertyRow> properties = sets.properties().of(table.id());
    List<IndexRow> indexes = sets.indexes().of(table.id());
    List<Column> columns = columns(table, rows, properties);
    TableMetadata.Builder metadata =
        TableMetadata.builder(
                table.info().withColumnCount(columns.size()), EnumSet.allOf(Section.class))
            .columns(columns);
    indexes(indexes, metadata);
    List<ForeignKeyRow> foreign = sets.foreignKeys().of(table.id());
    foreignKeys(table, foreign, metadata);
    List<ConstraintRow> constraints = sets.constraints().of(table.id());
    List<ConstraintRow> checks = constraints.stream().filter(ConstraintRow::check).toList();
    metadata.checks(checks.stream().map(ConstraintRow::constraint).toList());
    sets.definitions().of(table.id()).stream()
        .flatMap(Optional::stream)
        .forEach(metadata::definition);
    table.info().rowCount().ifPresent(count -> metadata.rowCount(RowCount.about(count)));
    table.size().ifPresent(metadata::sizeInBytes);
    MssqlTable beside =
        new MssqlTable(
            table.traits(),
            table.history(),
            doubtful(foreign, checks),
            constraints.stream().filter(row -> !row.check()).map(ConstraintRow::trigger).toList(),
            extended(rows, indexes, properties));
    if (!beside.values().isEmpty()) {
      metadata.extension(beside);
    }
    UnknownTypes.of(table.info().name(), columns).forEach(metadata::notices);
    gaps.forEach(metadata::notices);
    return metadata.build().only(sections);
  }

  private List<Column> columns(TableRow table, List<ColumnRow> rows, List<PropertyRow> properties) {
    Map<Integer, String> descriptions = new HashMap<>();
    for (PropertyRow property : properties) {
      if (isDescription(property) && property.number() > 0) {
        property.value().ifPresent(text -> descriptions.put(property.number(), text));
      }
    }
    Map<String, List<String>> instances =
        sets.captured().of(table.id()).stream()
            .collect(
                Collectors.groupingBy(
                    CapturedRow::column,
                    Collectors.mapping(CapturedRow::instance, Collectors.toList())));
    List<Column> columns = new ArrayList<>(rows.size());
    for (ColumnRow row : rows) {
      Optional.ofNullable(descriptions.get(row.id())).ifPresent(row.column()::description);
      columns.add(row.build(instances.getOrDefault(row.column().build().name(), List.of())));
    }
    return columns;
  }

  /**
   * Of the table itself or of a column; the texts of indexes and constraints have no such place.
   */
  private static boolean isDescription(PropertyRow property) {
    return property.name().equals(DESCRIPTION)
        && property.object().isEmpty()
        && property.kind() != OF_INDEX;
  }

  private static void indexes(List<IndexRow> rows, TableMetadata.Builder metadata) {
    List<Index> indexes = new ArrayList<>();
    List<String> disabled = new ArrayList<>();
    for (List<IndexRow> index : grouped(rows, IndexRow::index)) {
      IndexRow first = index.get(0);
      List<String> columns = names(index, row -> row.keyPlace() > 0);
      if (first.name().isPresent()) {
        String name = first.name().get();
        indexes.add(index(first, name, columns, names(index, IndexRow::included)));
        if (first.primary()) {
          metadata.primaryKey(new KeyConstraint(first.name(), columns));
        } else if (first.uniqueConstraint()) {
          metadata.uniqueKeys(List.of(new KeyConstraint(first.name(), columns)));
        }
        if (first.disabled()) {
          disabled.add(name);
        }
      }
      if (first.index() <= 1) {
        partitioning(index).ifPresent(metadata::partitioning);
      }
    }
    metadata.indexes(indexes);
    if (!disabled.isEmpty()) {
      metadata.property("disabled_indexes", String.join(", ", disabled));
    }
  }

  private static Index index(
      IndexRow first, String name, List<String> columns, List<String> included) {
    Index index =
        Index.of(name, first.unique(), columns.toArray(String[]::new))
            .withIncluded(included)
            .withMethod(first.method());
    return first.filter().map(index::withPredicate).orElse(index);
  }

  private static List<String> names(List<IndexRow> index, Predicate<IndexRow> wanted) {
    return index.stream().filter(wanted).flatMap(row -> row.column().stream()).toList();
  }

  /** A heap, or the clustered index, is the table: where it is divided, the table is. */
  private static Optional<Partitioning> partitioning(List<IndexRow> index) {
    IndexRow first = index.get(0);
    return first
        .partitionMethod()
        .map(
            method ->
                new Partitioning(
                    method.toLowerCase(Locale.ROOT),
                    index.stream()
                        .filter(row -> row.partitionPlace() > 0)
                        .sorted(Comparator.comparingInt(IndexRow::partitionPlace))
                        .flatMap(row -> row.column().stream())
                        .toList(),
                    OptionalLong.of(first.partitions())));
  }

  private static void foreignKeys(
      TableRow table, List<ForeignKeyRow> rows, TableMetadata.Builder metadata) {
    List<ForeignKey> keys = new ArrayList<>();
    for (List<ForeignKeyRow> key : grouped(rows, ForeignKeyRow::key)) {
      ForeignKeyRow first = key.get(0);
      if (first.referencedSchema().isEmpty() || first.referencedTable().isEmpty()) {
        metadata.notices(hiddenReference(table.info().name(), first.name()));
        continue;
      }
      ForeignKey made =
          ForeignKey.of(
                  first.name(),
                  key.stream().flatMap(row -> row.column().stream()).toList(),
                  SchemaName.of(first.referencedSchema().get())
                      .table(first.referencedTable().get()),
                  key.stream().flatMap(row -> row.referencedColumn().stream()).toList())
              .withRules(first.onUpdate(), first.onDelete());
      keys.add(first.disabled() ? made.notEnforced() : made);
    }
    metadata.foreignKeys(keys);
  }

  private static Notice hiddenReference(TableName table, String key) {
    return Notice.of(
            NoticeCode.HIDDEN_BY_PERMISSION,
            new Notice.Scope.Table(table),
            "The foreign key '" + key + "' refers to a table that this login may not see.")
        .withRemedy("Ask for the right VIEW DEFINITION on that table.");
  }

  private static List<DoubtfulConstraint> doubtful(
      List<ForeignKeyRow> foreign, List<ConstraintRow> checks) {
    List<DoubtfulConstraint> found = new ArrayList<>();
    for (List<ForeignKeyRow> key : grouped(foreign, ForeignKeyRow::key)) {
      ForeignKeyRow first = key.get(0);
      if (first.disabled() || first.untrusted()) {
        found.add(new DoubtfulConstraint(first.name(), first.disabled(), first.untrusted()));
      }
    }
    for (ConstraintRow check : checks) {
      if (check.disabled() || check.untrusted()) {
        found.add(new DoubtfulConstraint(check.name(), check.disabled(), check.untrusted()));
      }
    }
    return found;
  }

  private static List<ExtendedProperty> extended(
      List<ColumnRow> rows, List<IndexRow> indexRows, List<PropertyRow> properties) {
    Map<Integer, String> columns = new HashMap<>();
    rows.forEach(row -> columns.put(row.id(), row.column().build().name()));
    Map<Integer, String> indexes = new HashMap<>();
    indexRows.forEach(row -> row.name().ifPresent(name -> indexes.put(row.index(), name)));
    List<ExtendedProperty> found = new ArrayList<>();
    for (PropertyRow property : properties) {
      if (!isDescription(property)) {
        found.add(extended(property, columns, indexes));
      }
    }
    return found;
  }

  private static ExtendedProperty extended(
      PropertyRow property, Map<Integer, String> columns, Map<Integer, String> indexes) {
    String value = property.value().orElse("");
    if (property.object().isPresent()) {
      return new ExtendedProperty("object", property.object().get(), property.name(), value);
    }
    if (property.kind() == OF_INDEX) {
      String index = indexes.getOrDefault(property.number(), "");
      return new ExtendedProperty("index", index, property.name(), value);
    }
    String column = columns.getOrDefault(property.number(), "");
    return new ExtendedProperty(
        property.number() == 0 ? "table" : "column", column, property.name(), value);
  }

  private static <T, K> Collection<List<T>> grouped(List<T> rows, Function<T, K> key) {
    return rows.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()))
        .values();
  }
}
