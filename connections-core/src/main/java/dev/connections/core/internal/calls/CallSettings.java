package dev.connections.core.internal.calls;

import java.time.Duration;

/**
 * How calls are repeated, given a rest and ended.
 *
 * @param attempts how often a call is tried at most
 * @param firstPause before the second attempt; doubled for each further one
 * @param longestPause the most that the doubling comes to
 * @param longestWait the most that a source may ask to wait; for more the call fails
 * @param failuresBeforeRest after how many failures in a row the source is given a rest
 * @param rest how long that is
 * @param grace how long an attempt may take to end once it shall
 */
record CallSettings(
    int attempts,
    Duration firstPause,
    Duration longestPause,
    Duration longestWait,
    int failuresBeforeRest,
    Duration rest,
    RunningAttempt.Grace grace) {

  /**
   * Four attempts are over in about a second. Who is asked to wait longer than a quarter of an hour
   * had better come back.
   */
  static final CallSettings USUAL =
      new CallSettings(
          4,
          Duration.ofMillis(100),
          Duration.ofSeconds(5),
          Duration.ofMinutes(15),
          6,
          Duration.ofSeconds(10),
          new RunningAttempt.Grace(Duration.ofMillis(250), Duration.ofMillis(1_750)));
}
