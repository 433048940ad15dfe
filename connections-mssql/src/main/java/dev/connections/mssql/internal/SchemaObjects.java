package dev.connections.mssql.internal;

import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.jdbc.CatalogQuery;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.Session;
import dev.connections.mssql.DatabaseObjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
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
