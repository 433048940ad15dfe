package dev.connections.core.targets;

import dev.connections.api.ForeignKey;
import dev.connections.api.KeyConstraint;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the statements of one script. One use, one thread. */
final class DdlScript {
  private static final String DROPPED_TAGS =
      "Tags are left out whose names or values Unity Catalog doesn't take.";

  private final Writer out;
  private final TargetNames names;
  private final DatabricksTypes types;
  private final LossListener losses;
  private final boolean keysKept;
  private final Map<TableName, KeyConstraint> keys = new HashMap<>();
  private final Map<TableName, List<String>> keyTargets = new HashMap<>();
  private final Set<String> constraints = new HashSet<>();

  /**
   * Begins a script.
   *
   * @param keysKept whether the catalog keeps keys: {@code hive_metastore} doesn't
   */
  DdlScript(
      Writer out, TargetNames names, DatabricksTypes types, LossListener losses, boolean keysKept) {
    this.keysKept = keysKept;
    this.out = out;
    this.names = names;
    this.types = types;
    this.losses = losses;
  }

  void schemas() throws IOException {
    for (String schema : names.schemasSql()) {
      out.write("CREATE SCHEMA IF NOT EXISTS " + schema + ";\n");
    }
  }

  /**
   * Writes a table, or the reason why there is none, and remembers its primary key.
   *
   * @return whether the table is created
   */
  boolean table(TableMetadata table) throws IOException {
    TargetName name = target(table.name());
    LossBook book = new LossBook(table.name());
    book(table, name, book);
    out.write("\n-- " + Databricks.remark(table.name().display()) + "\n");
    if (isView(table)) {
      view(table, name, book);
      tell(book.losses());
      return false;
    }
    MappedTable mapped = types.map(table);
    if (mapped.columns().isEmpty()) {
      book.table(LossKind.NO_COLUMNS, "", "", "No columns are known, so no table is created.");
      tell(book.losses());
      return false;
    }
    Optional<List<MappedColumn>> key = key(table, mapped, book);
    tell(mapped.losses());
    tell(book.losses());
    create(table, name, mapped, key);
    return true;
  }

  private void create(
      TableMetadata table, TargetName name, MappedTable mapped, Optional<List<MappedColumn>> key)
      throws IOException {
    out.write("CREATE TABLE IF NOT EXISTS " + name.sql() + " (");
    String separator = "\n";
    for (MappedColumn column : mapped.columns()) {
      boolean mandatory =
          !column.source().nullable() || (key.isPresent() && key.get().contains(column));
      out.write(separator + "  " + Databricks.identifier(column.name()) + " " + column.type());
      out.write(mandatory ? " NOT NULL" : "");
      out.write(comment(column.source().description()));
      separator = ",\n";
    }
    if (key.isPresent()) {
      List<String> columns = key.get().stream().map(MappedColumn::name).toList();
      keys.put(table.name(), table.primaryKey().orElseThrow());
      keyTargets.put(table.name(), columns);
      out.write(
          ",\n  CONSTRAINT "
              + constraint(name, table.primaryKey().flatMap(KeyConstraint::name), "pk")
              + " PRIMARY KEY ("
              + list(columns)
              + ")");
    }
    out.write("\n)\nUSING DELTA");
    String words = comment(table.info().description());
    out.write(words.isEmpty() ? "" : "\n" + words.strip());
    out.write(
        mapped.columnMapping() ? "\nTBLPROPERTIES ('delta.columnMapping.mode' = 'name')" : "");
    out.write(";\n");
  }

  /** {@return whether a table or one of its columns bears a tag} */
  static boolean hasTags(TableMetadata table) {
    return !SourceTags.of(table.extensions()).isEmpty()
        || table.columns().stream()
            .anyMatch(column -> !SourceTags.of(column.extensions()).isEmpty());
  }

  /** Sets the tags of a table that was created, and of its columns. */
  void tags(TableMetadata table) throws IOException {
    LossBook book = new LossBook(table.name());
    String alter = "ALTER TABLE " + target(table.name()).sql();
    SourceTags own = SourceTags.of(table.extensions());
    if (own.refused() > 0) {
      book.table(LossKind.TAG_DROPPED, own.refused() + " tags", "", DROPPED_TAGS);
    }
    tags(alter, own);
    for (MappedColumn column : types.map(table).columns()) {
      SourceTags tags = SourceTags.of(column.source().extensions());
      if (tags.refused() > 0) {
        book.column(
            column.source().name(),
            LossKind.TAG_DROPPED,
            tags.refused() + " tags",
            "",
            DROPPED_TAGS);
      }
      tags(alter + " ALTER COLUMN " + Databricks.identifier(column.name()), tags);
    }
    tell(book.losses());
  }

  private void tags(String alter, SourceTags tags) throws IOException {
    if (tags.sql().isPresent()) {
      out.write(alter + " SET TAGS " + tags.sql().get() + ";\n");
    }
  }

  /** Writes the foreign keys of a table, all tables being written. */
  void foreignKeys(TableMetadata table) throws IOException {
    if (isView(table)) {
      return;
    }
    MappedTable mapped = types.map(table);
    for (ForeignKey key : table.foreignKeys()) {
      Optional<List<MappedColumn>> columns = mapped.columns(key.columns());
      Optional<List<String>> referenced = referenced(key);
      if (columns.isEmpty()
          || columns.get().isEmpty()
          || referenced.isEmpty()
          || referenced.get().size() != columns.get().size()) {
        dropped(table.name(), key);
        continue;
      }
      TargetName child = target(table.name());
      String name = constraint(child, key.name(), "fk");
      out.write("ALTER TABLE " + child.sql() + " DROP CONSTRAINT IF EXISTS " + name + ";\n");
      out.write(
          "ALTER TABLE "
              + child.sql()
              + " ADD CONSTRAINT "
              + name
              + " FOREIGN KEY ("
              + list(columns.get().stream().map(MappedColumn::name).toList())
              + ") REFERENCES "
              + target(key.references()).sql()
              + " ("
              + list(referenced.get())
              + ");\n");
    }
  }

