package dev.connections.jdbc;

import dev.connections.api.Operation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** How an adapter opens a connection with its driver. Safe for any thread. */
@FunctionalInterface
public interface DatabaseDriver {
  /**
   * Opens a connection, by a driver object of the adapter's own and never by {@code DriverManager}.
   * Credentials stand in properties, never in a URL.
   *
   * @param dial what the driver is to be told
   * @return an open connection
   * @throws SQLException as the driver throws it
   */
  Connection connect(Dial dial) throws SQLException;

  /**
   * {@return whether the driver reads a large result as a stream only within a transaction} Opening
   * and ending one costs round trips, so a driver that needs none says so. True, unless overridden.
   */
  default boolean streamsInTransactions() {
    return true;
  }

  /**
   * Gets ready for a connection that is taken from the pool next: what needs remote calls of its
   * own, such as a token, which can't be asked for while another call runs. Does nothing, unless
   * overridden.
   *
   * @param operation deadline and cancellation
   * @throws dev.connections.api.ConnectionException if there can't be a connection
   */
  default void prepare(Operation operation) {}

  /**
   * What a driver is told besides the configuration.
   *
   * @param timeout how long connecting may take; the driver's time-outs are set from it
   * @param socketFactory the name of the class that makes sockets; it dials checked addresses only
   * @param socketFactoryArgument what its constructor is given
   */
  record Dial(Duration timeout, String socketFactory, String socketFactoryArgument) {}
}
