package dev.connections.postgresql.internal;

import dev.connections.api.CheckConstraint;
import dev.connections.api.Column;
import dev.connections.api.ForeignKey;
import dev.connections.api.Index;
import dev.connections.api.KeyConstraint;
import dev.connections.api.Notice;
import dev.connections.api.RowCount;
import dev.connections.api.Section;
import dev.connections.api.TableMetadata;
import dev.connections.jdbc.UnknownTypes;
import dev.connections.postgresql.SequenceInfo;
import dev.connections.postgresql.TableConstraints;
import dev.connections.postgresql.internal.Rows.ColumnRow;
import dev.connections.postgresql.internal.Rows.ConstraintRow;
import dev.connections.postgresql.internal.Rows.IndexRow;
import dev.connections.postgresql.internal.Rows.SequenceRow;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes one table of the rows that concern it. */
final class TableAssembly {
  private final TableRow table;
  private final List<ColumnRow> rows;
  private final Map<Integer, String> names = new HashMap<>();
  private final Map<String, String> exclusions = new LinkedHashMap<>();
  private final Map<String, String> constraintTexts = new LinkedHashMap<>();
  private final Map<String, String> indexTexts = new LinkedHashMap<>();
  private final TableMetadata.Builder metadata;

  private TableAssembly(TableRow table, List<ColumnRow> columns) {
    this.table = table;
    this.rows = columns.stream().filter(row -> row.column().isPresent()).toList();
    rows.forEach(row -> names.put(row.number(), row.name()));
    this.metadata =
        TableMetadata.builder(
            table.info().withColumnCount(rows.size()), EnumSet.allOf(Section.class));
  }

  static TableMetadata of(
      TableRow table, List<ColumnRow> columns, TableStreams streams, Set<Section> sections) {
    TableAssembly assembly = new TableAssembly(table, columns);
    long id = table.id();
    assembly.columns(TableStreams.of(streams.sequences(), id));
    TableStreams.of(streams.constraints(), id).forEach(assembly::constraint);
    assembly.metadata.indexes(
        TableStreams.of(streams.indexes(), id).stream().map(assembly::index).toList());
    assembly.places(TableStreams.of(streams.places(), id));
    TableStreams.of(streams.definitions(), id).forEach(assembly.metadata::definition);
    return assembly.finished().only(sections);
  }

  private void columns(List<SequenceRow> sequences) {
    Map<Integer, SequenceInfo> byNumber = new HashMap<>();
    sequences.forEach(row -> byNumber.putIfAbsent(row.column(), row.sequence()));
    List<Column> columns = new ArrayList<>(rows.size());
    for (ColumnRow row : rows) {
      Column.Builder column = row.column().orElseThrow();
      Optional.ofNullable(byNumber.get(row.number())).ifPresent(column::extension);
      columns.add(column.build());
    }
    metadata.columns(columns);
    metadata.notices(UnknownTypes.of(table.info().name(), columns).toArray(Notice[]::new));
  }

  private List<String> named(List<Integer> numbers) {
    return numbers.stream().filter(names::containsKey).map(names::get).toList();
  }

  private void constraint(ConstraintRow row) {
    Optional<String> name = Optional.of(row.name());
    List<String> columns = named(row.columns());
    row.description().ifPresent(text -> constraintTexts.put(row.name(), text));
    switch (row.kind()) {
      case "p" -> metadata.primaryKey(new KeyConstraint(name, columns));
      case "u" -> metadata.uniqueKeys(List.of(new KeyConstraint(name, columns)));
      case "f" -> metadata.foreignKeys(List.of(foreignKey(row, columns)));
      case "x" -> exclusions.put(row.name(), row.text());
      default -> metadata.checks(List.of(new CheckConstraint(name, row.text())));
    }
  }

  private static ForeignKey foreignKey(ConstraintRow row, List<String> columns) {
    Rows.Target target = row.target().orElseThrow();
    ForeignKey key =
        ForeignKey.of(row.name(), columns, target.table(), target.columns())
            .withRules(target.onUpdate(), target.onDelete());
    return target.valid() ? key : key.notEnforced();
  }

  private Index index(IndexRow row) {
    row.description().ifPresent(text -> indexTexts.put(row.name(), text));
    List<String> keys = new ArrayList<>(row.keys());
    for (int i = 0; i < row.keys(); i++) {
      String expression = i < row.expressions().size() ? row.expressions().get(i) : "";
      keys.add(names.getOrDefault(row.columns().get(i), expression));
    }
    Index index =
        Index.of(row.name(), row.unique(), keys.toArray(String[]::new))
            .withIncluded(named(row.columns().subList(row.keys(), row.columns().size())))
            .withMethod(row.method());
    return row.predicate().map(index::withPredicate).orElse(index);
  }

  private void places(List<Rows.Place> places) {
    places.stream().flatMap(place -> place.partitioning().stream()).forEach(metadata::partitioning);
    properties(places.stream().flatMap(place -> place.parent().stream()).toList());
  }

  private void properties(List<Rows.Parent> parents) {
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

  private TableMetadata finished() {
    TableConstraints further = new TableConstraints(exclusions, constraintTexts, indexTexts);
    if (!further.isEmpty()) {
      metadata.extension(further);
    }
    table.info().rowCount().ifPresent(rowCount -> metadata.rowCount(RowCount.about(rowCount)));
    table.size().ifPresent(metadata::sizeInBytes);
    return metadata.build();
  }
}
