package dev.connections.postgresql.internal;

import dev.connections.api.Column;
import dev.connections.api.Partitioning;
import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.postgresql.SequenceInfo;
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

  /** A column with its number, by which keys and indexes name it. */
  record ColumnRow(int number, String name, Optional<Column.Builder> column, boolean gone) {}

  /** A constraint of any kind; the columns are numbers of the table's own. */
  record ConstraintRow(
      String kind,
      String name,
      List<Integer> columns,
      String text,
      Optional<Target> target,
      Optional<String> description) {}

  /** What a foreign key refers to, and by which rules. */
  record Target(
      TableName table, List<String> columns, String onUpdate, String onDelete, boolean valid) {}

  /** An index; a column of number zero is an expression. */
  record IndexRow(
      String name,
      boolean unique,
      String method,
      Optional<String> predicate,
      List<Integer> columns,
      int keys,
      List<String> expressions,
      Optional<String> description) {}

  /** The sequence of the column of a number. */
  record SequenceRow(int column, SequenceInfo sequence) {}

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

  /** Numbers as an array ({@code {1,2}}) or a vector ({@code 1 2}) has them. */
  static List<Integer> numbers(@Nullable String text) {
    List<Integer> numbers = new ArrayList<>(4);
    int number = -1;
    for (int i = 0; text != null && i <= text.length(); i++) {
      int digit = i < text.length() ? text.charAt(i) - '0' : -1;
      if (digit >= 0 && digit <= 9) {
        number = Math.max(0, number) * 10 + digit;
      } else if (number >= 0) {
        numbers.add(number);
        number = -1;
      }
    }
    return numbers;
  }

  /** Without a column for a table that has none: so it is told from a dropped one. */
  static ColumnRow column(ResultSet row, PostgresTypes types) throws SQLException {
    String name = row.getString(3);
    if (name == null) {
      return new ColumnRow(0, "", Optional.empty(), false);
    }
    long type = row.getLong(4);
    boolean nullable = !row.getBoolean(7) && !types.isNotNull(type);
    Column.Builder column =
        Column.builder(name, types.of(type, row.getInt(5), () -> row.getString(6)), nullable);
    Optional.ofNullable(row.getString(8)).ifPresent(column::description);
    Optional<String> expression = Optional.ofNullable(row.getString(10));
    if (row.getString(11).isEmpty()) {
      expression.ifPresent(column::defaultExpression);
    } else {
      expression.ifPresent(column::generatedExpression);
    }
    if (!row.getString(12).isEmpty()) {
      column.identity();
    }
    Optional.ofNullable(row.getString(13)).ifPresent(column::collation);
    types.userType(type).ifPresent(column::extension);
    // PostgreSQL words no expression of a table that was dropped after the reading began.
    boolean gone = row.getBoolean(9) && expression.isEmpty();
    return new ColumnRow(row.getInt(2), name, Optional.of(column), gone);
  }

  static ConstraintRow constraint(ResultSet row) throws SQLException {
    String kind = row.getString(2);
    return new ConstraintRow(
        kind,
        row.getString(3),
        numbers(row.getString(4)),
        orEmpty(row.getString(5)),
        kind.equals("f")
            ? Optional.of(
                new Target(
                    SchemaName.of(row.getString(6)).table(row.getString(7)),
                    texts(row, 8),
                    rule(row.getString(9)),
                    rule(row.getString(10)),
                    row.getBoolean(11)))
            : Optional.empty(),
        Optional.ofNullable(row.getString(12)));
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

  static IndexRow index(ResultSet row) throws SQLException {
    return new IndexRow(
        row.getString(2),
        row.getBoolean(3),
        row.getString(4),
        Optional.ofNullable(row.getString(8)),
        numbers(row.getString(5)),
        row.getInt(6),
        texts(row, 7),
        Optional.ofNullable(row.getString(9)));
  }

  static SequenceRow sequence(ResultSet row) throws SQLException {
    return new SequenceRow(
        row.getInt(2),
        new SequenceInfo(
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getLong(6),
            row.getLong(7),
            row.getLong(8),
            row.getLong(9),
            row.getLong(10),
            row.getBoolean(11),
            row.getBoolean(12),
            Optional.ofNullable(row.getString(13))));
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
