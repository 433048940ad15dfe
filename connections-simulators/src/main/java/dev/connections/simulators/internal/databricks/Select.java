package dev.connections.simulators.internal.databricks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A query as adapters send them to {@code information_schema} and to system tables: columns of one
 * relation, conditions joined by AND, an order and a limit. What goes beyond is a syntax error.
 */
final class Select {
  private record Condition(String column, String operator, List<String> values) {}

  private final boolean distinct;
  private final List<String> columns;
  private final List<String> from;
  private final List<Condition> conditions = new ArrayList<>();
  private final List<String> order = new ArrayList<>();
  private final OptionalInt limit;

  private Select(SqlTokens tokens, Map<String, String> parameters) {
    distinct = tokens.accept("DISTINCT");
    columns = columns(tokens);
    tokens.expect("FROM");
    from = tokens.path().stream().map(Select::folded).toList();
    if (tokens.accept("WHERE")) {
      do {
        conditions.add(condition(tokens, parameters));
      } while (tokens.accept("AND"));
    }
    if (tokens.accept("ORDER", "BY")) {
      order.addAll(columns(tokens));
    }
    limit =
        tokens.accept("LIMIT")
            ? OptionalInt.of(Integer.parseInt(tokens.next()))
            : OptionalInt.empty();
    tokens.expectEnd();
  }

  /** Reads what follows the word SELECT. */
  static Select parse(SqlTokens tokens, Map<String, String> parameters) {
    return new Select(tokens, parameters);
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static List<String> columns(SqlTokens tokens) {
    List<String> names = new ArrayList<>();
    do {
      names.add(tokens.accept("*") ? "*" : folded(tokens.name()));
    } while (tokens.accept(","));
    return names;
  }

  private static Condition condition(SqlTokens tokens, Map<String, String> parameters) {
    String column = folded(tokens.name());
    if (tokens.accept("IS", "NOT", "NULL")) {
      return new Condition(column, "present", List.of());
    }
    if (tokens.accept("IN", "(")) {
      List<String> values = new ArrayList<>();
      do {
        values.add(value(tokens, parameters));
      } while (tokens.accept(","));
      tokens.expect(")");
      return new Condition(column, "in", values);
    }
    String operator = tokens.next();
    if (!List.of("=", "<>", "<", "<=", ">", ">=").contains(operator)) {
      throw StatementRefused.syntax(operator);
    }
    return new Condition(column, operator, List.of(value(tokens, parameters)));
  }

  private static String value(SqlTokens tokens, Map<String, String> parameters) {
    String token = tokens.peek();
    if (!token.startsWith(":")) {
      return tokens.text();
    }
    String name = tokens.next().substring(1);
    if (!parameters.containsKey(name)) {
      throw new StatementRefused(
          "UNBOUND_SQL_PARAMETER", "42P02", "Found the unbound parameter: " + name + ".");
    }
    return parameters.get(name);
  }

  /** The relation's name, in lower case. */
  List<String> from() {
    return from;
  }

  /** The values that a column must have, if a condition says so. */
  List<String> equalTo(String column) {
    return conditions.stream()
        .filter(condition -> condition.column().equals(column) && condition.operator().equals("="))
        .flatMap(condition -> condition.values().stream())
        .toList();
  }

  /** Whether the conditions on a column leave room for a value. */
  boolean admits(String column, String value) {
    return conditions.stream()
        .filter(condition -> condition.column().equals(column))
        .allMatch(condition -> holds(condition, value));
  }

  Rows of(Rows relation) {
    List<String> chosen = columns.equals(List.of("*")) ? relation.columns() : columns;
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (List<@Nullable String> row : relation.rows()) {
      if (conditions.stream().allMatch(condition -> holds(condition, relation, row))) {
        rows.add(row);
      }
    }
    for (int i = order.size() - 1; i >= 0; i--) {
      int index = index(relation, order.get(i));
      rows.sort(Comparator.comparing(row -> sortKey(row.get(index))));
    }
    int[] indexes = chosen.stream().mapToInt(name -> index(relation, name)).toArray();
    List<List<@Nullable String>> projected = new ArrayList<>(rows.size());
    for (List<@Nullable String> row : rows) {
      List<@Nullable String> values = new ArrayList<>(indexes.length);
      for (int index : indexes) {
        values.add(row.get(index));
      }
      projected.add(values);
    }
    List<List<@Nullable String>> kept =
        distinct ? new ArrayList<>(new LinkedHashSet<>(projected)) : projected;
    return new Rows(chosen, kept.subList(0, Math.min(limit.orElse(kept.size()), kept.size())));
  }

  /** Numbers in their order, which texts of equal length keep. */
  private static String sortKey(@Nullable String value) {
    if (value == null) {
      return "";
    }
    return value.matches("[0-9]{1,18}") ? String.format("%018d", Long.parseLong(value)) : value;
  }

  private static boolean holds(Condition condition, Rows relation, List<@Nullable String> row) {
    String value = row.get(index(relation, condition.column()));
    return value != null && holds(condition, value);
  }

  private static boolean holds(Condition condition, String value) {
    if (condition.values().isEmpty()) {
      return true;
    }
    int order = value.compareTo(condition.values().get(0));
    return switch (condition.operator()) {
      case "=" -> order == 0;
      case "<>" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> condition.values().contains(value);
    };
  }

  private static int index(Rows relation, String column) {
    int index = relation.columns().indexOf(column);
    if (index < 0) {
      throw new StatementRefused(
          "UNRESOLVED_COLUMN.WITH_SUGGESTION",
          "42703",
          "A column with name `" + column + "` cannot be resolved.");
    }
    return index;
  }
}
