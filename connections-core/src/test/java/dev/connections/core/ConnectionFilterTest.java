package dev.connections.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConnectionException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectionFilterTest {
  private static final List<String> ODD =
      List.of("a&b=c", "100 %", "+", "ä ☃ 𝄞", "", "type=x", "a\nb\u0000", "%41", "?#/\\;");

  @Test
  void a_filter_prints_to_one_text_whatever_the_order_it_was_made_in() {
    ConnectionFilter one =
        ConnectionFilter.all()
            .withTypes("postgresql", "mssql")
            .withActive(true)
            .withText("sales 2026")
            .withOwner("ada")
            .withWorkspace("north");
    ConnectionFilter other =
        ConnectionFilter.all()
            .withWorkspace("north")
            .withOwner("ada")
            .withText("sales 2026")
            .withActive(true)
            .withTypes("mssql", "postgresql");
    assertThat(one.toQuery())
        .isEqualTo(
            "type=mssql&type=postgresql&active=true&text=sales+2026&owner=ada&workspace=north")
        .isEqualTo(other.toQuery());
    assertThat(ConnectionFilter.parse(one.toQuery())).isEqualTo(one);
  }

  @Test
  void a_filter_that_lets_all_through_is_an_empty_text() {
    assertThat(ConnectionFilter.all().toQuery()).isEmpty();
    assertThat(ConnectionFilter.parse("")).isEqualTo(ConnectionFilter.all());
  }

  @Test
  void every_filter_comes_back_as_it_was() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      Set<String> types = new HashSet<>();
      for (int type = random.nextInt(4); type > 0; type--) {
        types.add(ODD.get(random.nextInt(ODD.size())));
      }
      ConnectionFilter filter =
          new ConnectionFilter(
              types,
              random.nextBoolean() ? Optional.empty() : Optional.of(random.nextBoolean()),
              some(random),
              some(random),
              some(random));
      assertThat(ConnectionFilter.parse(filter.toQuery())).isEqualTo(filter);
    }
  }

  private static Optional<String> some(Random random) {
    return random.nextBoolean()
        ? Optional.empty()
        : Optional.of(ODD.get(random.nextInt(ODD.size())));
  }

  @ParameterizedTest
  @CsvSource({
    "colour=red, A filter has no part 'colour'.",
    "Type=mssql, A filter has no part 'Type'.",
    "active=yes, The filter's part 'active' is neither true nor false.",
    "active, The filter's part 'active' has no value.",
    "owner=a&owner=b, The filter's part 'owner' is there twice.",
    "text=5%, The filter has the part 'text' with a percent sign that begins no escape."
  })
  void what_is_no_filter_is_refused_with_a_sentence(String query, String sentence) {
    ConnectionException refused =
        Stage.failing(() -> ConnectionFilter.parse(query), CoreErrorCode.INVALID_ARGUMENT);
    assertThat(refused.failure().message()).isEqualTo(sentence);
    assertThat(refused.failure().remedy()).isPresent();
  }

  @Test
  void a_text_without_end_and_a_key_that_would_break_a_line_are_refused_in_short() {
    Stage.failing(
        () -> ConnectionFilter.parse("text=" + "x".repeat(10_000)), CoreErrorCode.INVALID_ARGUMENT);
    assertThat(
            Stage.failing(
                    () -> ConnectionFilter.parse("a%0Ab" + "y".repeat(900) + "=1"),
                    CoreErrorCode.INVALID_ARGUMENT)
                .getMessage())
        .doesNotContain("\n")
        .hasSizeLessThan(200);
  }
}
