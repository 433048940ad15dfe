package dev.connections.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimedOperationTest {
  @Test
  void it_goes_on_until_its_time_is_over() {
    Operation enough = Operation.within("last words", Duration.ofHours(1));

    assertThat(enough.remaining()).isPositive().isLessThanOrEqualTo(Duration.ofHours(1));
    assertThat(enough.cancelled()).isFalse();
    assertThatCode(enough::checkpoint).doesNotThrowAnyException();
    assertThat(enough.progress()).isSameAs(ProgressListener.NONE);
  }

  @Test
  void it_ends_by_a_timeout_that_names_what_was_done() {
    Operation over = Operation.within("last words", Duration.ZERO);

    assertThat(over.remaining()).isZero();
    ConnectionException thrown = catchThrowableOfType(ConnectionException.class, over::checkpoint);
    assertThat(thrown.code()).isEqualTo(StandardErrorCode.TIMEOUT);
    assertThat(thrown.failure().message()).contains("last words");
  }

  @Test
  void nobody_cancels_it() {
    try (Registration hook =
        Operation.within("last words", Duration.ZERO)
            .onCancel(
                () -> {
                  throw new AssertionError("it can't be cancelled");
                })) {
      assertThat(hook).isNotNull();
    }
  }
}
