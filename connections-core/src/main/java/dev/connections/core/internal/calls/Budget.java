package dev.connections.core.internal.calls;

import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.Quota;
import dev.connections.api.StandardErrorCode;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one source bears, for all connections that share it: how many calls at once, how many in a
 * time, and what the source said of its allowances. Where the connections' limits differ, the
 * strictest holds.
 */
final class Budget {
  /** A limit for a longer time isn't a pace, but an allowance. */
  private static final Duration LONGEST_PACE = Duration.ofMinutes(1);

  private final AdaptiveParallel parallel;
  private final Map<String, CallLimits> members = new HashMap<>();
  private final Map<String, Quota> quotas = new ConcurrentHashMap<>();
  private volatile Optional<SlidingRate> rate = Optional.empty();

  Budget(CallLimits first) {
    this.parallel = new AdaptiveParallel(first.parallel());
  }

  AdaptiveParallel parallel() {
    return parallel;
  }

  /** Takes a connection in, or its limits anew. */
  synchronized void join(String connectionId, CallLimits limits) {
    members.put(connectionId, limits);
    strictest(members.values());
  }

  /** {@return whether there is no connection left} */
  synchronized boolean leave(String connectionId) {
    members.remove(connectionId);
    if (!members.isEmpty()) {
      strictest(members.values());
    }
    return members.isEmpty();
  }

  synchronized boolean has(String connectionId) {
    return members.containsKey(connectionId);
  }

  void observe(Quota quota) {
    quotas.put(quota.name(), quota);
  }

  List<Quota> quotas() {
    return List.copyOf(quotas.values());
  }

  /**
   * Waits until the rate allows a call.
   *
   * @return the call's turn, to be ended with it; empty if there is no rate
   * @throws ConnectionException if that is after the operation's end
   */
  Optional<SlidingRate.Turn> awaitTurn(Operation operation) {
    Optional<SlidingRate> limiter = rate;
    if (limiter.isEmpty()) {
      return Optional.empty();
    }
    Optional<SlidingRate.Turn> turn =
        limiter.get().reserve(System.nanoTime(), Nanos.of(CallOperation.patience(operation)));
    if (turn.isEmpty()) {
      operation.checkpoint();
      throw tooLate(limiter.get().rate());
    }
    try {
      await(turn.get(), limiter.get().rate(), operation);
    } catch (RuntimeException | Error noTurn) {
      turn.get().dropped();
      throw noTurn;
    }
    return turn;
  }

  private static void await(SlidingRate.Turn turn, CallLimits.Rate rate, Operation operation) {
    OptionalLong begin = turn.begin();
    while (begin.isEmpty()) {
      Pauses.pauseFor(turn, operation);
      begin = turn.begin();
    }
    long left = begin.getAsLong() - System.nanoTime();
    if (left > Nanos.of(CallOperation.patience(operation))) {
      operation.checkpoint();
      throw tooLate(rate);
    }
    if (left > 0) {
      Pauses.pause(left, operation);
    }
  }

  private void strictest(Collection<CallLimits> limits) {
    parallel.allow(limits.stream().mapToInt(CallLimits::parallel).min().orElseThrow());
    Optional<CallLimits.Rate> slowest =
        limits.stream().flatMap(limit -> limit.rate().stream()).reduce(Budget::slower);
    if (!slowest.equals(rate.map(SlidingRate::rate))) {
      // What was called last counts for the new rate, too.
      rate =
          slowest.map(
              next -> rate.map(last -> last.changed(next)).orElseGet(() -> new SlidingRate(next)));
    }
  }

  static CallLimits.Rate slower(CallLimits.Rate one, CallLimits.Rate other) {
    double first = (double) one.calls() / Nanos.of(one.per());
    double second = (double) other.calls() / Nanos.of(other.per());
    return first <= second ? one : other;
  }

  /**
   * It is our own limit that ends the call, and not the source. Where the limit is one of a long
   * time, an allowance is used up: more patience or smaller requests don't help.
   */
  private static ConnectionException tooLate(CallLimits.Rate rate) {
    boolean allowance = rate.per().compareTo(LONGEST_PACE) > 0;
    return Failure.of(
            allowance ? StandardErrorCode.QUOTA_EXHAUSTED : StandardErrorCode.TIMEOUT,
            "The limit of "
                + rate.calls()
                + (rate.calls() == 1 ? " call in " : " calls in ")
                + Nanos.inWords(Nanos.of(rate.per()))
                + ", which the connection sets and not the source, leaves no room for another one"
                + " within the time allowed.")
        .withRemedy(
            allowance
                ? "Raise the connection's limit if the source bears it, or try again when the calls"
                    + " made so far count no more."
                : "Allow more time, or raise the connection's limit if the source bears it.")
        .asException();
  }
}
