package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConnectionException;
import dev.connections.api.Secret;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.store.StoredConnection;
import dev.connections.testkit.LogCapture;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** As whom and on what a store is opened, and on what it isn't. */
final class PostgresOpeningTest {
  private static final Secret PASSWORD = Secret.of(PostgresServer.PASSWORD);
  private static final AtomicInteger ROLES = new AtomicInteger();

  private static PostgresStoreSettings as(String database, String role) {
    return PostgresStoreSettings.of("localhost", database, role, PASSWORD)
        .port(PostgresServer.port())
        .poolSize(1)
        .unencrypted()
        .build();
  }

  private static PostgresStoreSettings withOwner(String database) {
    return PostgresServer.settings(database).owner(PostgresServer.OWNER, PASSWORD).build();
  }

  private static String ready() {
    String database = PostgresServer.emptyDatabase();
    PostgresServer.run(database, "CREATE SCHEMA connections AUTHORIZATION " + PostgresServer.OWNER);
    return database;
  }

  /** A role with some attributes that may do what the application's may. */
  private static String role(String attributes) {
    String name = "role" + ROLES.incrementAndGet();
    PostgresServer.run(
        "postgres",
        "CREATE ROLE " + name + " PASSWORD '" + PostgresServer.PASSWORD + "' LOGIN " + attributes,
        "GRANT " + PostgresServer.APP + " TO " + name);
    return name;
  }

  @Test
  void a_role_for_which_row_level_security_does_not_hold_is_refused() {
    String database = PostgresServer.newDatabase();
    for (String attributes : List.of("SUPERUSER", "BYPASSRLS")) {
      String role = role(attributes);
      assertThat(
              Rows.failing(
                  () -> PostgresStore.at(as(database, role)), StoreErrorCode.ROLE_TOO_POWERFUL))
          .hasMessageContaining("keep accounts apart");
    }
    PostgresStore.at(as(database, role("NOBYPASSRLS"))).close();
  }

  @Test
  void a_role_that_may_become_such_a_one_or_owns_the_tables_is_refused() {
    String database = PostgresServer.newDatabase();
    String unbound = role("BYPASSRLS");
    String member = role("NOINHERIT");
    PostgresServer.run("postgres", "GRANT " + unbound + " TO " + member);
    Rows.failing(() -> PostgresStore.at(as(database, member)), StoreErrorCode.ROLE_TOO_POWERFUL);
    Rows.failing(
        () -> PostgresStore.at(as(database, PostgresServer.OWNER)),
        StoreErrorCode.ROLE_TOO_POWERFUL);
  }

  @Test
  void a_table_without_row_level_security_is_refused() {
    String database = PostgresServer.newDatabase();
    for (String table : List.of("connections", "audit_log")) {
      PostgresServer.run(
          database, "ALTER TABLE connections." + table + " NO FORCE ROW LEVEL SECURITY");
      Rows.failing(() -> PostgresServer.open(database), StoreErrorCode.STORE_EXPOSED);
      PostgresServer.run(
          database, "ALTER TABLE connections." + table + " FORCE ROW LEVEL SECURITY");
      PostgresServer.open(database).close();
    }
  }

  @Test
  void wrong_passwords_roles_and_databases_are_told_apart_from_a_server_that_is_not_there()
      throws Exception {
    String database = PostgresServer.newDatabase();
    PostgresStoreSettings wrong =
        PostgresStoreSettings.of("localhost", database, PostgresServer.APP, Secret.of("canary-x"))
            .port(PostgresServer.port())
            .unencrypted()
            .build();
    ConnectionException refused =
        Rows.failing(() -> PostgresStore.at(wrong), StoreErrorCode.STORE_REFUSED);
    assertThat(refused.failure().vendorCode()).contains("28P01");
    assertThat(wrong.toString() + refused).doesNotContain("canary");
    Rows.failing(
        () -> PostgresStore.at(as("nowhere", PostgresServer.APP)), StoreErrorCode.STORE_REFUSED);
    Rows.failing(() -> PostgresStore.at(as(database, "nobody")), StoreErrorCode.STORE_REFUSED);
    int closed;
    try (ServerSocket nobodyListens = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = nobodyListens.getLocalPort();
    }
    Rows.failing(
        () -> PostgresStore.at(PostgresServer.settings(database, closed).build()),
        StoreErrorCode.STORE_UNREACHABLE);
  }

