package dev.connections.databricks.internal;

import dev.connections.api.Operation;
import java.time.Duration;

/** Pauses between looks at something that takes its time: each is twice as long, up to a bound. */
final class GrowingPause {
  private final Duration longest;
  private Duration next;

  GrowingPause(Duration first, Duration longest) {
    this.next = first;
    this.longest = longest;
  }

  /** Waits, at most for a time, or throws as soon as the operation ends. */
  void take(Duration atMost, Operation operation) {
    Pause.of(shorter(next, atMost), operation);
    next = shorter(next.plus(next), longest);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
