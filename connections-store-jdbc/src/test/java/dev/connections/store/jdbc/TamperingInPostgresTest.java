package dev.connections.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

final class TamperingInPostgresTest extends TamperingContract {
  private final String database = PostgresServer.emptied();

  @Override
  PostgresStore emptyStore() {
    return PostgresServer.open(database);
  }

  @Override
  Connection hand() throws SQLException {
    Connection hand = PostgresServer.administrator(database);
    try (Statement statement = hand.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      statement.execute("SET search_path = connections");
    }
    return hand;
  }
}
