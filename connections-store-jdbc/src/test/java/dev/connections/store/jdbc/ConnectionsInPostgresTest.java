package dev.connections.store.jdbc;

import java.util.ArrayList;
import java.util.List;
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
}
