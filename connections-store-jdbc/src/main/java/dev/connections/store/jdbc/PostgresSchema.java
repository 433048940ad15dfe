package dev.connections.store.jdbc;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The form of the tables in PostgreSQL, and whether they are safe to be used as they are. */
final class PostgresSchema {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresSchema.class);

  private static final List<String> SCRIPTS =
      List.of(
          "V1__connections.sql",
          "V2__audit_log.sql",
          "V3__keys.sql",
          "V4__snapshots.sql",
          "V5__tokens.sql",
          "V6__metadata_cache.sql",
          "V7__run_history.sql",
          "V8__audit_cuts.sql",
          "V9__quota_counters.sql",
          "V10__listings_and_old_runs.sql");
  private static final int NEWEST = SCRIPTS.size();

  /** Also asks for the rights that a role can take on from another one. */
  private static final String UNBOUND_ROLES =
      "SELECT count(*) FROM pg_roles WHERE (rolsuper OR rolbypassrls)"
          + " AND pg_has_role(current_user, oid, 'MEMBER')";

  private static final String OWN_TABLES =
      "SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace(?)"
          + " AND relkind IN ('r', 'p') AND pg_has_role(current_user, relowner, 'MEMBER')";

  private static final String OPEN_TABLES =
      "SELECT count(*) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
          + " WHERE c.relnamespace = to_regnamespace(?) AND c.relkind IN ('r', 'p')"
          + " AND a.attname = 'account_id' AND NOT a.attisdropped"
          + " AND NOT (c.relrowsecurity AND c.relforcerowsecurity)";

  private PostgresSchema() {}

  /** Brings the tables to the newest version, as their owner. Refuses newer ones. */
  static void migrate(DataSource owner, String schema, String appRole) {
    try (Session session = new Session(owner.getConnection(), Dialect.POSTGRESQL)) {
      refuseNewer(version(session, schema));
    } catch (SQLException e) {
      throw PostgresFaults.translate(e);
    }
    migrate(owner, schema, appRole, NEWEST);
  }

  static void migrate(DataSource owner, String schema, String appRole, int target) {
    try {
      Flyway.configure(PostgresSchema.class.getClassLoader())
          .dataSource(owner)
          .resourceProvider(new MigrationScripts("db/connections-store/postgresql", SCRIPTS))
          .javaMigrationClassProvider(List::of)
          .skipDefaultCallbacks(true)
          .loggers("slf4j")
          .schemas(schema)
          .table("schema_history")
          .placeholders(
              Map.of(
                  "app",
                  PostgresTransactions.quoted(appRole),
                  "schema",
                  PostgresTransactions.quoted(schema)))
          .group(true) // all scripts or none
          .target(Integer.toString(target))
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw failed(e);
    }
  }

  private static ConnectionException failed(FlywayException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && PostgresFaults.isDisconnection(sql)) {
        return PostgresFaults.translate(sql);
      }
    }
    return Failure.of(
            StoreErrorCode.MIGRATION_FAILED,
            "The tables of the connection store couldn't be brought to the form of this version;"
                + " they are as they were before.")
        .withRemedy(
            "Check that the owner may create the schema or tables in it, that the application's"
                + " role is there, and that nobody else has made tables in the schema.")
        .asException();
  }

  /** Refuses to be opened where rows of one account wouldn't be safe from another. */
  static void check(DataSource app, String schema) {
    try (Session session = new Session(app.getConnection(), Dialect.POSTGRESQL)) {
      session.begin(true);
      refusePower(session, schema);
      refuseNewer(version(session, schema));
      refuseOlder(version(session, schema));
      if (session.number(OPEN_TABLES, List.of(PostgresTransactions.quoted(schema))) > 0) {
        throw exposed();
      }
      warnIfUnsafe(session);
      session.commit();
    } catch (SQLException e) {
      throw PostgresFaults.translate(e);
    }
  }

  private static long version(Session session, String schema) throws SQLException {
    String history = PostgresTransactions.quoted(schema) + ".schema_history";
    boolean isThere =
        session.number(
                "SELECT count(*) FROM pg_class WHERE relname = 'schema_history'"
                    + " AND relnamespace = to_regnamespace(?)",
                List.of(PostgresTransactions.quoted(schema)))
            == 1;
    return isThere
        ? session.number(
            "SELECT coalesce(max(CAST(version AS integer)), 0) FROM " + history + " WHERE success",
            List.of())
        : 0;
  }

  private static void refuseNewer(long version) {
    if (version > NEWEST) {
      throw Failure.of(
              StoreErrorCode.STORE_TOO_NEW,
              "The tables of the connection store have version "
                  + version
                  + ", and this version of the library knows versions up to "
                  + NEWEST
                  + ".")
          .withRemedy("Update the library, or restore a backup made before the migration.")
          .asException();
    }
  }

  private static void refuseOlder(long version) {
    if (version < NEWEST) {
      throw Failure.of(
              StoreErrorCode.STORE_NOT_MIGRATED,
              "The tables of the connection store have version "
                  + version
                  + ", and this version of the library needs "
                  + NEWEST
                  + ".")
          .withRemedy("Give the settings the tables' owner once, or call PostgresStore.migrate.")
          .asException();
    }
  }

  private static void refusePower(Session session, String schema) throws SQLException {
    boolean unbound = session.number(UNBOUND_ROLES, List.of()) > 0;
    if (unbound || session.number(OWN_TABLES, List.of(PostgresTransactions.quoted(schema))) > 0) {
      throw Failure.of(
              StoreErrorCode.ROLE_TOO_POWERFUL,
              unbound
                  ? "The role of the connection store is a superuser or has BYPASSRLS, so the"
                      + " database wouldn't keep accounts apart."
                  : "The role of the connection store owns its tables, so it could switch off what"
                      + " keeps accounts apart.")
          .withRemedy("Use another role: one that only has what the store's scripts grant.")
          .asException();
    }
  }

  private static ConnectionException exposed() {
    return Failure.of(
            StoreErrorCode.STORE_EXPOSED,
            "Row-level security is off for a table of the connection store.")
        .withRemedy("As the owner: ALTER TABLE ... ENABLE and FORCE ROW LEVEL SECURITY.")
        .asException();
  }

  private static void warnIfUnsafe(Session session) throws SQLException {
    if (session.number(
            "SELECT count(*) FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit')"
                + " AND setting = 'off'",
            List.of())
        > 0) {
      LOG.warn(
          "The server of the connection store has fsync or synchronous_commit off: after a crash"
              + " the latest changes may be gone.");
    }
  }
}