  @Test
  void a_server_that_cannot_encrypt_is_refused_unless_that_is_wanted() {
    PostgresStoreSettings encrypted =
        PostgresStoreSettings.of(
                "localhost", PostgresServer.newDatabase(), PostgresServer.APP, PASSWORD)
            .port(PostgresServer.port())
            .build();
    Rows.failing(() -> PostgresStore.at(encrypted), StoreErrorCode.STORE_UNREACHABLE);
  }

  @Test
  void tables_are_made_by_their_owner_only_and_many_nodes_may_start_at_once() throws Exception {
    String database = ready();
    Rows.failing(() -> PostgresServer.open(database), StoreErrorCode.STORE_NOT_MIGRATED);
    List<Callable<Boolean>> nodes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String name = "Connection " + i;
      nodes.add(
          () -> {
            try (PostgresStore store = PostgresStore.at(withOwner(database))) {
              store.insert(Rows.row("acme", name));
            }
            return true;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
    try {
      for (Future<Boolean> node : threads.invokeAll(nodes)) {
        assertThat(node.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    try (PostgresStore store = PostgresServer.open(database)) {
      assertThat(store.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(4);
    }
  }

  @Test
  void an_older_form_is_brought_up_and_keeps_its_rows_and_a_newer_one_is_refused() {
    String database = ready();
    PostgresStoreSettings settings = withOwner(database);
    PostgresSchema.migrate(
        PostgresPool.source(settings, settings.owner().orElseThrow()),
        "connections",
        PostgresServer.APP,
        1);
    PostgresServer.run(
        database,
        "INSERT INTO connections.connections (account_id, id, name, name_key, search_text, type,"
            + " type_key, configuration, configuration_format, owner_id, created_by, created_at,"
            + " updated_at) VALUES ('acme', 'one', 'Sales', 'sales', 'sales', 'MSSQL', 'mssql',"
            + " '{}', 1, 'ada', 'ada', '2026-05-01T12:00:00.000000000Z',"
            + " '2026-05-01T12:00:00.000000000Z')");
    Rows.failing(() -> PostgresServer.open(database), StoreErrorCode.STORE_NOT_MIGRATED);
    try (PostgresStore store = PostgresStore.at(settings)) {
      assertThat(store.find("acme", "one").orElseThrow().name()).isEqualTo("Sales");
      assertThat(store.audit().records("acme", 0, 10)).isEmpty();
    }
    PostgresServer.run(
        database,
        "INSERT INTO connections.schema_history (installed_rank, version, description, type,"
            + " script, installed_by, execution_time, success)"
            + " VALUES (99, '99', 'x', 'SQL', 'x', 'x', 0, true)");
    assertThat(Rows.failing(() -> PostgresStore.at(settings), StoreErrorCode.STORE_TOO_NEW))
        .hasMessageContaining("version 99");
    Rows.failing(() -> PostgresServer.open(database), StoreErrorCode.STORE_TOO_NEW);
  }

  @Test
  void a_migration_that_fails_leaves_nothing_behind() {
    String database = ready();
    PostgresServer.run(database, "CREATE TABLE connections.audit_log (remark text)");
    Rows.failing(() -> PostgresStore.at(withOwner(database)), StoreErrorCode.MIGRATION_FAILED);
    assertThat(
            PostgresServer.ask(
                database,
                "SELECT relname FROM pg_class WHERE relnamespace = 'connections'::regnamespace"
                    + " AND relkind = 'r' AND relname <> 'schema_history'"))
        .containsExactly("audit_log");
    PostgresServer.run(database, "DROP TABLE connections.audit_log");
    PostgresStore.at(withOwner(database)).close();
  }

  @Test
  void a_hosts_own_pool_and_a_schema_of_any_name_will_do() {
    String database = PostgresServer.emptyDatabase();
    String schema = "Our \"own\" schema";
    PostgresServer.run(
        database, "CREATE SCHEMA \"Our \"\"own\"\" schema\" AUTHORIZATION " + PostgresServer.OWNER);
    PostgresStore.migrate(plain(database, PostgresServer.OWNER), schema, PostgresServer.APP);
    StoredConnection row = Rows.row("acme", "Sales");
    PGSimpleDataSource pool = plain(database, PostgresServer.APP);
    try (PostgresStore store = PostgresStore.over(pool, schema)) {
      store.insert(row);
    }
    try (PostgresStore store = PostgresStore.over(pool, schema)) {
      assertThat(store.find("acme", row.id())).contains(row);
      assertThat(store.find("other", row.id())).isEmpty();
    }
  }

  private static PGSimpleDataSource plain(String database, String role) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"localhost"});
    source.setPortNumbers(new int[] {PostgresServer.port()});
    source.setDatabaseName(database);
    source.setUser(role);
    source.setPassword(PostgresServer.PASSWORD);
    return source;
  }

  @Test
  void a_closed_store_refuses_every_call_and_holds_no_connection() {
    String database = PostgresServer.newDatabase();
    PostgresStore store = PostgresServer.open(database);
    StoredConnection row = Rows.row("acme", "Sales");
    store.insert(row);
    store.close();
    Rows.failing(() -> store.find("acme", row.id()), CoreErrorCode.CLOSED);
    Rows.failing(() -> store.insert(Rows.row("acme", "Other")), CoreErrorCode.CLOSED);
    Rows.failing(() -> store.count(Rows.ADMIN, ConnectionFilter.all()), CoreErrorCode.CLOSED);
    Rows.failing(() -> store.keyset().load(), CoreErrorCode.CLOSED);
    PostgresServer.run("postgres", "DROP DATABASE " + database);
  }

  @Test
  void a_store_that_is_closed_in_the_middle_of_work_keeps_nothing_of_it() {
    String database = PostgresServer.newDatabase();
    PostgresStore store = PostgresServer.open(database);
    StoredConnection row = Rows.row("acme", "Sales");
    Rows.failing(
        () ->
            store.atomically(
                "acme",
                () -> {
                  store.insert(row);
                  store.close();
                  return row;
                }),
        CoreErrorCode.CLOSED);
    try (PostgresStore again = PostgresServer.open(database)) {
      assertThat(again.find("acme", row.id())).isEmpty();
    }
  }

  @Test
  void a_text_that_the_server_cannot_keep_is_refused_and_as_an_id_names_nothing() {
    try (PostgresStore store = PostgresServer.open(PostgresServer.newDatabase())) {
      StoredConnection row =
          Rows.row("acme", "Sales").toBuilder().description(Optional.of("a\0b")).build();
      Rows.failing(() -> store.insert(row), CoreErrorCode.INVALID_ARGUMENT);
      assertThat(store.find("acme", "\0")).isEmpty();
    }
  }

  @Test
  void no_password_is_logged_whatever_happens() {
    String database = PostgresServer.newDatabase();
    try (LogCapture logged = LogCapture.start()) {
      PostgresServer.open(database).close();
      Rows.failing(
          () ->
              PostgresStore.at(
                  PostgresServer.settings(database, 1)
                      .patience(Duration.ofSeconds(1))
                      .owner(PostgresServer.OWNER, PASSWORD)
                      .build()),
          StoreErrorCode.STORE_UNREACHABLE);
      assertThat(logged.text()).doesNotContain(PostgresServer.PASSWORD);
    }
  }
}
