package dev.connections.mssql.internal;

import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.PermissionMatrix;
import dev.connections.api.PermissionMatrix.Row;
import dev.connections.api.PermissionMatrix.Verdict;
import dev.connections.api.PermissionReport;
import dev.connections.api.Section;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.Session;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what a login may see. SQL Server shows only objects that a login has a right on: of tables
 * it says nothing more than whether all are shown.
 */
final class MssqlPermissions implements PermissionReport {
  private static final Notice.Scope EVERYTHING = new Notice.Scope.Source();

  private final Database database;
  private final Catalog catalog;

  MssqlPermissions(Database database, Catalog catalog) {
    this.database = database;
    this.catalog = catalog;
  }

  private record Seen(long tables, long views, long texts) {}

  @Override
  public PermissionMatrix permissions(Set<Section> sections, Operation operation) {
    Operation call = database.during(operation);
    Optional<Rights> rights = catalog.rights(call);
    Seen seen =
        catalog
            .gaps(call)
            .required(
                "texts",
                Queries.OBJECTS,
                Session.Binder.NONE,
                row -> new Seen(row.getLong(1), row.getLong(2), row.getLong(3)))
            .get(0);
    String user = Names.quoted(rights.map(Rights::user).orElse("the login"));
    List<Row> rows = new ArrayList<>();
    Set<String> grants = new LinkedHashSet<>();
    Verdict objects = verdict(rights.flatMap(Rights::definitions));
    rows.add(Row.uncounted(EVERYTHING, Section.COLUMNS, "tables", objects, seen.tables()));
    rows.add(Row.uncounted(EVERYTHING, Section.COLUMNS, "views", objects, seen.views()));
    boolean everything = objects == Verdict.VISIBLE;
    if (sections.contains(Section.DEFINITION)) {
      long hidden = seen.views() - seen.texts();
      rows.add(Row.counted(EVERYTHING, Section.DEFINITION, "texts of views", seen.texts(), hidden));
      everything &= hidden == 0;
    }
    if (!everything) {
      grants.add("GRANT VIEW DEFINITION TO " + user);
    }
    if (sections.contains(Section.PROPERTIES) && rights.isPresent()) {
      beyond(rights.get(), user, rows, grants);
    }
    return new PermissionMatrix(rows, List.copyOf(grants));
  }

  /** A server that doesn't tell may show all, or not. */
  private static Verdict verdict(Optional<Boolean> all) {
    return all.map(has -> has ? Verdict.VISIBLE : Verdict.UNKNOWN).orElse(Verdict.UNKNOWN);
  }

  /** What has rights of its own. Without change data capture there is nothing to be hidden. */
  private static void beyond(Rights rights, String user, List<Row> rows, Set<String> grants) {
    rights
        .sensitivity()
        .ifPresent(
            has -> {
              rows.add(row("sensitivity labels", has));
              if (!has) {
                grants.add("GRANT VIEW ANY SENSITIVITY CLASSIFICATION TO " + user);
              }
            });
    rights
        .captured()
        .ifPresent(
            has -> {
              rows.add(row("captured columns", has));
              if (!has) {
                grants.add("GRANT SELECT ON SCHEMA::cdc TO " + user);
              }
            });
  }

  private static Row row(String object, boolean visible) {
    return Row.uncounted(
        EVERYTHING, Section.PROPERTIES, object, visible ? Verdict.VISIBLE : Verdict.HIDDEN, 0);
  }
}
