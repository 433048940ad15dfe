package dev.connections.mssql.internal;

import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.jdbc.CatalogQuery;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.Session;
import dev.connections.mssql.DatabaseObjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads routines, synonyms and sequences; what a server lacks or refuses is a gap. */
final class SchemaObjects implements DatabaseObjects {
  private final Database database;
  private final Catalog catalog;

  SchemaObjects(Database database, Catalog catalog) {
    this.database = database;
    this.catalog = catalog;
  }

  @Override
  public Found in(SchemaName schema, Operation operation) {
    Operation call = database.during(operation);
    if (schema.catalog().isPresent() || !Names.possible(schema.schema())) {
      call.checkpoint();
      return new Found(List.of(), List.of(), List.of(), List.of(), List.of());
    }
    Gaps gaps = catalog.gaps(call);
    Reading reading = new Reading(gaps, statement -> statement.setString(1, schema.schema()));
    return new Found(
        reading.of("procedures and functions", Queries.ROUTINES, SchemaObjects::routine),
        reading.of("synonyms", Queries.SYNONYMS, SchemaObjects::synonym),
        reading.of("sequences", Queries.SEQUENCES, SchemaObjects::sequence),
        reading.of(
            "extended properties of objects", Queries.OBJECT_PROPERTIES, SchemaObjects::property),
        gaps.notices());
  }

  @Override
  public OfDatabase ofDatabase(Operation operation) {
    Gaps gaps = catalog.gaps(database.during(operation));
    Reading reading = new Reading(gaps, Session.Binder.NONE);
    return new OfDatabase(
        triggers(
            reading.of(
                "triggers of the database", Queries.DATABASE_TRIGGERS, SchemaObjects::event)),
        reading
            .of(
                "extended properties of the database",
                Queries.DATABASE_PROPERTIES,
                SchemaObjects::ofDatabase)
            .stream()
            .sorted(
                Comparator.comparing(DatabaseProperty::kind)
                    .thenComparing(DatabaseProperty::object)
                    .thenComparing(DatabaseProperty::name))
            .toList(),
        gaps.notices());
  }

  private record Event(
      String trigger, boolean disabled, Optional<String> event, Optional<String> text) {}

  private static Event event(ResultSet row) throws SQLException {
    return new Event(row.getString(1), row.getBoolean(2), Rows.text(row, 3), Rows.text(row, 4));
  }

  /** A trigger has a row for each of its events. */
  private static List<DatabaseTrigger> triggers(List<Event> events) {
    Map<String, List<Event>> byName = new LinkedHashMap<>();
    events.forEach(
        event -> byName.computeIfAbsent(event.trigger(), name -> new ArrayList<>()).add(event));
    return byName.values().stream()
        .map(
            of ->
                new DatabaseTrigger(
                    of.get(0).trigger(),
                    of.get(0).disabled(),
                    of.stream().flatMap(each -> each.event().stream()).sorted().toList(),
                    of.get(0).text()))
        .toList();
  }

  private static DatabaseProperty ofDatabase(ResultSet row) throws SQLException {
    Optional<String> type = Rows.text(row, 3);
    Optional<String> user = Rows.text(row, 4);
    return new DatabaseProperty(
        kind(row.getInt(1)),
        Rows.text(row, 2).or(() -> type).or(() -> user).orElse(""),
        row.getString(5),
        Rows.orEmpty(row.getString(6)));
  }

  /** The classes of sys.extended_properties; those of tables and schemas aren't asked for here. */
  private static String kind(int propertyClass) {
    return switch (propertyClass) {
      case 0 -> "database";
      case 1 -> "trigger";
      case 4 -> "user";
      case 5 -> "assembly";
      case 6 -> "type";
      case 10 -> "XML schema collection";
      case 15 -> "message type";
      case 16 -> "contract";
      case 17 -> "service";
      case 18 -> "remote service binding";
      case 19 -> "route";
      case 20 -> "filegroup";
      case 21 -> "partition function";
      case 22 -> "file";
      case 27 -> "plan guide";
      default -> "other";
    };
  }

  private record Reading(Gaps gaps, Session.Binder schema) {
    <T> List<T> of(String what, CatalogQuery query, Session.RowReader<T> reader) {
      return gaps.list(Set.of(), what, query, schema, reader);
    }
  }

  private static Routine routine(ResultSet row) throws SQLException {
    return new Routine(row.getString(1), kind(row.getString(2).strip()), Rows.text(row, 3));
  }

  /** The letters of sys.objects: C and F at an end are for those of the common language runtime. */
  private static Kind kind(String type) {
    return switch (type) {
      case "FN", "FS" -> Kind.SCALAR_FUNCTION;
      case "IF", "TF", "FT" -> Kind.TABLE_FUNCTION;
      case "AF" -> Kind.AGGREGATE;
      default -> Kind.PROCEDURE;
    };
  }

  private static Synonym synonym(ResultSet row) throws SQLException {
    return new Synonym(row.getString(1), Rows.orEmpty(row.getString(2)));
  }

  private static Sequence sequence(ResultSet row) throws SQLException {
    return new Sequence(
        row.getString(1),
        Rows.orEmpty(row.getString(2)),
        Rows.orEmpty(row.getString(3)),
        Rows.orEmpty(row.getString(4)),
        Rows.orEmpty(row.getString(5)),
        Rows.orEmpty(row.getString(6)),
        row.getBoolean(7));
  }

  private static ObjectProperty property(ResultSet row) throws SQLException {
    return new ObjectProperty(
        row.getString(1).strip(),
        Rows.orEmpty(row.getString(2)),
        row.getInt(3),
        row.getString(4),
        Rows.orEmpty(row.getString(5)));
  }
}
