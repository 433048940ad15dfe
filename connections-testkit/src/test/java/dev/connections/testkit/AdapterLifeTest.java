package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.AdapterLife;
import dev.connections.api.Operation;
import dev.connections.api.Registration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a registration is held, not used
class AdapterLifeTest {
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void the_end_of_the_adapter_ends_its_calls_and_runs_their_hooks_once() {
    AdapterLife life = new AdapterLife();
    TestOperation outer = TestOperation.start();
    Operation call = life.during(outer);
    try (Registration hook = call.onCancel(runs::incrementAndGet)) {
      life.end();
      life.end();
      outer.cancel();
      assertThat(runs).hasValue(1);
    }

    assertThat(call.cancelled()).isTrue();
    assertThat(call.remaining()).isZero();
    assertThatThrownBy(() -> life.during(TestOperation.start())).hasMessageContaining("CANCELLED");
    try (Registration late = call.onCancel(runs::incrementAndGet)) {
      assertThat(runs).hasValue(2);
    }
  }

  @Test
  void a_cancelled_call_runs_its_hooks_and_leaves_the_adapter_alive() {
    AdapterLife life = new AdapterLife();
    TestOperation outer = TestOperation.start();
    Operation call = life.during(outer);
    try (Registration hook = call.onCancel(runs::incrementAndGet)) {
      outer.cancel();
      assertThat(runs).hasValue(1);
    }
    life.during(TestOperation.start()).checkpoint();
    assertThat(call.cancelled()).isTrue();
  }

  @Test
  void a_hook_taken_back_does_not_run() {
    AdapterLife life = new AdapterLife();
    life.during(TestOperation.start()).onCancel(runs::incrementAndGet).close();
    life.end();

    assertThat(runs).hasValue(0);
  }
}
