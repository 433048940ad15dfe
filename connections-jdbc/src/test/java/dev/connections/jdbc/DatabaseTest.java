package dev.connections.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DatabaseTest {
  private static final CatalogQuery NUMBERS =
      CatalogQuery.read(DatabaseTest.class, "toolkit", "numbers");

  private static ErrorCode codeOf(Runnable call) {
    return catchThrowableOfType(ConnectionException.class, call::run).code();
  }

  @Test
  void a_query_is_grouped_by_the_id_in_its_first_column() {
    try (Database database = ToolkitServer.open(2)) {
      Map<Long, List<Long>> grouped =
          database.byId(
              NUMBERS.with("selection", "and n < ?"),
              statement -> statement.setInt(1, 7),
              row -> row.getLong(2),
              TestOperation.start());

      assertThat(grouped)
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(0L, List.of(0L, 1L, 2L), 1L, List.of(3L, 4L, 5L), 2L, List.of(6L)));
    }
  }

  @Test
  void a_query_that_lost_its_connection_is_made_again_and_a_change_is_not() {
    try (Database database = ToolkitServer.open(1)) {
      AtomicInteger made = new AtomicInteger();
      Database.SessionCall<Integer> lost =
          session -> {
            made.incrementAndGet();
            throw new SQLException("the connection is gone", "08006");
          };

      codeOf(() -> database.call("read", TestOperation.start(), lost));
      assertThat(made.getAndSet(0)).isGreaterThan(1);
      codeOf(() -> database.change("write", TestOperation.start(), lost));
      assertThat(made).hasValue(1);
    }
  }

  @Test
  void a_statement_is_run_as_it_is_and_its_question_marks_are_no_values() {
    try (Database database = ToolkitServer.open(1)) {
      List<String> read =
          database.change(
              "write",
              TestOperation.start(),
              session -> {
                session.execute("create temporary table kept as select 'what?'::text as said");
                return session.query(
                    "select said from kept", Session.Binder.NONE, row -> row.getString(1));
              });

      assertThat(read).containsExactly("what?");
    }
  }

  @Test
  void a_stream_gives_the_rows_of_each_id_and_passes_over_others() {
    try (Database database = ToolkitServer.open(1)) {
      try (OrderedRows<Long> rows =
          database.stream(
              NUMBERS, Session.Binder.NONE, row -> row.getLong(2), TestOperation.start())) {
        assertThat(rows.of(0)).containsExactly(0L, 1L, 2L);
        assertThat(rows.of(6_000)).containsExactly(18_000L, 18_001L, 18_002L);
        assertThat(rows.of(1_000_000)).isEmpty();
      }
      assertThat(database.pooled()).as("given back").isEqualTo(1);
      assertThat(database.list(NUMBERS, Session.Binder.NONE, row -> 1, TestOperation.start()))
          .hasSize(20_001);
    }
  }

  @Test
  void a_cancelled_stream_ends() {
    try (Database database = ToolkitServer.open(1)) {
      TestOperation operation = TestOperation.start();
      OrderedRows<Long> stream =
          database.stream(NUMBERS, Session.Binder.NONE, row -> row.getLong(2), operation);
      try (stream) {
        operation.cancel();

        assertThat(codeOf(() -> stream.of(5))).isEqualTo(StandardErrorCode.CANCELLED);
      }
      assertThat(
              database.<Integer>call(
                  "again",
                  TestOperation.start(),
                  session -> session.query("select 1", Session.Binder.NONE, row -> 1).size()))
          .isEqualTo(1);
    }
  }

  @Test
  void a_query_or_stream_whose_server_ends_it_is_a_lost_connection() {
    CatalogQuery wrong = NUMBERS.with("selection", "and pg_terminate_backend(pg_backend_pid())");
    try (Database database = ToolkitServer.open(1)) {
      assertThat(
              codeOf(
                  () -> database.list(wrong, Session.Binder.NONE, row -> 1, TestOperation.start())))
          .isEqualTo(StandardErrorCode.CONNECTION_LOST);
      assertThat(
              codeOf(
                  () ->
                      database.stream(wrong, Session.Binder.NONE, row -> 1, TestOperation.start())))
          .isEqualTo(StandardErrorCode.CONNECTION_LOST);
    }
  }

  @Test
  void a_call_out_of_time_is_cancelled() {
    try (Database database = ToolkitServer.open(1)) {
      assertThat(
              codeOf(
                  () ->
                      database.<Integer>call(
                          "sleep",
                          TestOperation.within(Duration.ofMillis(400)),
                          session ->
                              session
                                  .query("select pg_sleep(60)", Session.Binder.NONE, row -> 1)
                                  .size())))
          .isEqualTo(StandardErrorCode.TIMEOUT);
    }
  }

  @Test
  void a_cancel_between_a_statements_registration_and_its_sending_is_not_lost() {
    try (Database database = ToolkitServer.open(1)) {
      TestOperation operation = TestOperation.start();

      assertThat(
              codeOf(
                  () ->
                      database.<Boolean>call(
                          "sleep",
                          operation,
                          session -> {
                            try (PreparedStatement statement =
                                session.prepare("select pg_sleep(600)", Session.Binder.NONE)) {
                              operation.cancel();
                              return statement.execute();
                            }
                          })))
          .isEqualTo(StandardErrorCode.CANCELLED);
    }
  }

  @Test
  void many_who_borrow_at_once_leave_no_more_connections_than_the_pool_holds() throws Exception {
    List<Connection> dialled = new CopyOnWriteArrayList<>();
    DatabaseSettings settings = ToolkitServer.settings("localhost", ToolkitServer.port(), 2);
    int hosts = 12;
    CyclicBarrier together = new CyclicBarrier(hosts);
    ExecutorService threads = Executors.newFixedThreadPool(hosts);
    try (Database database =
        Database.of(
            settings,
            dial -> {
              Connection made = ToolkitServer.connect(settings, dial);
              dialled.add(made);
              return made;
            },
            TestAdapterContext.create())) {
      DataSource source = database.dataSource();
      List<Future<Boolean>> borrowed = new ArrayList<>();
      for (int i = 0; i < hosts; i++) {
        borrowed.add(
            threads.submit(
                () -> {
                  together.await();
                  try (Connection connection = source.getConnection()) {
                    return connection.isValid(10);
                  }
                }));
      }
      for (Future<Boolean> one : borrowed) {
        assertThat(one.get()).isTrue();
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (open(dialled) > 2) {
        assertThat(System.nanoTime()).as("%s are open", open(dialled)).isLessThan(end);
        Thread.onSpinWait();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(open(dialled)).isZero();
  }

  private static long open(List<Connection> dialled) throws SQLException {
    long open = 0;
    for (Connection one : dialled) {
      open += one.isClosed() ? 0 : 1;
    }
    return open;
  }

  @Test
  void a_full_pool_says_so() throws SQLException {
    try (Database database = ToolkitServer.open(1);
        Connection held = database.dataSource().getConnection()) {
      assertThat(held.isValid(1)).isTrue();
      ConnectionException thrown =
          catchThrowableOfType(
              ConnectionException.class,
              () ->
                  database.list(
                      NUMBERS,
                      Session.Binder.NONE,
                      row -> 1,
                      TestOperation.within(Duration.ofSeconds(1))));

      assertThat(thrown.code()).isEqualTo(StandardErrorCode.TIMEOUT);
    }
  }

  @Test
  void a_closed_database_gives_nothing() {
    Database database = ToolkitServer.open(1);
    DataSource source = database.dataSource();
    database.close();
    database.close();

    assertThatThrownBy(source::getConnection)
        .isInstanceOf(SQLException.class)
        .hasCauseInstanceOf(ConnectionException.class);
    assertThat(codeOf(() -> database.during(TestOperation.start())))
        .isEqualTo(StandardErrorCode.CANCELLED);
    assertThatThrownBy(() -> new PinnedSocketFactory("unknown"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_host_can_borrow_and_nothing_else() throws SQLException {
    try (Database database = ToolkitServer.open(1)) {
      DataSource source = database.dataSource();

      assertThat(source.isWrapperFor(AutoCloseable.class)).isFalse();
      assertThat(source.unwrap(DataSource.class)).isSameAs(source);
      assertThatThrownBy(() -> source.unwrap(AutoCloseable.class)).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> source.getConnection("a", "b"))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(() -> source.setLoginTimeout(1))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(source::getParentLogger)
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThat(source.getLoginTimeout()).isZero();
      assertThat(source.getLogWriter()).isNotNull();
    }
  }

  @Test
  void the_test_goes_through_every_step() {
    try (Database database = ToolkitServer.open(1)) {
      TestResult result =
          ConnectionCheck.run(database, new ToolkitServer.Questions(), TestOperation.start());

      assertThat(result.firstFailure()).isEmpty();
      assertThat(result.steps())
          .extracting(TestResult.Step::id)
          .containsExactly("resolve", "connect", "authenticate", "database", "authorize", "read");
      assertThat(result.server().orElseThrow().product()).contains("PostgreSQL");
      assertThat(database.pooled()).as("the test has a connection of its own").isZero();
    }
  }

  /** The driver heeds neither the cancel nor the interruption, and is signed in all the same. */
  @Test
  void a_test_that_signs_in_when_nobody_waits_any_more_keeps_no_connection() throws Exception {
    TestOperation operation = TestOperation.start();
    CountDownLatch gone = new CountDownLatch(1);
    AtomicReference<Connection> late = new AtomicReference<>();
    DatabaseDriver slow =
        dial -> {
          Connection made = ToolkitServer.connect();
          late.set(made);
          operation.cancel();
          awaitUninterruptibly(gone);
          return made;
        };
    try (Database database =
        Database.of(
            ToolkitServer.settings("localhost", ToolkitServer.port(), 1),
            slow,
            TestAdapterContext.create())) {
      assertThat(
              codeOf(() -> ConnectionCheck.run(database, new ToolkitServer.Questions(), operation)))
          .isEqualTo(StandardErrorCode.CANCELLED);
      gone.countDown();

      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (!late.get().isClosed() && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(late.get().isClosed()).isTrue();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // Not heeded.
      }
    }
  }

  @Test
  void a_channel_that_must_be_encrypted_and_is_not_offered_fails() {
    try (Database database = ToolkitServer.open(1)) {
      TestResult required =
          ConnectionCheck.run(
              database,
              new ToolkitServer.Questions() {
                @Override
                public boolean encrypting() {
                  return true;
                }

                @Override
                public boolean encryptionRequired() {
                  return true;
                }
              },
              TestOperation.start());
      TestResult preferred =
          ConnectionCheck.run(
              database,
              new ToolkitServer.Questions() {
                @Override
                public boolean encrypting() {
                  return true;
                }
              },
              TestOperation.start());

      assertThat(required.firstFailure().orElseThrow().code())
          .isEqualTo(StandardErrorCode.TLS_REFUSED);
      assertThat(preferred.firstFailure()).isEmpty();
      assertThat(preferred.hasWarnings()).isTrue();
    }
  }

  @Test
  void nothing_listens() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (Database database = ToolkitServer.open(ToolkitServer.settings("127.0.0.1", port, 1))) {
      TestResult result =
          ConnectionCheck.run(database, new ToolkitServer.Questions(), TestOperation.start());

      assertThat(result.firstFailure().orElseThrow().code())
          .isEqualTo(StandardErrorCode.CONNECTION_REFUSED);
      assertThat(result.firstFailure().orElseThrow().fields()).containsExactly("host");
      assertThat(
              codeOf(
                  () -> database.list(NUMBERS, Session.Binder.NONE, r -> 1, TestOperation.start())))
          .isEqualTo(StandardErrorCode.CONNECTION_REFUSED);
    }
  }
}
