package dev.connections.mssql.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.Field;
import dev.connections.api.PermissionReport;
import dev.connections.api.StandardErrorCode;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.DatabaseAdapter;
import dev.connections.jdbc.DatabaseDriver;
import dev.connections.jdbc.DatabaseErrorCode;
import dev.connections.jdbc.DatabaseFields;
import dev.connections.jdbc.DatabaseSettings;
import dev.connections.jdbc.SqlAccess;
import dev.connections.mssql.DatabaseObjects;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Joins the parts of a connection to one SQL Server database. */
final class MssqlAdapter {
  private static final DatabaseFields FIELDS =
      new DatabaseFields(
          MssqlFields.SERVER,
          MssqlFields.PORT,
          MssqlFields.DATABASE,
          MssqlFields.AUTHENTICATION,
          MssqlFields.USER,
          MssqlFields.PASSWORD,
          MssqlFields.CONNECT_TIMEOUT,
          MssqlFields.COMMAND_TIMEOUT,
          MssqlFields.POOL_SIZE,
          MssqlFields.IDLE_TIMEOUT);

  private MssqlAdapter() {}

  static DatabaseAdapter<TableRow> open(Configuration configuration, AdapterContext context) {
    return open(configuration, context, Parts.STANDARD);
  }

  static DatabaseAdapter<TableRow> open(
      Configuration configuration, AdapterContext context, Parts parts) {
    MssqlDriver driver = new MssqlDriver(configuration, context, parts);
    return open(configuration, context, parts, driver, driver);
  }

  /** With another way to connect: the catalog's queries run on any database that has the rows. */
  static DatabaseAdapter<TableRow> open(
      Configuration configuration,
      AdapterContext context,
      Parts parts,
      MssqlDriver driver,
      DatabaseDriver connecting) {
    Database database = Database.of(settings(configuration, parts), connecting, context);
    Catalog catalog =
        new Catalog(
            database, configuration.get(MssqlFields.CDC), configuration.get(MssqlFields.POOL_SIZE));
    SqlAccess access = () -> database.dataSource(MssqlAdapter::asUsual);
    return DatabaseAdapter.of(
            database,
            catalog,
            () -> new MssqlQuestions(driver, database.failures(), context.clock(), configuration))
        .offering(SqlAccess.class, access)
        .offering(PermissionReport.class, new MssqlPermissions(database, catalog))
        .offering(DatabaseObjects.class, new SchemaObjects(database, catalog))
        .showingRows(configuration.get(MssqlFields.PREVIEW))
        .closing(driver::close);
  }

  /** The catalog is read otherwise than a host expects. */
  private static void asUsual(Connection connection) throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
  }

  private static DatabaseSettings settings(Configuration configuration, Parts parts) {
    return FIELDS
        .settings("SQL Server", configuration, parts.errors())
        .naming(
            List.of(StandardErrorCode.TLS_UNTRUSTED), MssqlFields.TRUST_STORE, MssqlFields.TRUST)
        .naming(
            List.of(StandardErrorCode.TLS_REFUSED),
            MssqlFields.ENCRYPT,
            MssqlFields.STRICT,
            MssqlFields.MIN_TLS)
        .naming(
            List.of(StandardErrorCode.TLS_HOST_MISMATCH),
            MssqlFields.CERTIFICATE_HOST,
            MssqlFields.SERVER)
        .naming(List.of(DatabaseErrorCode.CLIENT_REFUSED), MssqlFields.SERVER, MssqlFields.USER)
        .naming(
            List.of(
                StandardErrorCode.WRONG_CREDENTIALS,
                StandardErrorCode.EXPIRED_CREDENTIALS,
                StandardErrorCode.ACCOUNT_LOCKED),
            identity(configuration));
  }

  /** What says who we are: none but fields that are shown. */
  private static Field<?>[] identity(Configuration configuration) {
    return switch (MssqlRules.needed(configuration)) {
      case BOTH, PAIR -> new Field<?>[] {MssqlFields.USER, MssqlFields.PASSWORD};
      case NAME -> new Field<?>[] {MssqlFields.USER, MssqlFields.AZURE_MODE};
      case NEITHER ->
          configuration.find(MssqlFields.ACCESS_TOKEN).isPresent()
              ? new Field<?>[] {MssqlFields.ACCESS_TOKEN}
              : new Field<?>[] {MssqlFields.AUTHENTICATION};
    };
  }
}
