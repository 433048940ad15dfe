package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.mssql.tds.Answer;
import dev.connections.mssql.tds.Column;
import dev.connections.mssql.tds.ColumnType;
import dev.connections.mssql.tds.Disturbance;
import dev.connections.mssql.tds.H2Answers;
import dev.connections.mssql.tds.QueryAnswers;
import dev.connections.mssql.tds.ScriptedAnswers;
import dev.connections.mssql.tds.TdsServer;
import dev.connections.testkit.TestOperation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a server sends, a test of the connection ends, and what is wrong has a code. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MalformedAnswersTest {
  /** Of each kind; {@code -Dconnections.mssql.rounds=1000} looks longer. */
  private static final int ROUNDS = Integer.getInteger("connections.mssql.rounds", 60);

  /** About as many as the test of a connection asks. */
  private static final int QUESTIONS = 4;

  /** A client that waits for more is left, so that a round takes no longer. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private static SysCatalog catalog;
  private static QueryAnswers sound;

  private final Random random = new Random(42);
  private final Map<String, Integer> outcomes = new TreeMap<>();

  @BeforeAll
  static void a_catalog() {
    catalog = new SysCatalog();
    catalog.many(catalog.schema("sales"), 3);
    sound = new H2Answers(catalog::connect, sql -> sql);
  }

  @AfterAll
  static void no_catalog() {
    catalog.close();
  }

  /** Tests the connection, and counts how that ended. */
  private void ends(int round, TdsServer.Builder disturbed) {
    try (TdsServer server = disturbed.patience(PATIENCE).start();
        Opened opened =
            Opened.of(
                Opened.values(server.port())
                    .with("advanced.connection_timeout", 2)
                    .with("advanced.command_timeout", 2))) {
      Optional<ErrorCode> code =
          opened
              .adapter()
              .test(TestOperation.within(Duration.ofSeconds(20)))
              .firstFailure()
              .map(Failure::code);
      assertThat(code).as("round " + round).isNotEqualTo(Optional.of(StandardErrorCode.INTERNAL));
      outcomes.merge(code.map(ErrorCode::id).orElse("passed"), 1, Integer::sum);
    }
  }

  @Test
  void a_conversation_that_is_disturbed_or_broken_off_at_any_byte_ends() {
    for (int round = 0; round < ROUNDS; round++) {
      int from = random.nextInt(900);
      int cut = from + random.nextInt(300);
      Disturbance noise = Disturbance.noise(round, from, 1 + random.nextInt(100));
      Answer.Cut how = Answer.Cut.values()[random.nextInt(2)];
      ends(
          round,
          TdsServer.builder()
              .answers(sound)
              .disturbance(out -> noise.on(Disturbance.cutAfter(cut, how).on(out))));
    }
    assertThat(outcomes).containsKey("CONNECTION_LOST");
  }

  @Test
  void a_test_that_gets_an_answer_of_changed_bytes_ends() {
    for (int round = 0; round < ROUNDS; round++) {
      AtomicInteger left = new AtomicInteger(random.nextInt(QUESTIONS));
      long seed = random.nextLong();
      int bytes = 1 + random.nextInt(4);
      ends(
          round,
          TdsServer.builder()
              .answers(
                  query -> {
                    Answer answer = sound.answer(query);
                    return left.getAndDecrement() == 0 ? answer.changed(seed, bytes) : answer;
                  }));
    }
    assertThat(outcomes).containsKey("passed").hasSizeGreaterThan(1);
  }

  @Test
  void a_time_zone_that_cannot_be_is_left_out() {
    Object[] server = {"16.0.1", "Edition", 3, "shop", "reader", 0, 1_000_000, "READ_WRITE", null};
    List<Column> columns =
        IntStream.range(0, server.length)
            .mapToObj(
                i ->
                    Column.of(
                        "c" + i, server[i] instanceof Integer ? ColumnType.INT : ColumnType.NAME))
            .toList();
    QueryAnswers strange =
        ScriptedAnswers.over(sound)
            .when("serverproperty", query -> Answer.rows(columns, new Object[][] {server}));
    try (TdsServer endpoint = TdsServer.answering(strange);
        Opened opened = Opened.of(Opened.values(endpoint.port()))) {
      TestResult result = opened.adapter().test(TestOperation.start());

      assertThat(result.firstFailure()).isEmpty();
      assertThat(result.server().orElseThrow().details())
          .containsEntry("database", "shop")
          .doesNotContainKey("time_zone");
    }
  }
}
