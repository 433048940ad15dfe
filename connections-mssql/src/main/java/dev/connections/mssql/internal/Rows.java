package dev.connections.mssql.internal;

import dev.connections.api.CheckConstraint;
import dev.connections.api.Column;
import dev.connections.mssql.MssqlColumn;
import dev.connections.mssql.MssqlColumn.Trait;
import dev.connections.mssql.MssqlTable;
import dev.connections.mssql.internal.MssqlTypes.TypeRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rows of the catalog queries. The object id stands in each first column. */
final class Rows {
  private Rows() {}

  /** A column, with what must be added to it from other sets. */
  record ColumnRow(int id, TypeRow type, Column.Builder column, MssqlColumn beside) {
    Column build(List<String> capturedBy) {
      MssqlColumn complete =
          new MssqlColumn(
              beside.traits(),
              beside.defaultConstraint(),
              beside.identity(),
              beside.baseType(),
              beside.maskingFunction(),
              beside.sensitivity(),
              capturedBy);
      if (!complete.values().isEmpty()) {
        column.extension(complete);
      }
      return column.build();
    }
  }

  /** One column of one index; the index's own values are repeated in each. */
  record IndexRow(
      int index,
      Optional<String> name,
      String method,
      boolean unique,
      boolean primary,
      boolean uniqueConstraint,
      boolean disabled,
      Optional<String> filter,
      Optional<String> column,
      int keyPlace,
      boolean included,
      int partitionPlace,
      Optional<String> partitionMethod,
      int partitions) {}

  /** One pair of columns of one foreign key. */
  record ForeignKeyRow(
      long key,
      String name,
      Optional<String> column,
      Optional<String> referencedSchema,
      Optional<String> referencedTable,
      Optional<String> referencedColumn,
      String onUpdate,
      String onDelete,
      boolean disabled,
      boolean untrusted) {}

  /** A check or a trigger; its text is missing where the login may not see it. */
  record ConstraintRow(
      String kind, String name, Optional<String> text, boolean disabled, boolean untrusted) {
    boolean check() {
      return kind.equals("check");
    }

    CheckConstraint constraint() {
      return new CheckConstraint(Optional.of(name), text.orElse(""));
    }

    MssqlTable.Trigger trigger() {
      return new MssqlTable.Trigger(name, kind.equals("instead"), disabled, text);
    }
  }

  /**
   * An extended property: class 1 of a table (0), a column or an object below it, 7 of an index.
   */
  record PropertyRow(
      int kind, int number, Optional<String> object, String name, Optional<String> value) {}

  /** A column that change data capture captures. */
  record CapturedRow(String column, String instance) {}

  static Optional<String> text(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  static ColumnRow column(ResultSet row) throws SQLException {
    TypeRow type =
        new TypeRow(
            text(row, 4).orElse("unknown"),
            text(row, 5),
            row.getBoolean(6),
            row.getBoolean(7),
            text(row, 8),
            row.getInt(9),
            row.getInt(10),
            row.getInt(11));
    Column.Builder column =
        Column.builder(row.getString(2), MssqlTypes.of(type), row.getBoolean(13));
    text(row, 12).ifPresent(column::collation);
    text(row, 18).ifPresent(column::generatedExpression);
    text(row, 21).ifPresent(column::defaultExpression);
    if (row.getBoolean(14)) {
      column.identity();
    }
    return new ColumnRow(row.getInt(3), type, column, beside(row, type));
  }

  private static MssqlColumn beside(ResultSet row, TypeRow type) throws SQLException {
    Optional<String> seed = text(row, 15);
    Optional<String> increment = text(row, 16);
    return new MssqlColumn(
        traits(row),
        text(row, 20),
        seed.flatMap(first -> increment.map(step -> new MssqlColumn.Identity(first, step))),
        type.userDefined() ? type.base() : Optional.empty(),
        text(row, 27),
        sensitivity(row),
        List.of());
  }

  private static Optional<MssqlColumn.Sensitivity> sensitivity(ResultSet row) throws SQLException {
    MssqlColumn.Sensitivity found =
        new MssqlColumn.Sensitivity(text(row, 31), text(row, 32), text(row, 33));
    return found.label().isEmpty() && found.informationType().isEmpty()
        ? Optional.empty()
        : Optional.of(found);
  }

  private static Set<Trait> traits(ResultSet row) throws SQLException {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    add(traits, row.getBoolean(19), Trait.PERSISTED);
    add(traits, row.getBoolean(22), Trait.ROWGUID);
    add(traits, row.getBoolean(23), Trait.SPARSE);
    add(traits, row.getBoolean(24), Trait.COLUMN_SET);
    add(traits, row.getBoolean(25), Trait.FILESTREAM);
    add(traits, row.getBoolean(26), Trait.MASKED);
    add(traits, row.getBoolean(28), Trait.HIDDEN);
    switch (row.getInt(29)) {
      case 0 -> {}
      case 1 -> traits.add(Trait.PERIOD_START);
      case 2 -> traits.add(Trait.PERIOD_END);
      default -> traits.add(Trait.GENERATED_ALWAYS);
    }
    add(traits, row.getString(30) != null, Trait.ENCRYPTED);
    return traits;
  }

  private static void add(Set<Trait> traits, boolean has, Trait trait) {
    if (has) {
      traits.add(trait);
    }
  }

  static IndexRow index(ResultSet row) throws SQLException {
    return new IndexRow(
        row.getInt(2),
        text(row, 3),
        orEmpty(row.getString(4)),
        row.getBoolean(5),
        row.getBoolean(6),
        row.getBoolean(7),
        row.getBoolean(8),
        text(row, 9),
        text(row, 10),
        row.getInt(11),
        row.getBoolean(12),
        row.getInt(14),
        text(row, 15).isEmpty() ? Optional.empty() : Optional.of(orEmpty(row.getString(16))),
        row.getInt(17));
  }

  static ForeignKeyRow foreignKey(ResultSet row) throws SQLException {
    return new ForeignKeyRow(
        row.getLong(2),
        row.getString(3),
        text(row, 4),
        text(row, 5),
        text(row, 6),
        text(row, 7),
        orEmpty(row.getString(8)).replace('_', ' '),
        orEmpty(row.getString(9)).replace('_', ' '),
        row.getBoolean(10),
        row.getBoolean(11));
  }

  static ConstraintRow constraint(ResultSet row) throws SQLException {
    Optional<String> expression = text(row, 6);
    return new ConstraintRow(
        row.getString(2).strip(),
        row.getString(3),
        expression.isPresent() ? expression : text(row, 7),
        row.getBoolean(4),
        row.getBoolean(5));
  }

  static PropertyRow property(ResultSet row) throws SQLException {
    return new PropertyRow(
        row.getInt(2), row.getInt(3), text(row, 4), row.getString(5), text(row, 6));
  }

  static CapturedRow captured(ResultSet row) throws SQLException {
    return new CapturedRow(row.getString(2), row.getString(3));
  }

  /** Catalog columns that are never null are null for what was dropped meanwhile. */
  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
