package dev.connections.benchmarks;

import java.util.Locale;

/** Times of one piece of work: warmed up, then the best of several rounds. */
final class Timing {
  private static final int WARM_UP = 5;
  private static final int ROUNDS = 10;

  private Timing() {}

  /** What is timed. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /** The best time of ten warm rounds, in nanoseconds: on a shared machine the noise only adds. */
  static long best(Work work) throws Exception {
    return best(work, WARM_UP, ROUNDS);
  }

  static long best(Work work, int warmUp, int rounds) throws Exception {
    for (int i = 0; i < warmUp; i++) {
      work.run();
    }
    long best = Long.MAX_VALUE;
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      work.run();
      best = Math.min(best, System.nanoTime() - start);
    }
    return best;
  }

  static String milliseconds(long nanos) {
    return String.format(Locale.ROOT, "%,.1f ms", nanos / 1e6);
  }

  static String microseconds(double micros) {
    return String.format(Locale.ROOT, "%.2f µs", micros);
  }

  static String times(double ratio) {
    return String.format(Locale.ROOT, "%.1f ×", ratio);
  }
}
