package dev.connections.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a source bears. It is kept over all threads of a connection, and over all connections of an
 * account that share a budget.
 *
 * @param parallel how many calls may run at once; at least 1
 * @param rate how many calls may begin within a time, if that is limited
 * @param timeout how long one attempt may take, if the configuration says so
 * @param sharedBudget the name of a budget that the account's connections to one source share
 */
public record CallLimits(
    int parallel, Optional<Rate> rate, Optional<Duration> timeout, Optional<String> sharedBudget) {

  /**
   * How many calls may reach the source within a time. Only the source knows when one does, so each
   * counts from its begin until that time after its end.
   *
   * @param calls at least 1
   * @param per positive
   */
  public record Rate(long calls, Duration per) {
    /**
     * Checks the bounds.
     *
     * @param calls at least 1
     * @param per positive
     * @throws IllegalArgumentException if a bound isn't kept
     */
    public Rate {
      if (calls < 1 || per.isNegative() || per.isZero()) {
        throw new IllegalArgumentException("not a rate: " + calls + " in " + per);
      }
    }
  }

  /**
   * Checks the bounds; {@link #parallel(int)} is the way to make one.
   *
   * @param parallel at least 1
   * @param rate how many calls may begin within a time
   * @param timeout positive
   * @param sharedBudget the name of a shared budget
   * @throws IllegalArgumentException if a bound isn't kept
   */
  @Internal
  public CallLimits {
    if (parallel < 1) {
      throw new IllegalArgumentException("at least one call must be allowed");
    }
    if (timeout.map(t -> t.isNegative() || t.isZero()).orElse(false)) {
      throw new IllegalArgumentException("a time-out must be positive");
    }
    Objects.requireNonNull(rate, "rate");
    Objects.requireNonNull(sharedBudget, "sharedBudget");
  }

  /**
   * {@return limits that allow some calls at once and no more than that}
   *
   * @param calls at least 1
   * @throws IllegalArgumentException if it is less
   */
  public static CallLimits parallel(int calls) {
    return new CallLimits(calls, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * {@return a copy with a rate}
   *
   * @param calls at least 1
   * @param per positive
   * @throws IllegalArgumentException if a bound isn't kept
   */
  public CallLimits withRate(long calls, Duration per) {
    return new CallLimits(parallel, Optional.of(new Rate(calls, per)), timeout, sharedBudget);
  }

  /**
   * {@return a copy with a time-out of one attempt}
   *
   * @param timeout positive; an operation's deadline may shorten it
   * @throws IllegalArgumentException if it isn't positive
   */
  public CallLimits withTimeout(Duration timeout) {
    return new CallLimits(parallel, rate, Optional.of(timeout), sharedBudget);
  }

  /**
   * {@return a copy that shares a budget} Its calls count for the rate of the connection's own
   * budget, too.
   *
   * @param name all connections of an account that name the same budget share it
   */
  public CallLimits withSharedBudget(String name) {
    return new CallLimits(parallel, rate, timeout, Optional.of(name));
  }
}
