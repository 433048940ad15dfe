package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.connections.api.ConnectionException;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.store.StoredConnection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself does to keep accounts apart, where a statement forgets to. */
final class PostgresTenantsTest {
  private static final int ACCOUNTS = 20;
  private static final int ROWS_EACH = 10;
  private static final String ALL_ACCOUNTS = "SELECT account_id FROM connections";

  private static String database;
  private static HikariDataSource pool;

  @BeforeAll
  static void fill() {
    database = PostgresServer.newDatabase();
    try (PostgresStore store = PostgresServer.open(database)) {
      for (int account = 0; account < ACCOUNTS; account++) {
        String name = "account " + account;
        store.atomically(
            name,
            () -> {
              for (int i = 0; i < ROWS_EACH; i++) {
                store.insert(Rows.row(name, "Connection " + i));
              }
              store.audit().append(record(name));
              return name;
            });
      }
    }
    pool = PostgresPool.open(PostgresServer.settings(database).build());
  }

  @AfterAll
  static void close() {
    pool.close();
  }

  private static AuditRecord record(String account) {
    return AuditRecord.of(AuditOperation.CREATE, Rows.NOON, account, "ada").build();
  }

  private static PostgresTransactions transactions() {
    return new PostgresTransactions(
        pool, "connections", new Patience(Duration.ofSeconds(10)), () -> {}, () -> {});
  }

  private static List<String> accounts(Session session) throws SQLException {
    return session.list(ALL_ACCOUNTS, List.of(), row -> row.getString(1));
  }

