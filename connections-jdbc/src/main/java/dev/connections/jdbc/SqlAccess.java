package dev.connections.jdbc;

import javax.sql.DataSource;

/**
 * A feature: plain JDBC on the connection's own pool, for queries, procedures and transactions.
 *
 * <p>Safe for any thread. What is borrowed ends with the adapter.
 */
public interface SqlAccess {
  /**
   * {@return a data source whose connections come from the pool and return to it when closed}
   *
   * <p>The exceptions of its connections are the driver's and may hold foreign text: don't show
   * them to users as they are. An exception of {@code getConnection} is safe to show; its cause is
   * the {@link dev.connections.api.ConnectionException} with the precise code.
   */
  DataSource dataSource();
}
