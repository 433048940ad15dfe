package dev.connections.core.internal.importing;

import dev.connections.api.CheckConstraint;
import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.ForeignKey;
import dev.connections.api.Index;
import dev.connections.api.KeyConstraint;
import dev.connections.api.Partitioning;
import dev.connections.api.PlainText;
import dev.connections.api.Section;
import dev.connections.api.TableMetadata;
import dev.connections.core.importing.MetadataChange;
import dev.connections.core.importing.MetadataChange.What;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** What is otherwise between two readings of one table, as far as both read it. */
public final class TableComparison {
  private static final int LONGEST = 200;

  private final TableMetadata before;
  private final TableMetadata after;
  private final List<MetadataChange> changes = new ArrayList<>();

  private TableComparison(TableMetadata before, TableMetadata after) {
    this.before = before;
    this.after = after;
  }

  /**
   * {@return what is otherwise, in the order of the parts of a table}
   *
   * @param before one reading
   * @param after a later one
   */
  public static List<MetadataChange> of(TableMetadata before, TableMetadata after) {
    TableComparison comparison = new TableComparison(before, after);
    comparison.compare();
    return comparison.changes;
  }

  private boolean bothRead(Section section) {
    return before.loaded().contains(section) && after.loaded().contains(section);
  }

  private void compare() {
    String kind = before.info().kind().id();
    if (!kind.equals(after.info().kind().id())) {
      add(What.KIND, Optional.empty(), text(kind), text(after.info().kind().id()), false);
    }
    if (bothRead(Section.COLUMNS)) {
      columns();
    }
    if (bothRead(Section.KEYS)) {
      primaryKey();
      parts(What.UNIQUE_KEY, before.uniqueKeys(), after.uniqueKeys(), TableComparison::unique);
    }
    if (bothRead(Section.FOREIGN_KEYS)) {
      parts(
          What.FOREIGN_KEY, before.foreignKeys(), after.foreignKeys(), TableComparison::reference);
    }
    if (bothRead(Section.INDEXES)) {
      parts(What.INDEX, before.indexes(), after.indexes(), TableComparison::index);
    }
    if (bothRead(Section.CHECKS)) {
      parts(What.CHECK, before.checks(), after.checks(), TableComparison::check);
    }
    if (bothRead(Section.PARTITIONING) && !before.partitioning().equals(after.partitioning())) {
      add(
          What.PARTITIONING,
          Optional.empty(),
          before.partitioning().flatMap(TableComparison::partitions),
          after.partitioning().flatMap(TableComparison::partitions),
          false);
    }
    if (bothRead(Section.DEFINITION) && !before.definition().equals(after.definition())) {
      add(What.DEFINITION, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }
    if (bothRead(Section.DESCRIPTIONS)) {
      description(Optional.empty(), before.info().description(), after.info().description());
    }
  }

  private void columns() {
    Map<String, Column> old = byName(before.columns());
    Map<String, Column> now = byName(after.columns());
    for (Column column : before.columns()) {
      if (!now.containsKey(column.name())) {
        add(What.COLUMN_REMOVED, name(column), type(column.type(), true), Optional.empty(), true);
      }
    }
    for (Column column : after.columns()) {
      Column was = old.get(column.name());
      if (was == null) {
        add(What.COLUMN_ADDED, name(column), Optional.empty(), type(column.type(), true), false);
      } else {
        column(was, column);
      }
    }
    List<String> stayed = new ArrayList<>(old.keySet());
    stayed.retainAll(now.keySet());
    List<String> order = new ArrayList<>(now.keySet());
    order.retainAll(old.keySet());
    if (!stayed.equals(order)) {
      add(What.COLUMN_ORDER, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }
  }

  /** Some sources have two columns of one name: the first stands for both. */
  private static Map<String, Column> byName(List<Column> columns) {
    Map<String, Column> map = new LinkedHashMap<>();
    columns.forEach(column -> map.putIfAbsent(column.name(), column));
    return map;
  }

  private void column(Column was, Column is) {
    if (!was.type().equals(is.type())) {
      boolean spelling = was.type().nativeType().equals(is.type().nativeType());
      add(
          What.COLUMN_TYPE,
          name(is),
          type(was.type(), spelling),
          type(is.type(), spelling),
          !holdsAll(was.type(), is.type()));
    }
    if (was.nullable() != is.nullable()) {
      add(What.COLUMN_NULLABLE, name(is), Optional.empty(), Optional.empty(), is.nullable());
    }
    if (!filling(was).equals(filling(is))) {
      add(What.COLUMN_DEFAULT, name(is), filling(was), filling(is), false);
    }
    if (bothRead(Section.DESCRIPTIONS)) {
      description(name(is), was.description(), is.description());
    }
  }

  private void description(Optional<String> column, Optional<String> was, Optional<String> is) {
    if (!was.equals(is)) {
      add(
          What.DESCRIPTION,
          column,
          was.flatMap(TableComparison::text),
          is.flatMap(TableComparison::text),
          false);
    }
  }

  /** Whether each value of one type is a value of another, as far as length and digits say. */
  private static boolean holdsAll(DataType was, DataType is) {
    return was.kind() == is.kind()
        && was.children().equals(is.children())
        && atLeast(is.length(), was.length())
        && atLeast(is.precision(), was.precision())
        && atLeast(is.scale(), was.scale())
        && atLeast(wholeDigits(is), wholeDigits(was));
  }

  /** What has no bound holds what has one. */
  private static boolean atLeast(OptionalInt is, OptionalInt was) {
    return is.isEmpty() || (was.isPresent() && is.getAsInt() >= was.getAsInt());
  }

  private static OptionalInt wholeDigits(DataType type) {
    return type.precision().isPresent() && type.scale().isPresent()
        ? OptionalInt.of(type.precision().getAsInt() - type.scale().getAsInt())
        : OptionalInt.empty();
  }

  private static Optional<String> filling(Column column) {
    List<String> parts = new ArrayList<>();
    column.defaultExpression().ifPresent(text -> parts.add("default " + text));
    column.generatedExpression().ifPresent(text -> parts.add("generated " + text));
    column.collation().ifPresent(text -> parts.add("collation " + text));
    if (column.identity()) {
      parts.add("identity");
    }
    return parts.isEmpty() ? Optional.empty() : text(String.join(", ", parts));
  }

  private void primaryKey() {
    Optional<List<String>> was = before.primaryKey().map(KeyConstraint::columns);
    Optional<List<String>> is = after.primaryKey().map(KeyConstraint::columns);
    if (!was.equals(is)) {
      add(
          What.PRIMARY_KEY,
          Optional.empty(),
          was.flatMap(TableComparison::names),
          is.flatMap(TableComparison::names),
          was.isPresent());
    }
  }

  /**
   * A part as it is compared.
   *
   * @param name its name; what has none is its content
   * @param content what it consists of
   */
  private record Part(Optional<String> name, String content) {
    String key() {
      return name.orElse(content);
    }
  }

  private static Part unique(KeyConstraint key) {
    return new Part(key.name(), String.join(", ", key.columns()));
  }

  private static Part reference(ForeignKey key) {
    return new Part(
        key.name(),
        String.join(", ", key.columns())
            + " to "
            + key.references().display()
            + " ("
            + String.join(", ", key.referencedColumns())
            + ")"
            + key.onUpdate().map(rule -> ", on update " + rule).orElse("")
            + key.onDelete().map(rule -> ", on delete " + rule).orElse("")
            + (key.enforced() ? "" : ", not enforced"));
  }

  private static Part index(Index index) {
    return new Part(
        Optional.of(index.name()),
        (index.unique() ? "unique on " : "on ")
            + String.join(", ", index.columns())
            + (index.included().isEmpty() ? "" : " with " + String.join(", ", index.included()))
            + index.method().map(method -> ", " + method).orElse("")
            + index.predicate().map(rows -> ", where " + rows).orElse(""));
  }

  private static Part check(CheckConstraint check) {
    return new Part(check.name(), check.expression());
  }

  private <T> void parts(What what, List<T> old, List<T> now, Function<T, Part> part) {
    Map<String, Part> was = new LinkedHashMap<>();
    Map<String, Part> is = new LinkedHashMap<>();
    old.stream().map(part).forEach(some -> was.putIfAbsent(some.key(), some));
    now.stream().map(part).forEach(some -> is.putIfAbsent(some.key(), some));
    Set<String> keys = new LinkedHashSet<>(was.keySet());
    keys.addAll(is.keySet());
    for (String key : keys) {
      Optional<Part> then = Optional.ofNullable(was.get(key));
      Optional<Part> today = Optional.ofNullable(is.get(key));
      if (!then.equals(today)) {
        add(
            what,
            today.or(() -> then).flatMap(Part::name),
            then.map(Part::content).flatMap(TableComparison::text),
            today.map(Part::content).flatMap(TableComparison::text),
            false);
      }
    }
  }

  private static Optional<String> partitions(Partitioning partitioning) {
    return text(partitioning.method() + " by " + String.join(", ", partitioning.columns()));
  }

  private static Optional<String> names(List<String> names) {
    return text(String.join(", ", names));
  }

  private static Optional<String> name(Column column) {
    return Optional.of(column.name());
  }

  /** The source's spelling, and the bounds where the spelling alone doesn't tell the difference. */
  private static Optional<String> type(DataType type, boolean bounds) {
    List<String> parts = new ArrayList<>();
    type.length().ifPresent(length -> parts.add("length " + length));
    type.precision().ifPresent(precision -> parts.add("precision " + precision));
    type.scale().ifPresent(scale -> parts.add("scale " + scale));
    return text(
        bounds && !parts.isEmpty() && !type.nativeType().contains("(")
            ? type.nativeType() + ", " + String.join(", ", parts)
            : type.nativeType());
  }

  private static Optional<String> text(String text) {
    return Optional.of(PlainText.of(text, LONGEST));
  }

  private void add(
      What what,
      Optional<String> object,
      Optional<String> was,
      Optional<String> is,
      boolean breaking) {
    changes.add(new MetadataChange(what, object, was, is, breaking));
  }
}