  private static long seenWithoutATransactionOfOurs(String table) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM connections." + table)) {
      count.next();
      return count.getLong(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"connections", "audit_log"})
  void a_statement_that_names_no_account_reaches_the_rows_of_its_transactions_account_only(
      String table) {
    PostgresTransactions transactions = transactions();
    List<String> seen =
        transactions.read(
            "account 7",
            session ->
                session.list(
                    "SELECT account_id FROM " + table, List.of(), row -> row.getString(1)));
    assertThat(seen).isNotEmpty().containsOnly("account 7");
    long common =
        transactions.readCommon(
            session -> session.number("SELECT count(*) FROM " + table, List.of()));
    assertThat(common).isZero();
  }

  /** Also those that later scripts make. Who owns the tables reads what the counts of keys need. */
  @Test
  void no_policy_of_any_table_lets_a_role_see_more_than_its_transactions_account() {
    String narrow =
        ".cmd = 'ALL' AND %1$s.with_check IS NULL"
            + " AND %1$s.qual LIKE '(account_id = NULLIF(current_setting(''connections.account''%%%%'";
    String bound =
        "SELECT FROM pg_policies b WHERE b.schemaname = 'connections' AND b.tablename = %s"
            + " AND b.permissive = 'RESTRICTIVE' AND b"
            + narrow.formatted("b");
    List<String> unbound =
        PostgresServer.ask(
            database,
            "SELECT p.tablename || ': ' || p.policyname FROM pg_policies p"
                + " WHERE p.schemaname = 'connections' AND p.permissive = 'PERMISSIVE'"
                + " AND NOT (p.cmd = 'SELECT' AND p.roles = ARRAY['"
                + PostgresServer.OWNER
                + "']::name[]) AND NOT (p"
                + narrow.formatted("p")
                + ") AND NOT EXISTS ("
                + bound.formatted("p.tablename")
                + " AND (b.roles @> p.roles OR b.roles = '{public}'))");
    List<String> without =
        PostgresServer.ask(
            database,
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
                + " WHERE c.relnamespace = 'connections'::regnamespace AND c.relkind = 'r'"
                + " AND a.attname = 'account_id' AND NOT EXISTS ("
                + bound.formatted("c.relname")
                + ")");
    assertThat(unbound).isEmpty();
    assertThat(without).isEmpty();
  }

  @Test
  void a_role_that_somebody_lets_read_the_tables_sees_no_row_without_an_account()
      throws SQLException {
    try (Connection admin = PostgresServer.administrator(database);
        Statement statement = admin.createStatement()) {
      admin.setAutoCommit(false); // the role is gone at the end
      statement.execute("CREATE ROLE curious");
      statement.execute("GRANT USAGE ON SCHEMA connections TO curious");
      statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA connections TO curious");
      List<String> tables =
          PostgresServer.ask(
              database,
              "SELECT DISTINCT table_name FROM information_schema.columns"
                  + " WHERE table_schema = 'connections' AND column_name = 'account_id'"
                  + " AND table_name NOT IN ('connection_keys', 'token_keys')");
      statement.execute("SET ROLE curious");
      assertThat(tables).hasSizeGreaterThan(7).contains("connections", "audit_log");
      for (String table : tables) {
        try (ResultSet count =
            statement.executeQuery("SELECT count(*) FROM connections." + table)) {
          count.next();
          assertThat(count.getLong(1)).as(table).isZero();
        }
      }
      admin.rollback();
    }
  }

  @Test
  void a_change_that_names_no_account_changes_no_other_ones_rows() {
    PostgresTransactions transactions = transactions();
    int own =
        transactions.write(
            "account 3", session -> session.update("UPDATE connections SET active = true"));
    int foreign =
        transactions.write("nobody", session -> session.update("DELETE FROM connections"));
    assertThat(own).isEqualTo(ROWS_EACH);
    assertThat(foreign).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE connections SET account_id = 'account 4'",
        "INSERT INTO connections (account_id, id, name, name_key, search_text, type, type_key,"
            + " configuration, configuration_format, owner_id, created_by, created_at, updated_at)"
            + " SELECT 'account 4', 'smuggled', name, name_key, search_text, type, type_key,"
            + " configuration, configuration_format, owner_id, created_by, created_at, updated_at"
            + " FROM connections LIMIT 1",
        "ALTER TABLE connections DISABLE ROW LEVEL SECURITY",
        "DROP POLICY one_account ON connections",
        "DELETE FROM audit_log",
        "UPDATE audit_log SET user_id = 'eve'",
        "TRUNCATE connections",
        "DELETE FROM keyset",
        "CREATE TABLE another (x int)"
      })
  void what_was_not_granted_is_refused_by_the_server(String statement) {
    assertThat(
            Rows.failing(
                    () -> transactions().write("account 3", session -> session.update(statement)),
                    StoreErrorCode.STORE_INACCESSIBLE)
                .failure()
                .vendorCode())
        .contains("42501");
  }

  @Test
  void a_connection_that_goes_back_to_the_pool_shows_nobodys_rows() throws SQLException {
    PostgresTransactions transactions = transactions();
    for (int i = 0; i < 8; i++) {
      transactions.read("account 1", PostgresTenantsTest::accounts);
      assertThatThrownBy(
              () ->
                  transactions.write(
                      "account 1",
                      session -> {
                        throw new IllegalStateException("in the middle");
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(seenWithoutATransactionOfOurs("connections")).isZero();
      assertThat(seenWithoutATransactionOfOurs("audit_log")).isZero();
    }
  }

  @Test
  void work_for_one_account_reaches_no_other_one() {
    try (PostgresStore store = PostgresServer.open(database)) {
      StoredConnection theirs = Rows.row("account 4", "Smuggled");
      assertThatThrownBy(
              () ->
                  store.atomically(
                      "account 3",
                      () -> {
                        store.insert(theirs);
                        return theirs;
                      }))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(store.find("account 4", theirs.id())).isEmpty();
    }
  }

  /** One in ten fails in the server, one in ten in the host, one in ten names no account. */
  @Test
  void in_twelve_thousand_transactions_at_once_over_four_connections_nobody_sees_another()
      throws Exception {
    PostgresTransactions transactions = transactions();
    AtomicInteger foreign = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger();
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      Random random = new Random(thread);
      work.add(
          () -> {
            for (int i = 0; i < 1500; i++) {
              String account = "account " + random.nextInt(ACCOUNTS);
              try {
                List<String> rows = one(transactions, account, random.nextInt(10));
                seen.addAndGet(rows.size());
                rows.stream()
                    .filter(each -> !each.equals(account))
                    .forEach(each -> foreign.incrementAndGet());
              } catch (ConnectionException | IllegalStateException injected) {
                failed.incrementAndGet();
              }
            }
            return true;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      for (Future<Boolean> each : threads.invokeAll(work)) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(foreign).hasValue(0);
    assertThat(failed.get()).isBetween(2_000, 2_800);
    assertThat(seen.get()).isGreaterThan(50_000);
  }

  private static List<String> one(PostgresTransactions transactions, String account, int kind) {
    return switch (kind) {
      case 0 ->
          transactions.write(
              account,
              session -> {
                accounts(session);
                session.update("INSERT INTO keyset (id, encrypted) VALUES (2, '')");
                return List.of("the check on keyset is gone");
              });
      case 1 ->
          transactions.write(
              account,
              session -> {
                accounts(session);
                throw new IllegalStateException("injected");
              });
      case 2 -> transactions.readCommon(PostgresTenantsTest::accounts);
      case 3, 4 ->
          transactions.write(
              account,
              session -> {
                session.update("UPDATE connections SET active = NOT active");
                return accounts(session);
              });
      default -> transactions.read(account, PostgresTenantsTest::accounts);
    };
  }
}
