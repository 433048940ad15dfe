package dev.connections.core.internal.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.CallLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlidingRateTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void no_window_ever_holds_more_begins_than_allowed() {
    Random random = new Random(42);
    for (int round = 0; round < 50; round++) {
      int calls = 1 + random.nextInt(20);
      SlidingRate rate = rate(calls, Duration.ofSeconds(1));
      long now = random.nextLong();
      List<Long> begins = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        now += (long) (random.nextDouble() * 2 * SECOND / calls);
        begins.add(rate.reserve(now, Long.MAX_VALUE).orElseThrow());
      }
      for (int i = calls; i < begins.size(); i++) {
        assertThat(begins.get(i) - begins.get(i - calls)).isGreaterThanOrEqualTo(SECOND);
        assertThat(begins.get(i) - begins.get(i - 1)).as("order").isNotNegative();
      }
    }
  }

  @Test
  void calls_may_come_in_a_burst_as_long_as_the_window_is_not_full() {
    SlidingRate rate = rate(5, Duration.ofSeconds(1));

    for (int i = 0; i < 5; i++) {
      assertThat(rate.reserve(100, 0)).hasValue(100);
    }
    assertThat(rate.reserve(100, 0)).isEmpty();
    assertThat(rate.reserve(100, SECOND)).hasValue(100 + SECOND);
  }

  @Test
  void what_comes_too_late_for_its_caller_takes_nothing() {
    SlidingRate rate = rate(1, Duration.ofSeconds(1));
    assertThat(rate.reserve(0, 0)).hasValue(0);

    assertThat(rate.reserve(0, SECOND - 1)).isEqualTo(OptionalLong.empty());
    assertThat(rate.reserve(0, SECOND)).hasValue(SECOND);
  }

  @Test
  void a_large_rate_is_kept_in_little_memory_and_rather_too_strictly() {
    int calls = 100_000;
    SlidingRate rate = rate(calls, Duration.ofDays(1));
    long day = Duration.ofDays(1).toNanos();
    List<Long> begins = new ArrayList<>();

    for (int i = 0; i <= calls; i++) {
      begins.add(rate.reserve(0, Long.MAX_VALUE).orElseThrow());
    }

    assertThat(begins.get(1_023)).isZero();
    assertThat(begins.get(1_024)).isPositive();
    assertThat(begins.get(calls) - begins.get(0)).isGreaterThan(day - day / 50);
  }

  private static SlidingRate rate(long calls, Duration per) {
    return new SlidingRate(new CallLimits.Rate(calls, per));
  }
}
