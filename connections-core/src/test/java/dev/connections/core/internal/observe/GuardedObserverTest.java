package dev.connections.core.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.StandardFailures;
import dev.connections.core.observe.Observation;
import dev.connections.core.observe.ObservedOperation;
import dev.connections.core.observe.Observer;
import dev.connections.core.observe.Outcome;
import dev.connections.testkit.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GuardedObserverTest {
  private final List<String> heard = new ArrayList<>();

  private final Observer recording =
      new Observer() {
        @Override
        public void observed(Observation observation) {
          assertThat(observation.took().isNegative()).isFalse();
          heard.add(
              observation.operation()
                  + " "
                  + observation.outcome()
                  + observation.category().map(category -> " " + category).orElse(""));
        }

        @Override
        public void took(String type, String name, Duration time) {
          heard.add(type + " " + name + " " + time);
        }

        @Override
        public void counted(String type, String name, long count) {
          heard.add(type + " " + name + " " + count);
        }

        @Override
        public void level(String type, String name, long value) {
          heard.add(type + " " + name + " at " + value);
        }
      };

  @Test
  void success_failure_cancellation_and_defects_are_told_apart() {
    GuardedObserver observer = new GuardedObserver(recording);
    observer.timed(ObservedOperation.OPEN, () -> "fine");
    observer.timed(ObservedOperation.TEST, () -> "bad", r -> Optional.of(Category.TLS));
    assertThatThrownBy(
            () ->
                observer.timed(
                    ObservedOperation.IMPORT,
                    () -> {
                      throw StandardFailures.cancelled().asException();
                    }))
        .isInstanceOf(ConnectionException.class);
    assertThatThrownBy(
            () ->
                observer.timed(
                    ObservedOperation.USE,
                    () -> {
                      throw new IllegalStateException("host");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(heard)
        .containsExactly(
            "OPEN " + Outcome.SUCCEEDED,
            "TEST " + Outcome.FAILED + " TLS",
            "IMPORT " + Outcome.CANCELLED + " CANCELLED",
            "USE " + Outcome.FAILED + " INTERNAL");
  }

  @Test
  void figures_of_adapters_arrive_with_their_type() {
    GuardedObserver observer = new GuardedObserver(recording);
    observer.events("mssql").took("query.slow", Duration.ofMillis(3));
    observer.events("mssql").counted("pages", 4);
    observer.events("mssql").level("pool.idle", 2);
    assertThat(heard)
        .containsExactly("mssql query.slow PT0.003S", "mssql pages 4", "mssql pool.idle at 2");
    Observer quiet = Observer.NONE;
    new GuardedObserver(quiet).events("mssql").took("a", Duration.ZERO);
    new GuardedObserver(quiet).events("mssql").counted("a", 1);
    new GuardedObserver(quiet).events("mssql").level("a", 1);
    assertThat(new GuardedObserver(quiet).timed(ObservedOperation.OPEN, () -> 1)).isEqualTo(1);
  }

  @Test
  void an_observer_that_throws_disturbs_nobody_and_is_complained_of_once() {
    try (LogCapture logged = LogCapture.start()) {
      GuardedObserver observer =
          new GuardedObserver(
              observation -> {
                throw new IllegalStateException("secret text");
              });
      assertThat(observer.timed(ObservedOperation.OPEN, () -> 1)).isEqualTo(1);
      assertThat(observer.timed(ObservedOperation.OPEN, () -> 2)).isEqualTo(2);
      assertThat(logged.text()).containsOnlyOnce("IllegalStateException");
      assertThat(logged.text()).doesNotContain("secret text");
    }
  }
}
