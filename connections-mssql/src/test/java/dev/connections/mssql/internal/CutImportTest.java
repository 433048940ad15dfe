package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.jdbc.DatabaseErrorCode;
import dev.connections.mssql.tds.Answer;
import dev.connections.mssql.tds.QueryAnswers;
import dev.connections.mssql.tds.ScriptedAnswers;
import dev.connections.mssql.tds.ServerError;
import dev.connections.testkit.RecordingSink;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that breaks off in the midst of an import, and what is read nevertheless. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CutImportTest {
  private static final String COLUMNS = "left join sys.types y";

  /** What happens to an answer, once. */
  @FunctionalInterface
  private interface Mishap {
    Answer to(Answer answer);
  }

  private static SmallShop shop(String part, Mishap mishap) {
    UnaryOperator<QueryAnswers> once =
        answers ->
            ScriptedAnswers.over(answers)
                .when(
                    query -> query.text().contains(part),
                    1,
                    query -> mishap.to(answers.answer(query)));
    return new SmallShop(Duration.ZERO, once);
  }

  private static long asked(SmallShop shop, String part) {
    return shop.server().queries().stream().filter(query -> query.text().contains(part)).count();
  }

  /** As a host does it: what it has got it needn't have again. */
  private static void goesOn(Opened opened, SmallShop shop, ErrorCode code, boolean someRead) {
    RecordingSink first = new RecordingSink();
    ConnectionException thrown =
        catchThrowableOfType(ConnectionException.class, () -> opened.imported(first));
    assertThat(thrown.code()).isEqualTo(code);
    assertThat(thrown.code().transientFailure()).isTrue();
    assertThat(first.events(RecordingSink.Event.Failed.class)).isEmpty();
    assertThat(first.tables().isEmpty()).isNotEqualTo(someRead);

    Set<TableName> before = first.tables().keySet();
    RecordingSink second =
        opened.imported(new RecordingSink().reading(table -> !before.contains(table.name())));

    assertThat(second.tables().keySet()).doesNotContainAnyElementsOf(before);
    Set<TableName> all = new HashSet<>(before);
    all.addAll(second.tables().keySet());
    assertThat(all).containsExactlyInAnyOrderElementsOf(second.listed()).hasSizeGreaterThan(40);
    assertThat(asked(shop, COLUMNS)).isEqualTo(2);
    assertThat(shop.server().faults()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Answer.Cut.class)
  void a_stream_that_breaks_off_is_told_and_the_rest_is_read_by_the_next_call(Answer.Cut cut) {
    try (SmallShop shop = shop(COLUMNS, answer -> answer.cutAfter(9_000, cut));
        Opened opened = Opened.of(shop.values())) {
      goesOn(opened, shop, StandardErrorCode.CONNECTION_LOST, true);
    }
  }

  @Test
  void the_victim_of_a_deadlock_in_the_midst_of_a_stream_goes_on_likewise() {
    try (SmallShop shop =
            shop(COLUMNS, answer -> answer.butThen(ServerError.of(1205).withSeverity(13)));
        Opened opened = Opened.of(shop.values())) {
      goesOn(opened, shop, DatabaseErrorCode.DEADLOCK, true);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from sys.schemas s",
        "from sys.tables x",
        "from sys.indexes i",
        "from sys.foreign_keys k",
        "from sys.check_constraints c",
        "from sys.extended_properties p"
      })
  void any_other_answer_that_breaks_off_is_asked_for_again_and_nothing_is_missing(String part) {
    try (SmallShop sound = new SmallShop();
        Opened unharmed = Opened.of(sound.values());
        SmallShop shop = shop(part, answer -> answer.cutAfter(40, Answer.Cut.RESET));
        Opened opened = Opened.of(shop.values())) {
      RecordingSink wanted = unharmed.imported();
      RecordingSink sink = opened.imported();

      assertThat(sink.tables().values()).containsExactlyElementsOf(wanted.tables().values());
      assertThat(sink.events(RecordingSink.Event.Noticed.class))
          .isEqualTo(wanted.events(RecordingSink.Event.Noticed.class));
      assertThat(asked(shop, part)).isEqualTo(asked(sound, part) + 1);
    }
  }

  @Test
  void twenty_milliseconds_per_round_trip_count_for_each_statement_and_not_for_each_table() {
    try (SmallShop shop = new SmallShop(Duration.ofMillis(20), answers -> answers);
        Opened opened = Opened.of(shop.values())) {
      opened.imported();
      int cold = shop.server().roundTrips();
      opened.imported();

      // Beside the statements: settings of the session, a look whether a connection lives.
      assertThat(shop.server().queries()).hasSizeLessThanOrEqualTo(2 * 15);
      assertThat(cold).isLessThanOrEqualTo(24);
      assertThat(shop.server().roundTrips() - cold).isLessThanOrEqualTo(20);
    }
  }
}
