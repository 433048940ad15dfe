package dev.connections.postgresql.internal;

import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.SchemaName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The tables that a login may not see, and the least that shows them. */
record HiddenTables(Map<SchemaName, List<TableRow>> bySchema, String user) {
  /** More are granted by their schema: a statement that nobody can read is of no use. */
  private static final int NAMED = 50;

  static HiddenTables of(List<TableRow> tables, String user) {
    return new HiddenTables(
        tables.stream()
            .collect(
                Collectors.groupingBy(
                    table -> table.info().name().schema(), TreeMap::new, Collectors.toList())),
        user);
  }

  /** A notice for each schema that has some. */
  List<Notice> notices() {
    List<Notice> notices = new ArrayList<>();
    bySchema.forEach((schema, tables) -> notices.add(notice(schema, tables)));
    return notices;
  }

  private Notice notice(SchemaName schema, List<TableRow> tables) {
    int count = tables.size();
    return Notice.of(
            NoticeCode.HIDDEN_BY_PERMISSION,
            new Notice.Scope.Schema(schema),
            count
                + (count == 1 ? " table" : " tables")
                + " of the schema '"
                + schema.schema()
                + "' may not be read by this login and "
                + (count == 1 ? "is" : "are")
                + " left out.")
        .withRemedy("Run: " + String.join("; ", grants(schema, tables)) + ";")
        .withHidden(count);
  }

  /** What an administrator has to run. */
  List<String> grants() {
    List<String> grants = new ArrayList<>();
    bySchema.forEach((schema, tables) -> grants.addAll(grants(schema, tables)));
    return grants;
  }

  private List<String> grants(SchemaName schema, List<TableRow> tables) {
    String name = Names.quoted(schema.schema());
    String login = Names.quoted(user);
    List<String> grants = new ArrayList<>();
    if (!tables.get(0).schemaUsable()) {
      grants.add("GRANT USAGE ON SCHEMA " + name + " TO " + login);
    }
    List<String> unreadable =
        tables.stream()
            .filter(table -> !table.readable())
            .map(table -> Names.quoted(table.info().name()))
            .sorted()
            .toList();
    if (unreadable.size() > NAMED) {
      grants.add("GRANT SELECT ON ALL TABLES IN SCHEMA " + name + " TO " + login);
    } else if (!unreadable.isEmpty()) {
      grants.add("GRANT SELECT ON " + String.join(", ", unreadable) + " TO " + login);
    }
    return grants;
  }
}
