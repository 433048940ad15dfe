package dev.connections.core.targets;

import dev.connections.api.ForeignKey;
import dev.connections.api.KeyConstraint;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys of one script, as Databricks takes them. One use, one thread. */
final class DdlKeys {
  private final TargetNames names;
  private final boolean kept;
  private final Map<TableName, Primary> primaries = new HashMap<>();
  private final Set<String> constraints = new HashSet<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * Begins without any.
   *
   * @param kept whether the catalog keeps keys: {@code hive_metastore} doesn't
   */
  DdlKeys(TargetNames names, boolean kept) {
    this.names = names;
    this.kept = kept;
  }

  /** A primary key that was written: its columns as the source and as Databricks names them. */
  private record Primary(List<String> sources, List<String> targets) {}

  /** {@return the columns of a table's primary key, each once; what becomes of it is booked} */
  Optional<List<MappedColumn>> primary(TableMetadata table, MappedTable mapped, LossBook book) {
    if (table.primaryKey().isEmpty()) {
      return Optional.empty();
    }
    List<String> named = table.primaryKey().get().columns();
    if (!kept) {
      changed(book, named, "", "The primary key is left out, as hive_metastore keeps no keys.");
      return Optional.empty();
    }
    List<String> once = named.stream().distinct().toList();
    Optional<List<MappedColumn>> columns = mapped.columns(once).filter(found -> !found.isEmpty());
    if (columns.isEmpty()) {
      changed(
          book, named, "", "The primary key is left out, as it names columns that weren't read.");
      return columns;
    }
    if (once.size() < named.size()) {
      changed(
          book,
          named,
          String.join(", ", once),
          "The primary key names a column more than once; it stands there once.");
    }
    for (MappedColumn column : columns.get()) {
      if (column.source().nullable()) {
        book.column(
            column.source().name(),
            LossKind.PRIMARY_KEY_CHANGED,
            "NULL",
            "NOT NULL",
            "The column belongs to the primary key and so becomes mandatory.");
      }
    }
    return columns;
  }

  private static void changed(LossBook book, List<String> named, String target, String sentence) {
    book.table(LossKind.PRIMARY_KEY_CHANGED, String.join(", ", named), target, sentence);
  }

  /** {@return the clause of a primary key, which foreign keys may refer to from now on} */
  String clause(TableMetadata table, TargetName name, List<MappedColumn> columns) {
    List<String> targets = columns.stream().map(MappedColumn::name).toList();
    List<String> sources = columns.stream().map(column -> column.source().name()).toList();
    primaries.put(table.name(), new Primary(sources, targets));
    return "CONSTRAINT "
        + constraint(name, table.primaryKey().flatMap(KeyConstraint::name), "pk")
        + " PRIMARY KEY ("
        + list(targets)
        + ")";
  }

  /**
   * {@return the statements that add a foreign key, all tables being written; empty if it can't}
   */
  Optional<String> foreign(TargetName child, MappedTable mapped, ForeignKey key) {
    Optional<List<MappedColumn>> columns = mapped.columns(key.columns());
    Optional<List<String>> referenced = referenced(key);
    if (columns.isEmpty()
        || columns.get().isEmpty()
        || repeats(key.columns())
        || referenced.isEmpty()
        || referenced.get().size() != columns.get().size()) {
      return Optional.empty();
    }
    String name = constraint(child, key.name(), "fk");
    String alter = "ALTER TABLE " + child.sql();
    return Optional.of(
        alter
            + " DROP CONSTRAINT IF EXISTS "
            + name
            + ";\n"
            + alter
            + " ADD CONSTRAINT "
            + name
            + " FOREIGN KEY ("
            + list(columns.get().stream().map(MappedColumn::name).toList())
            + ") REFERENCES "
            + names.of(key.references()).orElseThrow().sql()
            + " ("
            + list(referenced.get())
            + ");\n");
  }

  /** A foreign key may only refer to a whole primary key. */
  private Optional<List<String>> referenced(ForeignKey key) {
    Primary parent = primaries.get(key.references());
    if (parent == null) {
      return Optional.empty();
    }
    List<String> columns = key.referencedColumns();
    if (columns.isEmpty()) {
      return Optional.of(parent.targets());
    }
    if (columns.size() != parent.sources().size()
        || !Set.copyOf(columns).equals(Set.copyOf(parent.sources()))) {
      return Optional.empty();
    }
    return Optional.of(
        columns.stream()
            .map(column -> parent.targets().get(parent.sources().indexOf(column)))
            .toList());
  }

  private static boolean repeats(List<String> columns) {
    return Set.copyOf(columns).size() < columns.size();
  }

  /** {@return why a foreign key couldn't be added} */
  String reason(ForeignKey key) {
    if (!kept) {
      return "hive_metastore keeps no keys.";
    }
    if (names.of(key.references()).isEmpty()) {
      return "the table it refers to is not part of this import.";
    }
    if (repeats(key.columns())) {
      return "it names a column more than once.";
    }
    return "the table it refers to has no primary key of these columns.";
  }

  /** A constraint's name, which is to be the only one in its schema. */
  private String constraint(TargetName table, Optional<String> source, String kind) {
    String wanted = TargetNames.valid(source.orElse(kind + "_" + table.table()));
    String own = table.schemaSql() + ".";
    int number = numbers.getOrDefault(own + wanted, 1);
    String name = wanted;
    while (!constraints.add(own + name)) {
      number++;
      name = ColumnNames.numbered(wanted, number);
    }
    numbers.put(own + wanted, number);
    return Databricks.identifier(name);
  }

  private static String list(List<String> columns) {
    return columns.stream().map(Databricks::identifier).collect(Collectors.joining(", "));
  }
}
