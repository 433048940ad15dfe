package dev.connections.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConnectionExceptionTest {
  private static final Failure FAILURE =
      Failure.of(StandardErrorCode.CONNECTION_LOST, "The connection broke.")
          .withRemedy("Try again.")
          .withFields(Field.text("server"), Field.integer("port"))
          .withVendorCode("08006");

  @Test
  void a_failure_carries_what_it_was_given() {
    assertThat(FAILURE.code()).isEqualTo(StandardErrorCode.CONNECTION_LOST);
    assertThat(FAILURE.remedy()).contains("Try again.");
    assertThat(FAILURE.fields()).containsExactly("server", "port");
    assertThat(FAILURE.vendorCode()).contains("08006");
  }

  @Test
  void the_exceptions_message_is_the_code_and_the_sentence() {
    ConnectionException exception = FAILURE.asException();

    assertThat(exception).hasMessage("CONNECTION_LOST: The connection broke.").hasNoCause();
    assertThat(exception.failure()).isEqualTo(FAILURE);
    assertThat(exception.code()).isEqualTo(StandardErrorCode.CONNECTION_LOST);
    assertThat(exception.category()).isEqualTo(Category.UNAVAILABLE);
    assertThat(exception.is(StandardErrorCode.CONNECTION_LOST)).isTrue();
    assertThat(exception.is(StandardErrorCode.TIMEOUT)).isFalse();
  }

  @Test
  void a_stack_trace_never_shows_the_message_of_a_foreign_cause() {
    Exception deep = new IllegalStateException("jdbc:x://h?password=canary");
    Exception foreign = new RuntimeException("canary in the middle", deep);

    String trace = stackTrace(FAILURE.asException(foreign));

    assertThat(trace)
        .doesNotContain("canary")
        .contains("java.lang.RuntimeException (message withheld)")
        .contains("java.lang.IllegalStateException (message withheld)")
        .contains("a_stack_trace_never_shows_the_message_of_a_foreign_cause");
  }

  @Test
  void a_cause_of_our_own_is_kept_as_it_is() {
    ConnectionException inner = ConnectionException.of(StandardErrorCode.TIMEOUT, "Too long.");

    assertThat(FAILURE.asException(inner).getCause()).isSameAs(inner);
  }

  @Test
  void a_circle_of_causes_ends() {
    Exception first = new Exception("canary");
    Exception second = new Exception("canary", first);
    first.initCause(second);

    assertThat(stackTrace(FAILURE.asException(first))).doesNotContain("canary");
  }

  @Test
  void a_very_long_chain_of_causes_is_cut() {
    Exception chain = new Exception("canary");
    for (int i = 0; i < 10_000; i++) {
      chain = new Exception("canary", chain);
    }

    int depth = 0;
    for (Throwable at = FAILURE.asException(chain); at.getCause() != null; at = at.getCause()) {
      depth++;
    }

    assertThat(depth).isBetween(2, 20);
  }

  @Test
  void the_time_to_wait_is_kept_and_never_negative() {
    ConnectionException exception = FAILURE.asException(new RuntimeException("canary"));
    ConnectionException waiting = exception.retryAfter(Duration.ofSeconds(7));

    assertThat(exception.retryAfter()).isEmpty();
    assertThat(waiting.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(waiting.failure()).isEqualTo(FAILURE);
    assertThat(waiting.getStackTrace()).isEqualTo(exception.getStackTrace());
    assertThat(waiting.getCause()).isNotNull();
    assertThatThrownBy(() -> exception.retryAfter(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_failure_keeps_its_own_copy_of_the_fields() {
    List<String> paths = new java.util.ArrayList<>(List.of("a"));
    Failure failure = FAILURE.withFieldPaths(paths);
    paths.add("b");

    assertThat(failure.fields()).containsExactly("a");
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
