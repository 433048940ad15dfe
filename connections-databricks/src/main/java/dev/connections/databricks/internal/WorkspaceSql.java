package dev.connections.databricks.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.Category;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.StandardErrorCode;
import dev.connections.http.HttpService;
import dev.connections.http.NetworkFields;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.DatabaseErrorCode;
import dev.connections.jdbc.DatabaseSettings;
import dev.connections.jdbc.ErrorTable;
import dev.connections.jdbc.Session;
import dev.connections.jdbc.SqlAccess;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Statements on the compute that a connection names, by the driver, on a pool. Safe for any thread.
 */
final class WorkspaceSql implements SqlAccess, WritingCompute, AutoCloseable {
  private static final ErrorTable ERRORS =
      ErrorTable.read(WorkspaceSql.class, "/sql-queries/databricks/errors.txt");

  private final HttpService service;
  private final ConfiguredCompute compute;
  private final boolean mayStart;
  private final SqlDriver driver;
  private final Database database;

  WorkspaceSql(
      Configuration configuration,
      AdapterContext context,
      HttpService service,
      ConfiguredCompute compute) {
    this.service = service;
    this.compute = compute;
    this.mayStart = configuration.get(DatabricksFields.START);
    this.driver = new SqlDriver(configuration, context, service, compute);
    this.database = Database.of(settings(configuration, service, compute), driver, context);
    driver.whenTokenChanges(database::renew);
  }

  private static DatabaseSettings settings(
      Configuration configuration, HttpService service, ConfiguredCompute compute) {
    URI base = service.settings().base();
    return new DatabaseSettings(
            "Databricks",
            base.getHost(),
            base.getPort() > 0 ? base.getPort() : 443,
            configuration.get(DatabricksFields.TIMEOUT),
            configuration.get(DatabricksFields.TIMEOUT),
            configuration.get(DatabricksFields.POOL_SIZE),
            configuration.get(DatabricksFields.IDLE_TIMEOUT),
            ERRORS,
            Map.of())
        .naming(
            List.of(
                StandardErrorCode.UNKNOWN_HOST,
                StandardErrorCode.EGRESS_REFUSED,
                StandardErrorCode.CONNECTION_REFUSED),
            DatabricksFields.WORKSPACE)
        .naming(
            List.of(StandardErrorCode.TLS_UNTRUSTED, StandardErrorCode.TLS_REFUSED),
            NetworkFields.TRUSTED)
        .naming(List.of(StandardErrorCode.WRONG_CREDENTIALS), DatabricksFields.AUTHENTICATION)
        .naming(List.of(StandardErrorCode.TIMEOUT), DatabricksFields.TIMEOUT, compute.field());
  }

  /** {@return the rows of a query that may be repeated} */
  <T> List<T> list(String name, String sql, Session.RowReader<T> reader, Operation operation) {
    return call(name, operation, session -> session.query(sql, Session.Binder.NONE, reader));
  }

  /** Makes a call that may be repeated. */
  <T> T call(String name, Operation operation, Database.SessionCall<T> call) {
    return signed(operation, both -> database.call(name, both, session -> precise(call, session)));
  }

  @Override
  public Optional<Failure> unready(Operation operation) {
    return compute.unready(mayStart, operation);
  }

  @Override
  public void change(SqlStatement statement, Operation operation) {
    Database.SessionCall<Boolean> once =
        session -> {
          session.execute(statement.text());
          return true;
        };
    signed(
        operation,
        both -> database.change(statement.name(), both, session -> precise(once, session)));
  }

  /** A refused token is renewed once, between two calls: the first of them did nothing. */
  private <T> T signed(Operation operation, Function<Operation, T> call) {
    Operation both = database.during(operation);
    try {
      return call.apply(both);
    } catch (ConnectionException refused) {
      if (refused.category() == Category.UNAVAILABLE
          || refused.category() == Category.NOT_FOUND
          || refused.code() == DatabaseErrorCode.UNKNOWN_ERROR) {
        driver.forgetState(); // it may have stopped since
      }
      if (refused.category() != Category.AUTHENTICATION || !driver.renewToken(both)) {
        throw refused;
      }
      return call.apply(both);
    }
  }

  private <T> T precise(Database.SessionCall<T> call, Session session) throws SQLException {
    try {
      return call.on(session);
    } catch (SQLException e) {
      ConnectionException known = SqlFailures.precise(e, service.failures(), compute).orElse(null);
      if (known != null) {
        throw known;
      }
      throw SqlFailures.withState(e);
    }
  }

  @Override
  public DataSource dataSource() {
    return database.dataSource();
  }

  /** {@return how many connections the pool holds, in use or idle} */
  int pooled() {
    return database.pooled();
  }

  @Override
  public void close() {
    database.close();
    driver.close();
  }
}
