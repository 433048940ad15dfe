package dev.connections.core.health;

import dev.connections.core.CallOptions;
import dev.connections.core.ConnectionFilter;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Which connections a health check tests, and how.
 *
 * <p>Immutable. Made by {@link #defaults} and completed by the other methods.
 *
 * @param filter which connections; those that are switched off are left out in any case
 * @param parallel how many are tested at once; 1 to {@value #MOST_PARALLEL}
 * @param untestedFor connections that were tested less than that ago are left out
 * @param refusedLogins whether connections are tested whose last test said that their login is
 *     refused; each further try may lock an account
 * @param hears hears of each connection when it is done with, from any thread, one at a time
 * @param call how long the whole check may take, one hour if that isn't said, and what takes it
 *     back
 */
public record HealthOptions(
    ConnectionFilter filter,
    int parallel,
    Duration untestedFor,
    boolean refusedLogins,
    Consumer<HealthResult> hears,
    CallOptions call) {
  /** How many connections are tested at once unless something else is asked for. */
  public static final int DEFAULT_PARALLEL = 4;

  /** How many connections are tested at once at most. */
  public static final int MOST_PARALLEL = 64;

  /**
   * Checks the bounds.
   *
   * @param filter which connections
   * @param parallel how many are tested at once
   * @param untestedFor which are left out
   * @param refusedLogins whether refused logins are tried again
   * @param hears hears of each connection
   * @param call how long the whole check may take
   * @throws IllegalArgumentException if a number is out of bounds or the time is negative
   */
  public HealthOptions {
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(untestedFor, "untestedFor");
    Objects.requireNonNull(hears, "hears");
    Objects.requireNonNull(call, "call");
    if (parallel < 1 || parallel > MOST_PARALLEL || untestedFor.isNegative()) {
      throw new IllegalArgumentException(
          "1 to " + MOST_PARALLEL + " tests at once, and no negative time");
    }
  }

  /** {@return options for all connections, four at once, but for those with refused logins} */
  public static HealthOptions defaults() {
    return new HealthOptions(
        ConnectionFilter.all(),
        DEFAULT_PARALLEL,
        Duration.ZERO,
        false,
        result -> {},
        CallOptions.defaults());
  }

  /**
   * {@return a copy for some connections only}
   *
   * @param which which of them
   */
  public HealthOptions filter(ConnectionFilter which) {
    return new HealthOptions(which, parallel, untestedFor, refusedLogins, hears, call);
  }

  /**
   * {@return a copy that tests more or fewer at once}
   *
   * @param most 1 to {@value #MOST_PARALLEL}
   * @throws IllegalArgumentException if it is out of bounds
   */
  public HealthOptions parallel(int most) {
    return new HealthOptions(filter, most, untestedFor, refusedLogins, hears, call);
  }

  /**
   * {@return a copy that leaves out what was tested lately, by whomever}
   *
   * @param time how long ago it must be at least; not negative
   * @throws IllegalArgumentException if it is negative
   */
  public HealthOptions untestedFor(Duration time) {
    return new HealthOptions(filter, parallel, time, refusedLogins, hears, call);
  }

  /**
   * {@return a copy that tries refused logins again, or doesn't}
   *
   * @param again whether it does
   */
  public HealthOptions refusedLogins(boolean again) {
    return new HealthOptions(filter, parallel, untestedFor, again, hears, call);
  }

  /**
   * {@return a copy with a listener}
   *
   * @param listener hears of each connection; what it throws is logged and ignored
   */
  public HealthOptions hears(Consumer<HealthResult> listener) {
    return new HealthOptions(filter, parallel, untestedFor, refusedLogins, listener, call);
  }

  /**
   * {@return a copy with another time for the whole check, or another token}
   *
   * @param options how the check is made
   */
  public HealthOptions call(CallOptions options) {
    return new HealthOptions(filter, parallel, untestedFor, refusedLogins, hears, options);
  }
}
