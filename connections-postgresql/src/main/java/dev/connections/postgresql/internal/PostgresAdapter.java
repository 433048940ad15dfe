package dev.connections.postgresql.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.PermissionReport;
import dev.connections.api.StandardErrorCode;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.DatabaseAdapter;
import dev.connections.jdbc.DatabaseErrorCode;
import dev.connections.jdbc.DatabaseFields;
import dev.connections.jdbc.DatabaseSettings;
import dev.connections.jdbc.ErrorTable;
import dev.connections.postgresql.SchemaSequences;
import java.util.List;

/** Joins the parts of a connection to one PostgreSQL database. */
final class PostgresAdapter {
  private static final ErrorTable ERRORS =
      ErrorTable.read(PostgresAdapter.class, "/sql-queries/postgresql/errors.txt");

  private static final DatabaseFields FIELDS =
      new DatabaseFields(
          PostgresFields.HOST,
          PostgresFields.PORT,
          PostgresFields.DATABASE,
          PostgresFields.AUTHENTICATION,
          PostgresFields.USER,
          PostgresFields.PASSWORD,
          PostgresFields.CONNECT_TIMEOUT,
          PostgresFields.COMMAND_TIMEOUT,
          PostgresFields.POOL_SIZE,
          PostgresFields.IDLE_TIMEOUT);

  private PostgresAdapter() {}

  static DatabaseAdapter<TableRow> open(Configuration configuration, AdapterContext context) {
    PostgresDriver driver = new PostgresDriver(configuration, context);
    Database database = Database.of(settings(configuration), driver, context);
    Catalog catalog = new Catalog(database, configuration.get(PostgresFields.USER));
    return DatabaseAdapter.of(
            database,
            catalog,
            () -> new PostgresQuestions(driver, database.failures(), context.clock()))
        .offering(SchemaSequences.class, catalog::sequences)
        .offering(PermissionReport.class, new Permissions(database, catalog))
        .showingRows(configuration.get(PostgresFields.PREVIEW))
        .closing(driver::close);
  }

  private static DatabaseSettings settings(Configuration configuration) {
    return FIELDS
        .settings("PostgreSQL", configuration, ERRORS)
        .naming(
            List.of(StandardErrorCode.TLS_UNTRUSTED),
            PostgresFields.ROOT_CERTIFICATE,
            PostgresFields.SSL_MODE)
        .naming(
            List.of(StandardErrorCode.TLS_REFUSED), PostgresFields.SSL_MODE, PostgresFields.MIN_TLS)
        .naming(
            List.of(StandardErrorCode.TLS_HOST_MISMATCH),
            PostgresFields.HOST,
            PostgresFields.SSL_MODE)
        .naming(
            List.of(DatabaseErrorCode.CLIENT_REFUSED),
            PostgresFields.USER,
            PostgresFields.DATABASE,
            PostgresFields.SSL_MODE);
  }
}
