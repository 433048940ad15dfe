package dev.connections.mssql.tds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.testkit.LogCapture;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each number of the table of errors, said by a server, and what becomes of it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ErrorNumbersTest {
  /** What a failure says of a number that nobody knows. */
  private static final String UNKNOWN = "a code of its own";

  /** As often the calls of the tests try what may be repeated. */
  private static final int ATTEMPTS = 4;

  /**
   * A number with its meaning.
   *
   * @param state the server's state, where the meaning depends on it, or 0
   */
  private record Case(int number, int state, String code) {
    String row() {
      return number + (state == 0 ? "" : " S%04d".formatted(state));
    }

    ServerError error() {
      return ServerError.of(number, state == 0 ? 1 : state);
    }
  }

  /** Written down here once more: a table that is compared with itself is always right. */
  static Stream<Case> cases() {
    return Stream.of(
            ofState(18456, "ACCOUNT_LOCKED", 7),
            ofState(18456, "CLIENT_REFUSED", 12),
            ofState(18456, "EXPIRED_CREDENTIALS", 18),
            ofState(18456, "UNKNOWN_DATABASE", 38, 40, 46),
            ofState(18456, "METHOD_REFUSED", 58),
            of("WRONG_CREDENTIALS", 18456),
            of("METHOD_REFUSED", 18452),
            of("ACCOUNT_LOCKED", 18470, 18486),
            of("EXPIRED_CREDENTIALS", 18487, 18488),
            of("TOO_MANY_CONNECTIONS", 18461, 17809, 924),
            of("CLIENT_REFUSED", 40532, 40615, 40914, 47073),
            of("UNKNOWN_DATABASE", 911, 4060, 916),
            of("STARTING_UP", 17142, 17187, 922, 927, 942, 945, 976, 978, 983, 40613, 42109),
            of("NOT_FOUND", 207, 208, 3701, 2812, 1088),
            of("PERMISSION_DENIED", 229, 230, 262, 297, 300, 371),
            of("DEADLOCK", 1205),
            of("UNSUPPORTED", 3906, 33557097, 102, 156, 195, 4121),
            of("MALFORMED_DATA", 2627),
            of("THROTTLED", 10928, 10929, 40501, 49918, 49919, 49920, 10936),
            of("QUOTA_EXHAUSTED", 40544),
            of("UNAVAILABLE", 1222, 701, 802, 1105, 9002, 823, 824, 40549, 40550, 40551, 40552),
            of("UNAVAILABLE", 40553, 40197, 40143, 40540, 49977),
            of("CONNECTION_LOST", 596, 17830, 64, 233, 10053, 10054),
            of("CONNECT_TIMEOUT", 10060),
            of("TLS_REFUSED", 20))
        .flatMap(List::stream);
  }

  private static List<Case> of(String code, int... numbers) {
    return IntStream.of(numbers).mapToObj(number -> new Case(number, 0, code)).toList();
  }

  private static List<Case> ofState(int number, String code, int... states) {
    return IntStream.of(states).mapToObj(state -> new Case(number, state, code)).toList();
  }

  @Test
  void every_row_of_the_table_has_a_case_here() throws IOException {
    Set<String> provoked = cases().map(Case::row).collect(Collectors.toCollection(TreeSet::new));

    assertThat(rowsOfTheTable("number ")).isEqualTo(provoked);
    // AdapterFaultsTest provokes these: a query that is cancelled at its time-out, a cut
    // connection.
    assertThat(rowsOfTheTable("state ")).containsExactlyInAnyOrder("HY008", "08*");
  }

  private static Set<String> rowsOfTheTable(String kind) throws IOException {
    return Diagnosis.table()
        .lines()
        .filter(line -> line.startsWith(kind))
        .map(Diagnosis::meant)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean known(Failure failure, String code) {
    return failure.code().id().equals(code) && !failure.message().contains(UNKNOWN);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void without_its_row_a_number_would_not_be_known(Case wanted) throws IOException {
    try (TdsServer server = TdsServer.builder().logins(Logins.refused(wanted.error())).start()) {
      SQLException thrown = catchThrowableOfType(SQLException.class, () -> Driver.connect(server));

      assertThat(known(Diagnosis.of(thrown), wanted.code())).isTrue();
      assertThat(known(Diagnosis.without("number", wanted.row(), thrown), wanted.code())).isFalse();
    }
  }

  @Test
  void without_its_row_a_cancelled_query_would_not_be_known() throws IOException, SQLException {
    CountDownLatch asked = new CountDownLatch(1);
    QueryAnswers silent =
        query -> {
          asked.countDown();
          return Answer.silence();
        };
    try (TdsServer server = TdsServer.answering(silent);
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
      SQLException thrown =
          catchThrowableOfType(SQLException.class, () -> statement.executeQuery("select it"));

      assertThat(known(Diagnosis.of(thrown), "TIMEOUT")).isTrue();
      assertThat(known(Diagnosis.without("state", "HY008", thrown), "TIMEOUT")).isFalse();
    }
  }

  @Test
  void without_its_row_a_connection_that_was_cut_would_not_be_known()
      throws IOException, SQLException {
    try (TdsServer server =
            TdsServer.answering(query -> Answer.done().cutAfter(0, Answer.Cut.CLOSED));
        Connection connection = Driver.connect(server);
        Statement statement = connection.createStatement()) {
      SQLException thrown =
          catchThrowableOfType(SQLException.class, () -> statement.executeQuery("select it"));

      assertThat(known(Diagnosis.of(thrown), "CONNECTION_LOST")).isTrue();
      assertThat(known(Diagnosis.without("state", "08*", thrown), "CONNECTION_LOST")).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_number_said_at_the_sign_in_is_told_by_the_test(Case wanted) {
    try (LogCapture logs = LogCapture.start();
        TdsServer server = TdsServer.builder().logins(Logins.refused(wanted.error())).start();
        OpenedAdapter opened = OpenedAdapter.on(server)) {
      Failure failure = opened.firstFailure();

      // An imitation of SQL Server says this of a database that isn't there.
      String code = wanted.number() == 33557097 ? "UNKNOWN_DATABASE" : wanted.code();
      says(failure, wanted, code);
      assertThat(server.logins()).isEqualTo(1);
      saysNothing(logs);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_number_said_to_a_query_is_told_by_who_asked(Case wanted) {
    try (LogCapture logs = LogCapture.start();
        TdsServer server = TdsServer.answering(query -> Answer.refused(wanted.error()));
        OpenedAdapter opened = OpenedAdapter.on(server)) {
      ConnectionException thrown =
          catchThrowableOfType(
              ConnectionException.class, () -> opened.adapter().listSchemas(TestOperation.start()));

      says(thrown.failure(), wanted, wanted.code());
      List<String> asked =
          server.queries().stream()
              .map(Query::text)
              .filter(text -> text.contains("from sys.schemas"))
              .toList();
      if (thrown.code().transientFailure()) {
        assertThat(asked).hasSize(ATTEMPTS);
      } else {
        assertThat(asked).isNotEmpty().doesNotHaveDuplicates();
      }
      saysNothing(logs);
    }
  }

  /** The driver tells its own log everything, but for the password, when it is made to. */
  private static void saysNothing(LogCapture logs) {
    assertThat(logs.text()).doesNotContain(Driver.PASSWORD);
    assertThat(logs.lines())
        .filteredOn(line -> !line.contains(" com.microsoft."))
        .noneMatch(line -> line.contains(ServerError.MARK));
  }

  private static void says(Failure failure, Case wanted, String code) {
    assertThat(failure.code().id()).isEqualTo(code);
    assertThat(failure.message()).doesNotContain(UNKNOWN);
    assertThat(failure.remedy()).isPresent();
    assertThat(failure.vendorCode()).contains(Integer.toString(wanted.number()));
    assertThat(failure.toString()).doesNotContain(ServerError.MARK, Driver.PASSWORD);
  }

  @Test
  void a_number_that_nobody_knows_is_said_with_its_number_alone() {
    try (TdsServer server =
            TdsServer.builder().logins(Logins.refused(ServerError.of(12_345))).start();
        OpenedAdapter opened = OpenedAdapter.on(server)) {
      Failure failure = opened.firstFailure();

      assertThat(failure.code().id()).isEqualTo("UNKNOWN_ERROR");
      assertThat(failure.message()).contains(UNKNOWN);
      assertThat(failure.vendorCode()).contains("12345");
      assertThat(failure.toString()).doesNotContain(ServerError.MARK);
    }
  }
}
