package dev.connections.databricks.internal;

import dev.connections.api.ForeignKey;
import dev.connections.api.KeyConstraint;
import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.http.JsonRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Joins what the three relations of {@code information_schema} say of keys: which there are, their
 * columns, and which key a reference leads to. The relations' rows come in any order; catalogs may
 * refer to each other. Safe for several threads until {@link #byTable}.
 */
final class KeyBook {
  private record Id(String catalog, String schema, String name) {}

  private record Constraint(Id id, TableName table, String type) {}

  /** A column, and for references the place of its counterpart in the key. */
  private record Part(String column, int counterpart) {}

  private final List<Constraint> constraints = new ArrayList<>();
  private final Map<Constraint, Map<Integer, Part>> parts = new HashMap<>();
  private final Map<Id, Id> references = new HashMap<>();
  private final Map<Id, List<Constraint>> byName = new HashMap<>();

  /** Takes rows of {@code table_constraints}. */
  synchronized void constraints(String catalog, StatementResult result) {
    for (JsonRows.Row row : result.rows()) {
      Constraint constraint =
          new Constraint(
              id(catalog, result, row, "constraint_schema", "constraint_name"),
              table(catalog, result, row),
              text(result, row, "constraint_type"));
      constraints.add(constraint);
      byName.computeIfAbsent(constraint.id(), id -> new ArrayList<>()).add(constraint);
    }
  }

  /** Takes rows of {@code key_column_usage}, after those of the constraints. */
  synchronized void columns(String catalog, StatementResult result) {
    for (JsonRows.Row row : result.rows()) {
      Id id = id(catalog, result, row, "constraint_schema", "constraint_name");
      TableName table = table(catalog, result, row);
      int place = number(result, row, "ordinal_position", 1);
      Part part =
          new Part(
              text(result, row, "column_name"),
              number(result, row, "position_in_unique_constraint", place));
      byName.getOrDefault(id, List.of()).stream()
          .filter(constraint -> constraint.table().equals(table))
          .forEach(
              constraint ->
                  parts.computeIfAbsent(constraint, same -> new TreeMap<>()).put(place, part));
    }
  }

  /** Takes rows of {@code referential_constraints}. */
  synchronized void references(String catalog, StatementResult result) {
    for (JsonRows.Row row : result.rows()) {
      references.put(
          id(catalog, result, row, "constraint_schema", "constraint_name"),
          id(
              result.text(row, "unique_constraint_catalog").orElse(catalog),
              result,
              row,
              "unique_constraint_schema",
              "unique_constraint_name"));
    }
  }

  private static Id id(
      String catalog, StatementResult result, JsonRows.Row row, String schema, String name) {
    return new Id(catalog, text(result, row, schema), text(result, row, name));
  }

  private static TableName table(String catalog, StatementResult result, JsonRows.Row row) {
    return SchemaName.of(catalog, text(result, row, "table_schema"))
        .table(text(result, row, "table_name"));
  }

  private static String text(StatementResult result, JsonRows.Row row, String column) {
    return result.text(row, column).orElse("");
  }

  private static int number(
      StatementResult result, JsonRows.Row row, String column, int otherwise) {
    return result
        .text(row, column)
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(Integer::parseInt)
        .orElse(otherwise);
  }

  /** {@return the keys of each table that has some} */
  synchronized Map<TableName, TableKeys> byTable() {
    Map<TableName, List<Constraint>> tables = new HashMap<>();
    for (Constraint constraint : constraints) {
      tables.computeIfAbsent(constraint.table(), name -> new ArrayList<>()).add(constraint);
    }
    Map<TableName, TableKeys> keys = new HashMap<>();
    tables.forEach((name, own) -> keys.put(name, keys(own)));
    return keys;
  }

  private TableKeys keys(List<Constraint> own) {
    Optional<KeyConstraint> primary = Optional.empty();
    List<KeyConstraint> unique = new ArrayList<>();
    List<ForeignKey> foreign = new ArrayList<>();
    int unresolved = 0;
    for (Constraint constraint : own) {
      switch (constraint.type()) {
        case "PRIMARY KEY" -> primary = Optional.of(key(constraint));
        case "UNIQUE" -> unique.add(key(constraint));
        case "FOREIGN KEY" -> {
          Optional<ForeignKey> reference = reference(constraint);
          reference.ifPresent(foreign::add);
          unresolved += reference.isPresent() ? 0 : 1;
        }
        default -> {} // a check is a property of the table
      }
    }
    return new TableKeys(primary, unique, foreign, unresolved);
  }

  private KeyConstraint key(Constraint constraint) {
    return new KeyConstraint(Optional.of(constraint.id().name()), columns(constraint));
  }

  private List<String> columns(Constraint constraint) {
    return parts(constraint).values().stream().map(Part::column).toList();
  }

  private Map<Integer, Part> parts(Constraint constraint) {
    return parts.getOrDefault(constraint, Map.of());
  }

  private Optional<ForeignKey> reference(Constraint constraint) {
    Optional<Constraint> parent =
        Optional.ofNullable(references.get(constraint.id()))
            .flatMap(id -> byName.getOrDefault(id, List.of()).stream().findFirst());
    if (parent.isEmpty() || parts(constraint).isEmpty()) {
      return Optional.empty();
    }
    List<String> own = new ArrayList<>();
    List<String> theirs = new ArrayList<>();
    for (Part part : parts(constraint).values()) {
      Part counterpart = parts(parent.get()).get(part.counterpart());
      if (counterpart == null) {
        return Optional.empty();
      }
      own.add(part.column());
      theirs.add(counterpart.column());
    }
    return Optional.of(
        ForeignKey.of(constraint.id().name(), own, parent.get().table(), theirs).notEnforced());
  }
}
