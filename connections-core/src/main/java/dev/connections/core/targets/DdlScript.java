package dev.connections.core.targets;

import dev.connections.api.ForeignKey;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;

/** Writes the statements of one script. One use, one thread. */
final class DdlScript {
  private static final String DROPPED_TAGS =
      "Tags are left out whose names or values Unity Catalog doesn't take.";

  private final Writer out;
  private final TargetNames names;
  private final DatabricksTypes types;
  private final LossListener losses;
  private final DdlKeys keys;

  /**
   * Begins a script.
   *
   * @param keysKept whether the catalog keeps keys: {@code hive_metastore} doesn't
   */
  DdlScript(
      Writer out, TargetNames names, DatabricksTypes types, LossListener losses, boolean keysKept) {
    this.keys = new DdlKeys(names, keysKept);
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
    Optional<List<MappedColumn>> key = keys.primary(table, mapped, book);
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
      out.write(",\n  " + keys.clause(table, name, key.get()));
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
      Optional<String> added = keys.foreign(target(table.name()), mapped, key);
      if (added.isPresent()) {
        out.write(added.get());
      } else {
        dropped(table.name(), key);
      }
    }
  }

  private void dropped(TableName table, ForeignKey key) throws IOException {
    LossBook book = new LossBook(table);
    book.table(
        LossKind.FOREIGN_KEY_DROPPED,
        String.join(", ", key.columns()) + " -> " + key.references().display(),
        "",
        "The foreign key is left out, as " + keys.reason(key));
    tell(book.losses());
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

  private static String comment(Optional<String> words) {
    return words
        .filter(text -> !text.isBlank())
        .map(text -> " COMMENT " + Databricks.text(text))
        .orElse("");
  }

  /** Hears of each loss. */
  interface LossListener {
    void lost(TypeLoss loss);
  }
}
