package dev.connections.mssql.tds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.sqlserver.jdbc.SQLServerException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import microsoft.sql.DateTimeOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoint, spoken to by the real driver. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TdsServerTest {
  private static final Iterator<Object[]> ENDLESS =
      Stream.generate(() -> new Object[] {"again and again"}).iterator();
  private static final List<Column> ONE = List.of(Column.of("one", ColumnType.TEXT));

  @Test
  void the_driver_signs_in_and_learns_what_it_speaks_to() throws SQLException {
    try (TdsServer server =
            TdsServer.builder().logins(Logins.only(Driver.USER, Driver.PASSWORD)).start();
        Connection connection =
            Driver.connect(
                server, "databaseName", "sales", "applicationName", "tests", "packetSize", "512")) {
      assertThat(connection.getCatalog()).isEqualTo("sales");
      assertThat(connection.getMetaData().getDatabaseProductName())
          .isEqualTo("Microsoft SQL Server");
      assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(16);
      LoginRequest login = server.connections().get(0).login().orElseThrow();
      assertThat(login.user()).isEqualTo(Driver.USER);
      assertThat(login.database()).isEqualTo("sales");
      assertThat(login.application()).isEqualTo("tests");
      assertThat(login.server()).isEqualTo("localhost");
      assertThat(login.toString()).doesNotContain(Driver.PASSWORD);
      assertThat(server.connections().get(0).encrypted()).isEqualTo(Encryption.Extent.NOTHING);
    }
  }

  @Test
  void a_wrong_password_is_refused_by_number() {
    try (TdsServer server =
        TdsServer.builder().logins(Logins.only(Driver.USER, "another")).start()) {
      SQLException thrown = catchThrowableOfType(SQLException.class, () -> Driver.connect(server));

      assertThat(thrown.getErrorCode()).isEqualTo(18456);
      assertThat(server.logins()).isEqualTo(1);
    }
  }

  @Test
  void errors_keep_number_state_and_order() {
    ServerError first = new ServerError(4060, 3, 11, "first");
    try (TdsServer server =
        TdsServer.builder().logins(Logins.refused(first, ServerError.of(18456, 8))).start()) {
      SQLServerException thrown =
          catchThrowableOfType(SQLServerException.class, () -> Driver.connect(server));

      assertThat(thrown.getErrorCode()).isEqualTo(4060);
      assertThat(thrown.getSQLServerError().getErrorState()).isEqualTo(3);
    }
  }

  static Stream<Arguments> values() {
    LocalDateTime time = LocalDateTime.of(2024, 2, 29, 13, 14, 15, 123_456_700);
    UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    return Stream.of(
        Arguments.of(ColumnType.BIT, true, true),
        Arguments.of(ColumnType.TINYINT, 255, (short) 255),
        Arguments.of(ColumnType.SMALLINT, -2, (short) -2),
        Arguments.of(ColumnType.INT, -70_000, -70_000),
        Arguments.of(ColumnType.BIGINT, 1L << 40, 1L << 40),
        Arguments.of(ColumnType.of(ColumnType.Kind.REAL), 1.5f, 1.5f),
        Arguments.of(ColumnType.of(ColumnType.Kind.FLOAT), -2.25, -2.25),
        Arguments.of(
            ColumnType.decimal(2),
            new BigDecimal("-12345678901234567890.12"),
            new BigDecimal("-12345678901234567890.12")),
        Arguments.of(ColumnType.nvarchar(20), "naïve 😀", "naïve 😀"),
        Arguments.of(ColumnType.TEXT, "x".repeat(50_000), "x".repeat(50_000)),
        Arguments.of(ColumnType.TEXT, "", ""),
        Arguments.of(new ColumnType(ColumnType.Kind.VARCHAR, 20, 0), "café", "café"),
        Arguments.of(ColumnType.varbinary(8), new byte[] {1, -1}, new byte[] {1, -1}),
        Arguments.of(ColumnType.varbinary(ColumnType.MAX), new byte[9_000], new byte[9_000]),
        Arguments.of(
            ColumnType.of(ColumnType.Kind.DATE),
            time.toLocalDate(),
            java.sql.Date.valueOf("2024-02-29")),
        Arguments.of(ColumnType.of(ColumnType.Kind.DATETIME2), time, Timestamp.valueOf(time)),
        Arguments.of(
            ColumnType.of(ColumnType.Kind.DATETIME),
            time.withNano(0),
            Timestamp.valueOf(time.withNano(0))),
        Arguments.of(
            ColumnType.of(ColumnType.Kind.DATETIMEOFFSET),
            time.atOffset(ZoneOffset.ofHours(2)),
            DateTimeOffset.valueOf(Timestamp.from(time.toInstant(ZoneOffset.ofHours(2))), 120)),
        Arguments.of(
            ColumnType.of(ColumnType.Kind.UNIQUEIDENTIFIER), uuid, uuid.toString().toUpperCase()),
        Arguments.of(ColumnType.VARIANT, "text", "text"),
        Arguments.of(ColumnType.VARIANT, 7, 7),
        Arguments.of(ColumnType.VARIANT, 7L, 7L),
        Arguments.of(ColumnType.VARIANT, true, true),
        Arguments.of(ColumnType.VARIANT, new byte[] {5}, new byte[] {5}));
  }

  @ParameterizedTest
  @MethodSource("values")
  void a_value_of_each_type_and_a_null_arrive(ColumnType type, Object sent, Object expected)
      throws SQLException {
    Object[][] rows = {{sent, "after"}, {null, "after"}, {sent, null}};
    QueryAnswers answers =
        query ->
            Answer.rows(
                List.of(Column.of("value", type), Column.of("next", ColumnType.NAME)), rows);
    try (TdsServer server = TdsServer.builder().answers(answers).packetSize(512).start();
        Connection connection = Driver.connect(server);
        Statement statement = connection.createStatement();
        ResultSet read = statement.executeQuery("select it")) {
      assertThat(read.getMetaData().getColumnName(1)).isEqualTo("value");
      assertThat(read.next()).isTrue();
      assertThat(read.getObject(1)).isEqualTo(expected);
      assertThat(read.getString(2)).isEqualTo("after");
      assertThat(read.next()).isTrue();
      assertThat(read.getObject(1)).isNull();
      assertThat(read.getString(2)).isEqualTo("after");
      assertThat(read.next()).isTrue();
      assertThat(read.getObject(2)).isNull();
      assertThat(read.next()).isFalse();
      assertThat(server.faults()).isEmpty();
    }
  }

  @Test
  void times_arrive() throws SQLException {
    try (TdsServer server =
            TdsServer.answering(
                query ->
                    Answer.value(ColumnType.of(ColumnType.Kind.TIME), LocalTime.of(1, 2, 3, 400)));
        Connection connection = Driver.connect(server);
        Statement statement = connection.createStatement();
        ResultSet read = statement.executeQuery("select it")) {
      assertThat(read.next()).isTrue();
      assertThat(read.getObject(1, LocalTime.class)).isEqualTo(LocalTime.of(1, 2, 3, 400));
    }
  }

  /** The second time it is prepared, from the third on it is called by its handle. */
  @Test
  void parameters_arrive_however_a_statement_is_sent() throws SQLException {
    LocalDateTime time = LocalDateTime.of(2024, 2, 29, 13, 14, 15);
    UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    List<Object> expected = new ArrayList<>();
    try (TdsServer server = TdsServer.answering(query -> Answer.value(ColumnType.INT, 1));
        Connection connection = Driver.connect(server);
        PreparedStatement statement =
            connection.prepareStatement("select ?,?,?,?,?,?,?,?,?,?,?,?")) {
      List<Object> values =
          List.of(
              "naïve 😀",
              "x".repeat(10_000),
              1 << 20,
              (1L << 40),
              true,
              new BigDecimal("-1.50"),
              2.5,
              new byte[] {1, 2},
              time,
              time.toLocalDate(),
              uuid,
              OffsetDateTime.of(time, ZoneOffset.ofHours(2)));
      for (int round = 0; round < 4; round++) {
        for (int i = 0; i < values.size(); i++) {
          statement.setObject(i + 1, values.get(i));
        }
        statement.setNull(3, round == 2 ? java.sql.Types.INTEGER : java.sql.Types.BIGINT);
        try (ResultSet read = statement.executeQuery()) {
          assertThat(read.next()).isTrue();
        }
      }
      expected.addAll(values);
      expected.set(2, null);
      assertThat(server.queries()).hasSize(4);
      for (Query query : server.queries()) {
        assertThat(query.text()).contains("@P0,@P1");
        for (int i = 0; i < expected.size(); i++) {
          assertThat(query.parameters().get(i))
              .as("parameter " + i)
              .usingRecursiveComparison()
              .isEqualTo(expected.get(i));
        }
      }
      assertThat(server.roundTrips()).isEqualTo(2 + 4);
      assertThat(server.faults()).isEmpty();
    }
  }

  @Test
  void settings_and_ends_of_transactions_are_round_trips_and_no_questions() throws SQLException {
    try (TdsServer server = TdsServer.answering(query -> Answer.value(ColumnType.INT, 1));
        Connection connection = Driver.connect(server);
        Statement statement = connection.createStatement()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
      connection.setAutoCommit(false);
      statement.executeQuery("select 1").close();
      connection.commit();
      connection.rollback();
      connection.setCatalog("a ]b");

      assertThat(connection.getCatalog()).isEqualTo("a ]b");
      assertThat(server.queries()).extracting(Query::text).containsExactly("select 1");
      assertThat(server.roundTrips()).isGreaterThanOrEqualTo(2 + 6);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_cancel_arrives_and_is_obeyed_in_silence_and_among_rows(boolean silent) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    QueryAnswers answers =
        query -> {
          asked.countDown();
          return silent ? Answer.silence() : Answer.rows(ONE, ENDLESS);
        };
    try (TdsServer server = TdsServer.answering(ScriptedAnswers.over(ok()).when("it", answers));
        Connection connection = Driver.connect(server);
        Statement statement = connection.createStatement()) {
      Thread canceller =
          new Thread(
              () -> {
                try {
                  asked.await();
                  statement.cancel();
                } catch (InterruptedException | SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      canceller.start();

      SQLException thrown = catchThrowableOfType(SQLException.class, () -> readToTheEnd(statement));

      canceller.join();
      assertThat(thrown.getSQLState()).isEqualTo("HY008");
      assertThat(server.attentions()).isEqualTo(1);
      try (ResultSet read = statement.executeQuery("select 1")) {
        assertThat(read.next()).isTrue();
      }
    }
  }

  private static void readToTheEnd(Statement statement) throws SQLException {
    try (ResultSet read = statement.executeQuery("select it")) {
      while (read.next()) {
        assertThat(read.getString(1)).isNotEmpty();
      }
    }
  }

  private static QueryAnswers ok() {
    return query -> Answer.value(ColumnType.INT, 1);
  }

  @Test
  void a_time_out_of_a_query_is_a_cancel() throws SQLException {
    try (TdsServer server = TdsServer.answering(query -> Answer.silence());
        Connection connection = Driver.connect(server);
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);

      assertThatThrownBy(() -> statement.executeQuery("select it"))
          .isInstanceOf(SQLTimeoutException.class);
      assertThat(server.attentions()).isEqualTo(1);
    }
  }

  @Test
  void a_deaf_server_is_left_by_the_time_out_of_the_socket() throws SQLException {
    try (TdsServer server = TdsServer.builder().answers(query -> Answer.silence()).deaf().start();
        Connection connection = Driver.connect(server, "socketTimeout", "1500");
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);

      assertThatThrownBy(() -> statement.executeQuery("select it"))
          .isInstanceOf(SQLException.class)
          .hasRootCauseInstanceOf(java.net.SocketTimeoutException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Answer.Cut.class)
  void an_answer_breaks_off_in_the_midst_of_its_rows(Answer.Cut cut) throws SQLException {
    Object[][] rows =
        IntStream.range(0, 5_000).mapToObj(i -> new Object[] {"row"}).toArray(Object[][]::new);
    try (TdsServer server =
            TdsServer.answering(query -> Answer.rows(ONE, rows).cutAfter(20_000, cut));
        Connection connection = Driver.connect(server);
        Statement statement = connection.createStatement();
        ResultSet read = statement.executeQuery("select it")) {
      assertThatThrownBy(
              () -> {
                while (read.next()) {
                  assertThat(read.getString(1)).isEqualTo("row");
                }
              })
          .isInstanceOf(SQLException.class);
      assertThat(connection.isValid(1)).isFalse();
    }
  }

  @Test
  void an_error_may_follow_rows_and_the_connection_lives_on() throws SQLException {
    try (TdsServer server =
            TdsServer.answering(
                ScriptedAnswers.over(ok())
                    .when(
                        "it",
                        query ->
                            Answer.rows(ONE, new Object[][] {{"row"}})
                                .butThen(ServerError.of(1205).withSeverity(13))));
        Connection connection = Driver.connect(server);
        PreparedStatement statement = connection.prepareStatement("select it where ? = 1")) {
      statement.setInt(1, 1);
      for (int i = 0; i < 3; i++) {
        try (ResultSet read = statement.executeQuery()) {
          assertThat(read.next()).isTrue();
          SQLException thrown = catchThrowableOfType(SQLException.class, read::next);
          assertThat(thrown.getErrorCode()).isEqualTo(1205);
          assertThat(thrown.getSQLState()).isEqualTo("40001");
        }
      }
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void after_a_fatal_error_the_connection_ends() throws SQLException {
    try (TdsServer server =
            TdsServer.answering(query -> Answer.refused(ServerError.of(596).withSeverity(21)));
        Connection connection = Driver.connect(server);
        Statement statement = connection.createStatement()) {
      SQLException thrown =
          catchThrowableOfType(SQLException.class, () -> statement.executeQuery("select it"));

      assertThat(thrown.getErrorCode()).isEqualTo(596);
      assertThat(connection.isValid(1)).isFalse();
    }
  }

  @Test
  void a_gateway_sends_the_driver_to_another_server() throws SQLException {
    try (TdsServer real = TdsServer.answering(ok());
        TdsServer gateway =
            TdsServer.builder()
                .logins(request -> LoginAnswer.routed("localhost", real.port()))
                .start();
        Connection connection = Driver.connect(gateway);
        Statement statement = connection.createStatement()) {
      statement.executeQuery("select it").close();

      assertThat(gateway.queries()).isEmpty();
      assertThat(real.queries()).hasSize(1);
    }
  }

  @Test
  void each_round_trip_is_delayed() throws SQLException {
    try (TdsServer server =
            TdsServer.builder().answers(ok()).latency(Duration.ofMillis(20)).start();
        Connection connection = Driver.connect(server);
        Statement statement = connection.createStatement()) {
      long start = System.nanoTime();
      for (int i = 0; i < 10; i++) {
        statement.executeQuery("select it").close();
      }

      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(200_000_000);
      assertThat(server.roundTrips()).isEqualTo(12);
    }
  }

  @Test
  void h2_answers_and_its_errors_become_the_numbers_of_sql_server() throws SQLException {
    String url =
        "jdbc:h2:mem:tds;MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
    try (Connection keeper = DriverManager.getConnection(url);
        Statement create = keeper.createStatement();
        TdsServer server =
            TdsServer.answering(
                new H2Answers(() -> DriverManager.getConnection(url), UnaryOperator.identity()));
        Connection connection = Driver.connect(server)) {
      create.execute(
          "create table kinds(id bigint, n nvarchar(30), t nvarchar(max), b bit, d decimal(10,2),"
              + " f float, ts datetime2, on_day date, u uniqueidentifier, v varbinary(max), s smallint)");
      create.execute(
          "insert into kinds values (1, 'é', 'long', 1, 1.25, 2.5, '2024-02-29 01:02:03',"
              + " '2024-02-29', '00112233-4455-6677-8899-aabbccddeeff', x'01', 7), (2, null, null,"
              + " null, null, null, null, null, null, null, null)");
      try (PreparedStatement statement =
          connection.prepareStatement("select * from kinds where id >= ? and id < ? order by id")) {
        statement.setLong(1, 1);
        statement.setInt(2, 3);
        try (ResultSet read = statement.executeQuery()) {
          assertThat(read.next()).isTrue();
          assertThat(read.getLong("id")).isEqualTo(1);
          assertThat(read.getString("n")).isEqualTo("é");
          assertThat(read.getString("t")).isEqualTo("long");
          assertThat(read.getBoolean("b")).isTrue();
          assertThat(read.getBigDecimal("d")).isEqualTo("1.25");
          assertThat(read.getDouble("f")).isEqualTo(2.5);
          assertThat(read.getTimestamp("ts")).isEqualTo(Timestamp.valueOf("2024-02-29 01:02:03"));
          assertThat(read.getString("on_day")).isEqualTo("2024-02-29");
          assertThat(read.getString("u"))
              .isEqualToIgnoringCase("00112233-4455-6677-8899-aabbccddeeff");
          assertThat(read.getBytes("v")).containsExactly(1);
          assertThat(read.getInt("s")).isEqualTo(7);
          assertThat(read.next()).isTrue();
          assertThat(read.getString("n")).isNull();
          assertThat(read.next()).isFalse();
        }
      }
      assertThat(refusal(connection, "select * from nowhere")).isEqualTo(208);
      assertThat(refusal(connection, "select nothing from kinds")).isEqualTo(207);
      assertThat(server.faults()).isEmpty();
    }
  }

  private static int refusal(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return catchThrowableOfType(SQLException.class, () -> statement.executeQuery(text))
          .getErrorCode();
    }
  }

  @Test
  void what_speaks_another_protocol_is_not_signed_in_to() {
    try (TdsServer server =
        TdsServer.builder().speaking("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes()).start()) {
      assertThatThrownBy(() -> Driver.connect(server)).isInstanceOf(SQLException.class);
      assertThat(server.logins()).isZero();
    }
  }

  @Test
  void what_never_answers_is_left() {
    try (TdsServer server = TdsServer.builder().mute().start()) {
      assertThatThrownBy(() -> Driver.connect(server, "loginTimeout", "1"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void closing_ends_every_connection_and_thread() throws SQLException {
    TdsServer server = TdsServer.answering(query -> Answer.silence());
    try (Connection connection = Driver.connect(server)) {
      assertThat(server.open()).isEqualTo(1);
      server.close();
      server.close();
      assertThat(connection.isValid(1)).isFalse();
    }
  }

  @Test
  void dates_of_long_ago_arrive() throws SQLException {
    try (TdsServer server =
            TdsServer.answering(
                query -> Answer.value(ColumnType.of(ColumnType.Kind.DATE), LocalDate.of(1, 1, 1)));
        Connection connection = Driver.connect(server);
        Statement statement = connection.createStatement();
        ResultSet read = statement.executeQuery("select it")) {
      assertThat(read.next()).isTrue();
      assertThat(read.getObject(1, LocalDate.class)).isEqualTo(LocalDate.of(1, 1, 1));
    }
  }
}
