package dev.connections.simulators.internal.servicenow;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes the tables of an instance: the same ones for the same seed. Families of tables extend each
 * other, up to four deep; some families repeat their parents' columns; columns refer to tables,
 * have choices and every kind of type.
 */
final class InstanceGenerator {
  private static final int FAMILY = 10;
  private static final int DEEPEST = 4;
  private static final List<String> SCOPES =
      List.of("global", "global", "global", "x_acme_fleet", "x_acme_claims");

  /** Internal types with the lengths that dictionaries give them. */
  private static final List<Map.Entry<String, String>> TYPES =
      List.of(
          Map.entry("string", "40"),
          Map.entry("integer", "40"),
          Map.entry("boolean", "40"),
          Map.entry("glide_date_time", "40"),
          Map.entry("reference", "32"),
          Map.entry("string", "4000"),
          Map.entry("decimal", "15"),
          Map.entry("glide_date", "40"),
          Map.entry("currency", "20"),
          Map.entry("float", "40"),
          Map.entry("url", "1024"),
          Map.entry("glide_list", "1024"),
          Map.entry("journal", "4000"),
          Map.entry("glide_duration", "40"),
          Map.entry("longint", "40"),
          Map.entry("u_acme_amount", "20"),
          Map.entry("choice", "40"));

  private static final List<String> INHERITED =
      List.of(
          "sys_id:GUID:32",
          "sys_created_on:glide_date_time:40",
          "sys_created_by:string:40",
          "sys_updated_on:glide_date_time:40",
          "sys_updated_by:string:40",
          "sys_mod_count:integer:40");

  private record Made(String name, String id, int depth, List<String[]> columns) {}

  private final int tables;
  private final int columns;
  private final SplittableRandom random;
  private final List<Made> made = new ArrayList<>();
  private final Map<String, List<String[]>> rows = new LinkedHashMap<>();
  private final Map<String, String> scopeIds = new LinkedHashMap<>();

  InstanceGenerator(int tables, int columns, long seed) {
    this.tables = tables;
    this.columns = columns;
    this.random = new SplittableRandom(seed);
  }

  void into(Instance instance) {
    Dictionary.all().forEach(table -> rows.put(table, new ArrayList<>()));
    scopes();
    types();
    row(Dictionary.PROPERTIES, id(), "glide.buildname", "Simulated", updated());
    for (int i = 0; i < tables; i++) {
      table(i);
    }
    rows.forEach(
        (table, made) -> instance.put(new TableData(table, Dictionary.columns(table), made)));
  }

  private String[] row(String table, String... values) {
    rows.computeIfAbsent(table, none -> new ArrayList<>()).add(values);
    return values;
  }

  private String id() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  private String updated() {
    return String.format("2026-%02d-%02d 08:00:00", 1 + random.nextInt(9), 1 + random.nextInt(28));
  }

  private void scopes() {
    for (String scope : SCOPES) {
      if (!scopeIds.containsKey(scope)) {
        scopeIds.put(scope, scope.equals("global") ? "global" : id());
        row(
            Dictionary.SCOPES,
            scopeIds.getOrDefault(scope, "global"),
            scope,
            scope,
            "1.0.0",
            updated());
      }
    }
  }

  private void types() {
    Map<String, String> scalars = new LinkedHashMap<>();
    TYPES.forEach(type -> scalars.put(type.getKey(), scalar(type.getKey())));
    scalars.put("GUID", "GUID");
    scalars.put("collection", "collection");
    scalars.forEach(
        (name, scalar) -> row(Dictionary.TYPES, id(), name, name, scalar, "40", updated()));
  }

  private static String scalar(String type) {
    return switch (type) {
      case "integer", "boolean", "decimal", "float" -> type;
      case "u_acme_amount", "currency" -> "decimal";
      case "glide_date" -> "date";
      case "glide_date_time", "glide_duration" -> "datetime";
      case "longint" -> "longint";
      default -> "string";
    };
  }

