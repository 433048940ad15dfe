package dev.connections.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.jdbc.SqlAccess;
import dev.connections.testkit.TestOperation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain JDBC for a host, and what becomes of connections that it leaves idle. */
@Timeout(120)
class SqlAccessTest {
  private final String database = PostgresServer.newDatabase();

  private static DataSource source(Opened opened) {
    return opened.adapter().as(SqlAccess.class).orElseThrow().dataSource();
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void a_procedure_is_called() throws SQLException {
    PostgresServer.run(
        database,
        "create procedure twice(inout n int) language plpgsql as $$ begin n := 2 * n; end $$");
    try (Opened opened = Opened.of(PostgresServer.values(database));
        Connection connection = source(opened).getConnection();
        CallableStatement call = connection.prepareCall("call twice(?)")) {
      call.setInt(1, 21);
      call.registerOutParameter(1, Types.INTEGER);
      call.execute();

      assertThat(call.getInt(1)).isEqualTo(42);
      assertThat(call.getConnection()).isSameAs(connection);
    }
  }

  @Test
  void no_cause_of_a_refused_sign_in_holds_the_password() {
    String wrong = "canary-5d1f0b77";
    StringWriter trace = new StringWriter();
    try (Opened opened =
        Opened.of(
            PostgresServer.values(database).with("authentication.password", Secret.of(wrong)))) {
      SQLException refused =
          catchThrowableOfType(SQLException.class, () -> source(opened).getConnection());
      refused.printStackTrace(new PrintWriter(trace));

      assertThat(refused.getSQLState()).isEqualTo("28P01");
    }
    assertThat(trace.toString())
        .as("what the driver threw, by any way")
        .contains("Caused by")
        .doesNotContain(wrong);
  }

  /** Only reading is repeated; what a host runs may write, so that it hears of a lost deadlock. */
  @ParameterizedTest
  @ValueSource(strings = {"40P01", "40001", "08006"})
  void what_a_host_runs_is_never_repeated(String state) throws SQLException {
    PostgresServer.run(
        database,
        "create sequence writings",
        "create function writing() returns int language plpgsql as $$ begin if"
            + " nextval('writings') = 1 then raise exception using errcode = '"
            + state
            + "'; end if; return 7; end $$",
        "grant usage on sequence writings to reader");
    try (Opened opened = Opened.of(PostgresServer.values(database));
        Connection connection = source(opened).getConnection()) {
      assertThat(
              catchThrowableOfType(SQLException.class, () -> number(connection, "select writing()"))
                  .getSQLState())
          .isEqualTo(state);
    }
    assertThat(PostgresServer.ask(database, "select last_value || ' ' || is_called from writings"))
        .containsExactly("1 true");
  }

  @Test
  void a_transaction_is_seen_when_it_is_committed_and_undone_when_it_is_left_open()
      throws SQLException {
    PostgresServer.run(database, "create table t (n int)", "grant all on t to reader");
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      String count = "select count(*) from t";
      try (Connection one = source(opened).getConnection();
          Statement statement = one.createStatement();
          Connection other = source(opened).getConnection()) {
        one.setAutoCommit(false);
        statement.execute("insert into t values (1)");
        assertThat(number(other, count)).isZero();
        one.commit();
        assertThat(number(other, count)).isEqualTo(1);

        statement.execute("insert into t values (2)");
      }
      try (Connection one = source(opened).getConnection();
          Connection other = source(opened).getConnection()) {
        assertThat(one.getAutoCommit()).isTrue();
        assertThat(other.getAutoCommit()).isTrue();
        assertThat(number(one, count)).isEqualTo(1);
      }
    }
  }

  @Test
  void a_large_result_is_streamed() throws SQLException {
    PostgresServer.run(
        database, "create sequence made", "grant usage, select on sequence made to reader");
    try (Opened opened = Opened.of(PostgresServer.values(database));
        Connection connection = source(opened).getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.setFetchSize(50);
      try (ResultSet rows =
          statement.executeQuery("select nextval('made') from generate_series(1, 100000)")) {
        for (int row = 1; row <= 60; row++) {
          assertThat(rows.next()).isTrue();
        }
      }
      assertThat(number(connection, "select last_value from made"))
          .as("rows that the server made")
          .isEqualTo(100);
    }
  }

  @Test
  void what_is_borrowed_ends_with_the_adapter() throws SQLException {
    Opened opened = Opened.of(PostgresServer.values(database));
    try (Connection connection = source(opened).getConnection()) {
      assertThat(number(connection, "select 1")).isEqualTo(1);
      opened.close();

      assertThatThrownBy(() -> number(connection, "select 1")).isInstanceOf(SQLException.class);
    }
  }

  /** The pool asks after half a second only; the connection was idle for longer. */
  private static void letIdle() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
    until(() -> System.nanoTime() > end);
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void an_idle_connection_that_nothing_comes_through_any_more_is_replaced() throws SQLException {
    try (Proxy proxy = new Proxy(Duration.ZERO);
        Opened opened =
            Opened.of(
                PostgresServer.values(database, proxy.port())
                    .with("advanced.connection_timeout", 20))) {
      opened.imported();
      letIdle();
      proxy.freeze();

      assertThat(opened.imported().failures()).isEmpty();
      assertThat(proxy.swallowed()).as("questions whether it lives").isPositive();
      assertThat(opened.adapter().pooled()).isEqualTo(1);
      try (Connection connection = source(opened).getConnection()) {
        assertThat(number(connection, "select 1")).isEqualTo(1);
      }
    }
  }

  @Test
  void who_waits_for_an_idle_connections_answer_can_give_up() {
    try (Proxy proxy = new Proxy(Duration.ZERO);
        Opened opened =
            Opened.of(
                PostgresServer.values(database, proxy.port())
                    .with("advanced.connection_timeout", 300)
                    .with("advanced.command_timeout", 300)
                    .with("advanced.idle_timeout", 600))) {
      opened.imported();
      letIdle();
      proxy.freeze();
      TestOperation operation = TestOperation.within(Duration.ofMinutes(10));
      CompletableFuture<ConnectionException> listing =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      ConnectionException.class, () -> opened.adapter().listSchemas(operation)));
      until(() -> proxy.swallowed() > 0);
      operation.cancel();

      assertThat(listing.join().code()).isEqualTo(StandardErrorCode.CANCELLED);
      // Else it would be asked for 75 seconds.
      until(() -> opened.adapter().pooled() == 0);
    }
  }
}