  /** A foreign key may only refer to a whole primary key. */
  private Optional<List<String>> referenced(ForeignKey key) {
    KeyConstraint parent = keys.get(key.references());
    List<String> targets = keyTargets.get(key.references());
    if (parent == null || targets == null) {
      return Optional.empty();
    }
    List<String> sources = parent.columns();
    if (key.referencedColumns().isEmpty()) {
      return Optional.of(targets);
    }
    if (key.referencedColumns().size() != sources.size()
        || !Set.copyOf(key.referencedColumns()).equals(Set.copyOf(sources))) {
      return Optional.empty();
    }
    return Optional.of(
        key.referencedColumns().stream()
            .map(column -> targets.get(sources.indexOf(column)))
            .toList());
  }

  private void dropped(TableName table, ForeignKey key) throws IOException {
    LossBook book = new LossBook(table);
    String reason =
        !keysKept
            ? "hive_metastore keeps no keys."
            : names.of(key.references()).isEmpty()
                ? "the table it refers to is not part of this import."
                : "the table it refers to has no primary key of these columns.";
    book.table(
        LossKind.FOREIGN_KEY_DROPPED,
        String.join(", ", key.columns()) + " -> " + key.references().display(),
        "",
        "The foreign key is left out, as " + reason);
    tell(book.losses());
  }

  private Optional<List<MappedColumn>> key(TableMetadata table, MappedTable mapped, LossBook book) {
    if (table.primaryKey().isEmpty()) {
      return Optional.empty();
    }
    KeyConstraint key = table.primaryKey().get();
    if (!keysKept) {
      book.table(
          LossKind.PRIMARY_KEY_CHANGED,
          String.join(", ", key.columns()),
          "",
          "The primary key is left out, as hive_metastore keeps no keys.");
      return Optional.empty();
    }
    Optional<List<MappedColumn>> columns =
        mapped.columns(key.columns()).filter(found -> !found.isEmpty());
    if (columns.isEmpty()) {
      book.table(
          LossKind.PRIMARY_KEY_CHANGED,
          String.join(", ", key.columns()),
          "",
          "The primary key is left out, as it names columns that weren't read.");
      return columns;
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

  private void view(TableMetadata table, TargetName name, LossBook book) throws IOException {
    book.table(
        LossKind.VIEW_NOT_TRANSLATED,
        table.info().kind().id(),
        "",
        "The view isn't created, as its query is in the source's dialect.");
    out.write("-- View " + Databricks.remark(name.display()) + "\n");
    if (table.definition().isPresent()) {
      for (String line : table.definition().get().split("\\R", -1)) {
        out.write("--   " + Databricks.remark(line).stripTrailing() + "\n");
      }
    }
  }

  private static void book(TableMetadata table, TargetName name, LossBook book) {
    String source = table.name().table();
    if (!name.table().endsWith(Databricks.folded(source))) {
      book.table(
          LossKind.RENAMED,
          source,
          name.table(),
          "The table's name isn't allowed in Unity Catalog, or is taken; it becomes '"
              + name.table()
              + "'.");
    }
  }

  /** What weighs is said where it is; the rest is counted, and listed in the report. */
  private void tell(List<TypeLoss> told) throws IOException {
    for (TypeLoss loss : told) {
      losses.lost(loss);
      if (loss.severity() == LossKind.Severity.LOSS || worthARemark(loss.kind())) {
        String where = loss.column().map(column -> column + ": ").orElse("");
        out.write(
            "-- "
                + (loss.severity() == LossKind.Severity.LOSS ? "LOSS " : "NOTE ")
                + Databricks.remark(where + loss.sentence())
                + "\n");
      }
    }
  }

  private static boolean worthARemark(LossKind kind) {
    return switch (kind) {
      case RENAMED, PRIMARY_KEY_CHANGED, FOREIGN_KEY_DROPPED, TAG_DROPPED -> true;
      default -> false;
    };
  }

  private static boolean isView(TableMetadata table) {
    TableKind kind = table.info().kind();
    return kind.equals(TableKind.VIEW) || kind.equals(TableKind.MATERIALIZED_VIEW);
  }

  private TargetName target(TableName table) {
    return names
        .of(table)
        .orElseThrow(() -> new IllegalStateException("a table without a target name"));
  }

  /** A constraint's name, which is to be the only one in its schema. */
  private String constraint(TargetName table, Optional<String> source, String kind) {
    String wanted = TargetNames.valid(source.orElse(kind + "_" + table.table()));
    String name = wanted;
    for (int number = 2; !constraints.add(table.schemaSql() + "." + name); number++) {
      String suffix = "_" + number;
      name = ColumnNames.shortened(wanted, Databricks.LONGEST_NAME - suffix.length()) + suffix;
    }
    return Databricks.identifier(name);
  }

  private static String comment(Optional<String> words) {
    return words
        .filter(text -> !text.isBlank())
        .map(text -> " COMMENT " + Databricks.text(text))
        .orElse("");
  }

  private static String list(List<String> columns) {
    return columns.stream().map(Databricks::identifier).collect(Collectors.joining(", "));
  }

  /** Hears of each loss. */
  interface LossListener {
    void lost(TypeLoss loss);
  }
}
