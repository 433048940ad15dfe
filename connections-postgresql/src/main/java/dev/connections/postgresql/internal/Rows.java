package dev.connections.postgresql.internal;

import dev.connections.api.CheckConstraint;
import dev.connections.api.Column;
import dev.connections.api.ForeignKey;
import dev.connections.api.Index;
import dev.connections.api.KeyConstraint;
import dev.connections.api.Partitioning;
import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the rows of the catalog queries. The object id stands in each first column. */
final class Rows {
  private Rows() {}

  /** A primary or unique key. */
  record Key(boolean primary, KeyConstraint constraint) {}

  /** A parent by inheritance, or the table that this one is a partition of. */
  record Parent(TableName name, boolean partitioned, Optional<String> bound) {}

  /** Where a table stands among others: below a parent, above partitions, or both. */
  record Place(Optional<Parent> parent, Optional<Partitioning> partitioning) {}

  static List<String> texts(ResultSet row, int column) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }

  static PostgresTypes.TypeRow type(ResultSet row) throws SQLException {
    return new PostgresTypes.TypeRow(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getLong(5),
        row.getInt(6),
        row.getLong(7),
        row.getString(8),
        row.getString(9),
        Optional.ofNullable(row.getString(10)),
        texts(row, 11),
        row.getBoolean(12),
        texts(row, 13),
        members(row));
  }

  private static List<PostgresTypes.Member> members(ResultSet row) throws SQLException {
    List<String> names = texts(row, 14);
    List<String> types = texts(row, 15);
    List<String> modifiers = texts(row, 16);
    List<String> texts = texts(row, 17);
    List<PostgresTypes.Member> members = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      members.add(
          new PostgresTypes.Member(
              names.get(i),
              Long.parseLong(types.get(i)),
              Integer.parseInt(modifiers.get(i)),
              texts.get(i)));
    }
    return members;
  }

  /** Empty for a table without columns, which has one row too: so it is told from a dropped one. */
  static Optional<Column> column(ResultSet row, PostgresTypes types) throws SQLException {
    String name = row.getString(2);
    if (name == null) {
      return Optional.empty();
    }
    long type = row.getLong(3);
    boolean nullable = !row.getBoolean(6) && !types.isNotNull(type);
    Column.Builder column =
        Column.builder(name, types.of(type, row.getInt(4), row.getString(5)), nullable);
    Optional.ofNullable(row.getString(7)).ifPresent(column::description);
    Optional<String> expression = Optional.ofNullable(row.getString(8));
    if (row.getString(9).isEmpty()) {
      expression.ifPresent(column::defaultExpression);
    } else {
      expression.ifPresent(column::generatedExpression);
    }
    if (!row.getString(10).isEmpty()) {
      column.identity();
    }
    Optional.ofNullable(row.getString(11)).ifPresent(column::collation);
    types.userType(type).ifPresent(column::extension);
    return Optional.of(column.build());
  }

  static Key key(ResultSet row) throws SQLException {
    return new Key(
        row.getBoolean(3), new KeyConstraint(Optional.of(row.getString(2)), texts(row, 4)));
  }

  static ForeignKey foreignKey(ResultSet row) throws SQLException {
    ForeignKey key =
        ForeignKey.of(
                row.getString(2),
                texts(row, 3),
                SchemaName.of(row.getString(4)).table(row.getString(5)),
                texts(row, 6))
            .withRules(rule(row.getString(7)), rule(row.getString(8)));
    return row.getBoolean(9) ? key : key.notEnforced();
  }

  private static String rule(String letter) {
    return switch (letter) {
      case "c" -> "CASCADE";
      case "n" -> "SET NULL";
      case "d" -> "SET DEFAULT";
      case "r" -> "RESTRICT";
      default -> "NO ACTION";
    };
  }

  static CheckConstraint check(ResultSet row) throws SQLException {
    return new CheckConstraint(Optional.of(row.getString(2)), orEmpty(row.getString(3)));
  }

  static Index index(ResultSet row) throws SQLException {
    Index index =
        Index.of(row.getString(2), row.getBoolean(3), texts(row, 5).toArray(String[]::new))
            .withIncluded(texts(row, 6))
            .withMethod(row.getString(4));
    String predicate = row.getString(7);
    return predicate == null ? index : index.withPredicate(predicate);
  }

  static Place place(ResultSet row) throws SQLException {
    String parent = row.getString(2);
    return new Place(
        parent == null
            ? Optional.empty()
            : Optional.of(
                new Parent(
                    SchemaName.of(parent).table(row.getString(3)),
                    row.getBoolean(4),
                    Optional.ofNullable(row.getString(5)))),
        row.getString(6) == null ? Optional.empty() : Optional.of(partitioning(row)));
  }

  private static Partitioning partitioning(ResultSet row) throws SQLException {
    String method =
        switch (row.getString(6)) {
          case "l" -> "list";
          case "h" -> "hash";
          default -> "range";
        };
    List<String> columns = texts(row, 7);
    // Where an expression takes part, the whole key in PostgreSQL's words is the truth.
    List<String> parts =
        columns.contains("(expression)") ? List.of(orEmpty(row.getString(8))) : columns;
    return new Partitioning(method, parts, OptionalLong.of(row.getLong(9)));
  }

  /** Catalog functions answer null for what was dropped meanwhile. */
  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
