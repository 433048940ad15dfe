package dev.connections.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ProgressListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallOptionsTest {
  @Test
  void by_default_there_is_the_usual_time_and_nobody_listens() {
    CallOptions options = CallOptions.defaults();

    assertThat(options.timeout()).isEmpty();
    assertThat(options.progress()).isSameAs(ProgressListener.NONE);
    assertThat(options.cancelToken().isCancelled()).isFalse();
  }

  @Test
  void cancelling_one_call_does_not_cancel_others_that_have_the_default() {
    CallOptions.defaults().cancelToken().cancel();

    assertThat(CallOptions.defaults().cancelToken().isCancelled()).isFalse();
  }

  @Test
  void each_part_can_be_replaced() {
    CancelToken token = new CancelToken();
    ProgressListener listener = (phase, done, total) -> {};

    CallOptions options =
        CallOptions.defaults()
            .withTimeout(Duration.ofSeconds(3))
            .withCancelToken(token)
            .withProgress(listener);

    assertThat(options.timeout()).contains(Duration.ofSeconds(3));
    assertThat(options.cancelToken()).isSameAs(token);
    assertThat(options.progress()).isSameAs(listener);
  }

  @Test
  void a_timeout_must_be_positive() {
    for (Duration time : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
      assertThatThrownBy(() -> CallOptions.defaults().withTimeout(time))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_token_runs_each_hook_once_though_another_throws() {
    CancelToken token = new CancelToken();
    List<String> ran = new ArrayList<>();
    Runnable twice = () -> ran.add("twice");
    token.onCancel(
        () -> {
          throw new IllegalStateException("password=swordfish");
        });
    token.onCancel(twice);
    token.onCancel(twice);
    token.onCancel(() -> ran.add("taken back")).close();

    token.cancel();
    token.cancel();

    assertThat(token.isCancelled()).isTrue();
    assertThat(ran).containsExactly("twice", "twice");
  }

  @Test
  void a_hook_that_comes_after_the_cancel_runs_at_once() {
    CancelToken token = new CancelToken();
    token.cancel();
    List<String> ran = new ArrayList<>();

    token.onCancel(() -> ran.add("late")).close();

    assertThat(ran).containsExactly("late");
  }
}
