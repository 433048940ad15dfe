package dev.connections.core.internal.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.CallLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
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
        begins.add(called(rate, now));
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
      assertThat(called(rate, 100)).isEqualTo(100);
    }
    assertThat(rate.reserve(100, 0)).isEmpty();
    assertThat(called(rate, 100)).isEqualTo(100 + SECOND);
  }

  @Test
  void what_comes_too_late_for_its_caller_takes_nothing() {
    SlidingRate rate = rate(1, Duration.ofSeconds(1));
    assertThat(called(rate, 0)).isZero();

    assertThat(rate.reserve(0, SECOND - 1)).isEmpty();
    assertThat(called(rate, 0)).isEqualTo(SECOND);
  }

  @Test
  void a_large_rate_is_kept_in_little_memory_and_rather_too_strictly() {
    int calls = 100_000;
    SlidingRate rate = rate(calls, Duration.ofDays(1));
    long day = Duration.ofDays(1).toNanos();
    List<Long> begins = new ArrayList<>();

    for (int i = 0; i <= calls; i++) {
      begins.add(called(rate, 0));
    }

    assertThat(begins.get(1_023)).isZero();
    assertThat(begins.get(1_024)).isPositive();
    assertThat(begins.get(calls) - begins.get(0)).isGreaterThan(day - day / 50);
  }

  /** What came of a worker in the play: it asks, waits, sends, and ends. */
  private record Step(long at, int worker, String kind) {}

  /**
   * Played without a clock: workers that the scheduler puts aside for up to two seconds wherever it
   * likes, requests and answers that take up to half a second each.
   */
  @Test
  void no_window_at_the_source_holds_more_arrivals_than_allowed_however_threads_are_scheduled() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      int calls = 1 + random.nextInt(30);
      int workers = 1 + random.nextInt(40);
      List<Long> arrivals = played(rate(calls, Duration.ofSeconds(1)), workers, random);
      arrivals.sort(null);
      assertThat(arrivals).as("seed %s", seed).hasSizeGreaterThanOrEqualTo(400);
      for (int i = calls; i < arrivals.size(); i++) {
        assertThat(arrivals.get(i) - arrivals.get(i - calls))
            .as("seed %s, %s calls, arrival %s", seed, calls, i)
            .isGreaterThanOrEqualTo(SECOND);
      }
    }
  }

  private static List<Long> played(SlidingRate rate, int workers, Random random) {
    PriorityQueue<Step> steps =
        new PriorityQueue<>(Comparator.comparingLong(Step::at).thenComparing(Step::worker));
    SlidingRate.Turn[] turns = new SlidingRate.Turn[workers];
    Set<Integer> waiting = new TreeSet<>();
    List<Long> arrivals = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      steps.add(new Step(random.nextLong(SECOND), worker, "ask"));
    }
    while (arrivals.size() < 400) {
      Step step = steps.remove();
      int worker = step.worker();
      switch (step.kind()) {
        case "ask" -> {
          turns[worker] = rate.reserve(step.at(), Long.MAX_VALUE).orElseThrow();
          waiting.add(worker);
        }
        case "send" -> {
          long arrival = step.at() + random.nextLong(SECOND / 2);
          arrivals.add(arrival);
          long answered = arrival + random.nextLong(SECOND / 2) + aside(random);
          steps.add(new Step(answered, worker, "end"));
        }
        default -> {
          turns[worker].ended(step.at());
          steps.add(new Step(step.at() + aside(random), worker, "ask"));
        }
      }
      for (Integer each : List.copyOf(waiting)) {
        OptionalLong begin = turns[each].begin();
        if (begin.isPresent()) {
          waiting.remove(each);
          long sent = Math.max(step.at(), begin.getAsLong()) + aside(random);
          steps.add(new Step(sent, each, "send"));
        }
      }
    }
    return arrivals;
  }

  /** Mostly nothing, now and then very long. */
  private static long aside(Random random) {
    return random.nextInt(4) == 0 ? random.nextLong(2 * SECOND) : random.nextLong(1_000_000);
  }

  @Test
  void a_turn_that_is_given_up_takes_nothing_from_the_next() {
    SlidingRate rate = rate(1, Duration.ofSeconds(1));
    SlidingRate.Turn under = rate.reserve(0, Long.MAX_VALUE).orElseThrow();
    SlidingRate.Turn given = rate.reserve(0, Long.MAX_VALUE).orElseThrow();
    SlidingRate.Turn next = rate.reserve(0, Long.MAX_VALUE).orElseThrow();

    given.dropped();
    assertThat(next.begin()).as("the first is still under way").isEmpty();
    under.ended(5);

    assertThat(next.begin().orElseThrow()).isLessThanOrEqualTo(2 * SECOND + 5);
    assertThat(rate.reserve(5, 3 * SECOND)).isPresent();
  }

  /** {@return when a call begins that takes no time} */
  private static long called(SlidingRate rate, long now) {
    SlidingRate.Turn turn = rate.reserve(now, Long.MAX_VALUE).orElseThrow();
    long begin = turn.begin().orElseThrow();
    turn.ended(begin);
    return begin;
  }

  private static SlidingRate rate(long calls, Duration per) {
    return new SlidingRate(new CallLimits.Rate(calls, per));
  }
}