  private void table(int number) {
    boolean root = number % FAMILY == 0;
    Made parent = root ? null : made.get(parentOf(number));
    String scope = SCOPES.get(number / FAMILY % SCOPES.size());
    String prefix = scope.equals("global") ? "u" : scope;
    String name = prefix + "_table_" + String.format("%05d", number);
    Made table = new Made(name, id(), parent == null ? 0 : parent.depth() + 1, new ArrayList<>());
    made.add(table);
    row(
        Dictionary.TABLES,
        table.id(),
        name,
        "Table " + number,
        parent == null ? "" : parent.id(),
        scopeIds.getOrDefault(scope, "global"),
        Boolean.toString(root),
        repeats(number) ? "per_partition" : "per_class",
        "true",
        "sys_db_object",
        "2026-01-01 00:00:00",
        updated(),
        "0");
    row(Dictionary.COLUMNS, column(name, "", "Table " + number, "collection", "40", "", "", ""));
    own(number, table, parent);
  }

  private int parentOf(int number) {
    int first = number / FAMILY * FAMILY;
    int parent = first + random.nextInt(number - first);
    return made.get(parent).depth() < DEEPEST - 1 ? parent : first;
  }

  private static boolean repeats(int number) {
    return number / FAMILY % 20 == 7;
  }

  private void own(int number, Made table, @org.jspecify.annotations.Nullable Made parent) {
    int quota = columns / tables + (number < columns % tables ? 1 : 0);
    if (parent == null) {
      INHERITED.stream()
          .limit(quota)
          .map(text -> text.split(":", -1))
          .forEach(
              part ->
                  add(
                      table,
                      column(table.name(), part[0], label(part[0]), part[1], part[2], "", "", "")));
    } else if (repeats(number)) {
      parent.columns().stream()
          .limit(Math.min(2, quota))
          .toList()
          .forEach(repeated -> add(table, repeated(table.name(), repeated)));
    }
    while (table.columns().size() < quota) {
      business(table, table.columns().size());
    }
    if (parent != null && number % 40 == 5 && !parent.columns().isEmpty()) {
      String element = parent.columns().get(parent.columns().size() - 1)[2];
      row(
          Dictionary.OVERRIDES,
          id(),
          table.name(),
          element,
          parent.name(),
          "true",
          "true",
          "true",
          "none",
          "false",
          "false",
          "false",
          "",
          updated());
    }
  }

  private void add(Made table, String[] column) {
    table.columns().add(row(Dictionary.COLUMNS, column));
  }

  private void business(Made table, int number) {
    Map.Entry<String, String> type = TYPES.get(random.nextInt(TYPES.size()));
    String element = "u_" + type.getKey() + "_" + number + "_" + (made.size() - 1);
    String target =
        type.getKey().equals("reference") ? made.get(random.nextInt(made.size())).name() : "";
    boolean choice = type.getKey().equals("choice");
    String attributes = type.getKey().equals("decimal") ? "scale=" + random.nextInt(1, 6) : "";
    add(
        table,
        column(
            table.name(),
            element,
            label(element),
            type.getKey(),
            type.getValue(),
            target,
            choice ? "1" : "",
            attributes));
    if (choice) {
      for (int i = 1; i <= 3; i++) {
        row(
            Dictionary.CHOICES,
            id(),
            table.name(),
            element,
            Integer.toString(i),
            "Choice " + i,
            "en",
            Integer.toString(i),
            "false",
            updated());
      }
    }
  }

  private static String label(String element) {
    return element.replace('_', ' ').strip();
  }

  private String[] repeated(String table, String[] column) {
    String[] copy = column.clone();
    copy[0] = id();
    copy[1] = table;
    return copy;
  }

  private String[] column(
      String table,
      String element,
      String label,
      String type,
      String length,
      String reference,
      String choice,
      String attributes) {
    return new String[] {
      id(),
      table,
      element,
      label,
      type,
      length,
      reference,
      Boolean.toString(element.equals("sys_id")),
      Boolean.toString(element.equals("sys_id")),
      "false",
      Boolean.toString(element.equals("sys_id")),
      "false",
      "true",
      "false",
      "false",
      "",
      choice,
      attributes,
      "",
      "2026-01-01 00:00:00",
      updated()
    };
  }
}
