package dev.connections.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ErrorCodeTest {
  @ParameterizedTest
  @EnumSource(
      value = StandardErrorCode.class,
      names = {
        "CONNECTION_REFUSED",
        "CONNECT_TIMEOUT",
        "CONNECTION_LOST",
        "TIMEOUT",
        "THROTTLED",
        "UNAVAILABLE"
      })
  void what_may_pass_by_itself_is_worth_a_repetition(StandardErrorCode code) {
    assertThat(code.transientFailure()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = StandardErrorCode.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "CONNECTION_REFUSED",
        "CONNECT_TIMEOUT",
        "CONNECTION_LOST",
        "TIMEOUT",
        "THROTTLED",
        "UNAVAILABLE"
      })
  void everything_else_is_not_repeated(StandardErrorCode code) {
    assertThat(code.transientFailure()).isFalse();
  }

  @Test
  void every_category_has_a_standard_code() {
    assertThat(Arrays.stream(StandardErrorCode.values()).map(StandardErrorCode::category))
        .contains(Category.values());
  }

  @Test
  void codes_of_failures_and_notices_have_different_ids() {
    assertThat(Arrays.stream(NoticeCode.values()).map(NoticeCode::id))
        .doesNotContainAnyElementsOf(
            Arrays.stream(StandardErrorCode.values()).map(StandardErrorCode::id).toList())
        .hasSize(NoticeCode.values().length);
    assertThat(NoticeCode.TRUNCATED.category()).isEqualTo(Category.DATA);
  }
}
