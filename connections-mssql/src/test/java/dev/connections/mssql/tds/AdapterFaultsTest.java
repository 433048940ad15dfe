package dev.connections.mssql.tds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.testkit.TestOperation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter, the real driver, and a server that behaves badly. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AdapterFaultsTest {
  private static final String SCHEMAS = "from sys.schemas";

  private static Answer schemas() {
    return Answer.rows(
        List.of(Column.of("name", ColumnType.NAME), Column.of("value", ColumnType.nvarchar(4000))),
        new Object[][] {{"dbo", null}, {"Sales", "What is sold"}});
  }

  private static ScriptedAnswers script() {
    return ScriptedAnswers.over(QueryAnswers.NONE).when(SCHEMAS, query -> schemas());
  }

  private static List<String> listed(OpenedAdapter opened) {
    return listed(opened, TestOperation.start());
  }

  private static List<String> listed(OpenedAdapter opened, TestOperation operation) {
    return opened.adapter().listSchemas(operation).stream()
        .map(SchemaInfo::name)
        .map(SchemaName::schema)
        .toList();
  }

  private static Failure refusal(OpenedAdapter opened, TestOperation operation) {
    return catchThrowableOfType(ConnectionException.class, () -> listed(opened, operation))
        .failure();
  }

  private static Failure refusal(OpenedAdapter opened) {
    return refusal(opened, TestOperation.start());
  }

  @Test
  void what_the_server_answers_is_read() {
    try (TdsServer server = TdsServer.answering(script());
        OpenedAdapter opened = OpenedAdapter.on(server)) {
      assertThat(listed(opened)).containsExactly("Sales", "dbo");
      assertThat(server.faults()).isEmpty();
    }
  }

  @Test
  void a_wrong_password_is_sent_once_for_each_call_and_told_each_time() {
    try (TdsServer server =
            TdsServer.builder().logins(Logins.only(Driver.USER, "another")).start();
        OpenedAdapter opened = OpenedAdapter.on(server)) {
      for (int i = 1; i <= 3; i++) {
        assertThat(refusal(opened).code()).isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
        assertThat(server.logins()).isEqualTo(i);
      }
      assertThat(opened.firstFailure().code()).isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
      assertThat(server.logins()).isEqualTo(4);
    }
  }

  @Test
  void a_server_that_never_greets_is_left_at_the_time_out() {
    try (TdsServer server = TdsServer.builder().mute().start();
        OpenedAdapter opened =
            OpenedAdapter.of(OpenedAdapter.plain(server).with("advanced.connection_timeout", 1))) {
      TestResult result = opened.tested();

      assertThat(result.step("connect").orElseThrow().status()).isEqualTo(TestResult.Status.FAILED);
      assertThat(result.firstFailure().orElseThrow().code())
          .isEqualTo(StandardErrorCode.CONNECT_TIMEOUT);
    }
  }

  @Test
  void a_server_that_never_lets_in_is_left_at_the_time_out() {
    try (TdsServer server = TdsServer.builder().logins(request -> LoginAnswer.silence()).start();
        OpenedAdapter opened =
            OpenedAdapter.of(
                OpenedAdapter.plain(server)
                    .with("advanced.connection_timeout", 3)
                    .with("advanced.command_timeout", 3))) {
      TestResult result = opened.tested();

      assertThat(result.step("authenticate").orElseThrow().status())
          .isEqualTo(TestResult.Status.FAILED);
      assertThat(result.firstFailure().orElseThrow().code().category())
          .isEqualTo(StandardErrorCode.TIMEOUT.category());
      assertThat(server.logins()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Answer.Cut.class)
  void a_server_that_ends_the_connection_while_signing_in_is_lost(Answer.Cut cut) {
    try (TdsServer server = TdsServer.builder().logins(request -> LoginAnswer.cut(cut)).start();
        OpenedAdapter opened = OpenedAdapter.on(server)) {
      assertThat(opened.firstFailure().code()).isEqualTo(StandardErrorCode.CONNECTION_LOST);
      assertThat(server.logins()).isEqualTo(1);
    }
  }

  @Test
  void what_speaks_another_protocol_is_told_apart() {
    byte[] web = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    try (TdsServer server = TdsServer.builder().speaking(web).start();
        OpenedAdapter opened = OpenedAdapter.on(server)) {
      assertThat(opened.firstFailure().code()).isEqualTo(StandardErrorCode.WRONG_PROTOCOL);
    }
  }

  /** A server without an answer for what the adapter asks, to a client that is in already. */
  private static ScriptedAnswers silentAtTheSecondTime() {
    return ScriptedAnswers.over(QueryAnswers.NONE)
        .when(SCHEMAS, query -> Answer.silence())
        .when(query -> query.text().contains(SCHEMAS), 1, query -> schemas());
  }

  /** A deaf server doesn't obey; then its connection is cut. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_query_that_is_never_answered_ends_at_its_time_out(boolean deaf)
      throws InterruptedException {
    TdsServer.Builder builder = TdsServer.builder().answers(silentAtTheSecondTime());
    try (TdsServer server = (deaf ? builder.deaf() : builder).start();
        OpenedAdapter opened =
            OpenedAdapter.of(OpenedAdapter.plain(server).with("advanced.command_timeout", 1))) {
      assertThat(listed(opened)).hasSize(2);

      assertThat(refusal(opened, TestOperation.within(Duration.ofSeconds(3))).code().category())
          .isEqualTo(StandardErrorCode.TIMEOUT.category());
      server.awaitStop();
    }
  }

  /** Nothing but the cancel ends it: its time-outs are far away. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_cancel_reaches_the_server_and_the_caller(boolean deaf) throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    TestOperation operation = TestOperation.within(Duration.ofMinutes(5));
    TdsServer.Builder builder =
        TdsServer.builder()
            .answers(
                script()
                    .when(
                        SCHEMAS,
                        query -> {
                          asked.countDown();
                          return Answer.silence();
                        }));
    try (TdsServer server = (deaf ? builder.deaf() : builder).start();
        OpenedAdapter opened =
            OpenedAdapter.of(
                OpenedAdapter.plain(server)
                    .with("advanced.connection_timeout", 300)
                    .with("advanced.command_timeout", 300))) {
      Thread canceller =
          new Thread(
              () -> {
                try {
                  asked.await();
                  operation.cancel();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      canceller.start();

      assertThat(refusal(opened, operation).code()).isEqualTo(StandardErrorCode.CANCELLED);
      server.awaitStop();
      if (deaf) {
        server.awaitNoConnection();
      }
    }
  }

  /** Whatever the first question after the sign-in is: a pool's own, or what somebody asked. */
  @ParameterizedTest
  @EnumSource(Answer.Cut.class)
  void a_server_that_goes_right_after_the_sign_in_is_lost(Answer.Cut cut) {
    try (TdsServer server = TdsServer.answering(query -> schemas().cutAfter(0, cut));
        OpenedAdapter opened = OpenedAdapter.on(server)) {
      assertThat(refusal(opened).code()).isEqualTo(StandardErrorCode.CONNECTION_LOST);
    }
  }

  @Test
  void a_new_connection_asks_what_it_was_opened_for_and_nothing_before() {
    try (TdsServer server = TdsServer.answering(script());
        OpenedAdapter opened = OpenedAdapter.on(server)) {
      assertThat(listed(opened)).hasSize(2);
      assertThat(server.queries()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Answer.Cut.class)
  void an_answer_that_breaks_off_each_time_is_a_lost_connection(Answer.Cut cut) {
    try (TdsServer server =
            TdsServer.answering(script().when(SCHEMAS, query -> schemas().cutAfter(60, cut)));
        OpenedAdapter opened = OpenedAdapter.on(server)) {
      assertThat(refusal(opened).code()).isEqualTo(StandardErrorCode.CONNECTION_LOST);
      assertThat(server.connections()).hasSizeGreaterThan(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Answer.Cut.class)
  void an_answer_that_breaks_off_once_is_asked_for_again(Answer.Cut cut) {
    try (TdsServer server =
            TdsServer.answering(
                script()
                    .when(
                        query -> query.text().contains(SCHEMAS),
                        1,
                        query -> schemas().cutAfter(60, cut)));
        OpenedAdapter opened = OpenedAdapter.on(server)) {
      assertThat(listed(opened)).containsExactly("Sales", "dbo");
      assertThat(server.logins()).isEqualTo(2);
    }
  }

  @Test
  void the_victim_of_a_deadlock_asks_again_even_in_the_midst_of_its_rows() {
    ServerError deadlock = ServerError.of(1205).withSeverity(13);
    try (TdsServer server =
            TdsServer.answering(
                script()
                    .when(
                        query -> query.text().contains(SCHEMAS),
                        2,
                        query -> schemas().butThen(deadlock)));
        OpenedAdapter opened = OpenedAdapter.on(server)) {
      assertThat(listed(opened)).containsExactly("Sales", "dbo");
      assertThat(server.queries()).filteredOn(query -> query.text().contains(SCHEMAS)).hasSize(3);
    }
  }

  /** It may be a detail that is refused: the same is asked without. Nothing is asked twice. */
  @Test
  void a_right_that_is_missing_in_the_midst_of_rows_is_told_at_once() {
    try (TdsServer server =
            TdsServer.answering(
                script().when(SCHEMAS, query -> schemas().butThen(ServerError.of(229))));
        OpenedAdapter opened = OpenedAdapter.on(server)) {
      assertThat(refusal(opened).code()).isEqualTo(StandardErrorCode.PERMISSION_DENIED);
      assertThat(server.queries())
          .filteredOn(query -> query.text().contains(SCHEMAS))
          .hasSize(2)
          .extracting(Query::text)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void a_connection_that_an_administrator_ends_is_opened_anew() {
    ServerError ended = ServerError.of(596).withSeverity(21);
    try (TdsServer server =
            TdsServer.answering(
                script()
                    .when(
                        query -> query.text().contains(SCHEMAS),
                        1,
                        query -> Answer.refused(ended)));
        OpenedAdapter opened = OpenedAdapter.on(server)) {
      assertThat(listed(opened)).containsExactly("Sales", "dbo");
      assertThat(server.logins()).isEqualTo(2);
    }
  }

  @Test
  void a_gateway_is_followed_to_where_it_leads() {
    try (TdsServer real = TdsServer.answering(script());
        TdsServer gateway =
            TdsServer.builder()
                .logins(request -> LoginAnswer.routed("localhost", real.port()))
                .start();
        OpenedAdapter opened = OpenedAdapter.on(gateway)) {
      assertThat(listed(opened)).containsExactly("Sales", "dbo");
      assertThat(gateway.queries()).isEmpty();
    }
  }

  @Test
  void closing_the_adapter_closes_its_connections() throws InterruptedException {
    try (TdsServer server = TdsServer.answering(script())) {
      try (OpenedAdapter opened = OpenedAdapter.on(server)) {
        assertThat(listed(opened)).hasSize(2);
        assertThat(server.open()).isPositive();
      }
      server.awaitNoConnection();
      assertThat(server.open()).isZero();
    }
  }

  /** A server that lets in and then refuses how its catalog is to be read. */
  private static final QueryAnswers UNWILLING =
      new QueryAnswers() {
        @Override
        public Answer answer(Query query) {
          return schemas();
        }

        @Override
        public Answer answerToSetting(Query query) {
          return query.text().contains("isolation")
              ? Answer.refused(ServerError.of(18461))
              : Answer.done();
        }
      };

  private enum Refusal {
    WRONG_PASSWORD,
    SILENCE,
    NO_ENCRYPTION,
    UNTRUSTED,
    UNWILLING
  }

  /** The adapter is still open: what didn't become a connection is closed at once. */
  @ParameterizedTest
  @EnumSource
  void no_socket_is_left_open_after_a_failure(Refusal why) throws InterruptedException {
    TdsServer.Builder builder = TdsServer.builder();
    switch (why) {
      case WRONG_PASSWORD -> builder.logins(Logins.refused(ServerError.of(18456)));
      case SILENCE -> builder.logins(request -> LoginAnswer.silence());
      case NO_ENCRYPTION -> builder.answers(QueryAnswers.NONE);
      case UNTRUSTED -> builder.encrypting(Encryption.REQUIRED, Certificates.LOCALHOST);
      case UNWILLING -> builder.answers(UNWILLING);
    }
    boolean secure = why == Refusal.NO_ENCRYPTION || why == Refusal.UNTRUSTED;
    try (TdsServer server = builder.start();
        OpenedAdapter opened =
            OpenedAdapter.of(
                OpenedAdapter.plain(server)
                    .with("ssl.enabled", secure)
                    .with("advanced.connection_timeout", why == Refusal.SILENCE ? 1 : 10))) {
      assertThat(refusal(opened).message()).isNotEmpty();
      assertThat(opened.tested().firstFailure()).isPresent();
      server.awaitNoConnection();
      assertThat(server.connections()).isNotEmpty();
    }
  }

  /** A token opens doors to whoever reads it. */
  @Test
  void an_access_token_is_not_sent_in_plain_text() {
    Secret token = Secret.of("t0ken-4711-canary");
    try (TdsServer server = TdsServer.builder().start();
        OpenedAdapter opened =
            OpenedAdapter.of(
                OpenedAdapter.plain(server)
                    .with("authentication.type", "azure_ad")
                    .with("authentication.mode", "access_token")
                    .with("authentication.access_token", token))) {
      Failure failure = opened.firstFailure();

      assertThat(failure.code()).isEqualTo(StandardErrorCode.TLS_REFUSED);
      assertThat(failure.fields()).containsExactly("ssl.enabled");
      assertThat(server.logins()).isZero();
    }
  }
}
