package dev.connections.store.jdbc;

import java.util.List;

final class ProcessDeathInPostgresTest extends ProcessDeathContract {
  private final String database = PostgresServer.newDatabase();

  @Override
  DatabaseStore store() {
    return PostgresServer.open(database);
  }

  @Override
  List<String> address() {
    return PostgresServer.address(database);
  }

  @Override
  long askedByHand(String sql) {
    return Long.parseLong(PostgresServer.ask(database, inSchema(sql)).get(0));
  }

  @Override
  void byHand(String sql) {
    PostgresServer.run(database, "SET search_path TO connections", sql);
  }

  private static String inSchema(String sql) {
    return sql.replace(" FROM ", " FROM connections.");
  }
}
