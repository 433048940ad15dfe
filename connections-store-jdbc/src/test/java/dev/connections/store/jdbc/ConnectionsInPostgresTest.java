package dev.connections.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;

final class ConnectionsInPostgresTest extends DurableConnections {
  private String database;

  @BeforeEach
  void empty() {
    database = PostgresServer.emptied();
  }

  @Override
  PostgresStore store() {
    return PostgresServer.open(database);
  }

  /** Every row of every table. */
  @Override
  List<String> everythingWritten() {
    List<String> written = new ArrayList<>();
    for (String table :
        PostgresServer.ask(
            database,
            "SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace ="
                + " 'connections'::regnamespace")) {
      written.addAll(PostgresServer.ask(database, "SELECT each::text FROM " + table + " AS each"));
    }
    return written;
  }

  @Override
  Map<String, Long> rowsOf(String account) {
    Map<String, Long> rows = new TreeMap<>();
    for (String table :
        PostgresServer.ask(
            database,
            "SELECT t.relname FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid"
                + " WHERE t.relkind = 'r' AND t.relnamespace = 'connections'::regnamespace"
                + " AND c.attname = 'account_id'")) {
      String count =
          "SELECT count(*) FROM connections." + table + " WHERE account_id = '" + account + "'";
      rows.put(table, Long.parseLong(PostgresServer.ask(database, count).get(0)));
    }
    return rows;
  }
}
