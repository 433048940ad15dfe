package dev.connections.core.internal.calls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdaptiveParallelTest {
  private final AdaptiveParallel parallel = new AdaptiveParallel(8);

  @Test
  void being_throttled_halves_how_many_run_at_once() {
    parallel.throttled(System.nanoTime());

    assertThat(parallel.current()).isEqualTo(4);
    assertThat(parallel.permits().limit()).isEqualTo(4);
  }

  @Test
  void calls_that_were_under_way_at_the_last_fall_say_nothing_new() {
    long begin = System.nanoTime();
    for (int i = 0; i < 8; i++) {
      parallel.throttled(begin);
    }

    assertThat(parallel.current()).isEqualTo(4);
  }

  @Test
  void one_call_may_always_run() {
    for (int i = 0; i < 10; i++) {
      parallel.throttled(System.nanoTime());
    }

    assertThat(parallel.current()).isEqualTo(1);
  }

  @Test
  void it_recovers_by_one_after_each_round_that_went_well() {
    parallel.throttled(System.nanoTime());

    wentWell(4);
    assertThat(parallel.current()).isEqualTo(5);
    wentWell(4);
    assertThat(parallel.current()).isEqualTo(5);
    wentWell(1 + 6 + 7 + 100);

    assertThat(parallel.current()).isEqualTo(8);
  }

  @Test
  void being_throttled_again_begins_the_round_anew() {
    parallel.throttled(System.nanoTime());
    wentWell(3);
    parallel.throttled(System.nanoTime());
    wentWell(1);

    assertThat(parallel.current()).isEqualTo(2);
  }

  @Test
  void other_limits_hold_at_once() {
    parallel.allow(3);
    assertThat(parallel.current()).isEqualTo(3);
    parallel.allow(6);
    assertThat(parallel.current()).isEqualTo(6);
    parallel.throttled(System.nanoTime());
    parallel.allow(10);

    assertThat(parallel.current()).isEqualTo(3);
    wentWell(100);
    assertThat(parallel.current()).isEqualTo(10);
  }

  private void wentWell(int times) {
    for (int i = 0; i < times; i++) {
      parallel.wentWell();
    }
  }
}
