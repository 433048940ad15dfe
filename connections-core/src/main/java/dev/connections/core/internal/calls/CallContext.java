package dev.connections.core.internal.calls;

import dev.connections.api.AdapterContext;
import dev.connections.api.CallLimits;
import dev.connections.api.EgressPolicy;
import dev.connections.api.Events;
import dev.connections.api.Parallel;
import dev.connections.api.RemoteCalls;
import dev.connections.api.TokenStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What the adapter of one connection gets. */
final class CallContext implements AdapterContext {
  private final CallRuntime runtime;
  private final CallScope scope;
  private final TokenStore tokens;
  private final Events events;
  private final Optional<Duration> roundTrip;

  /** The slowest that the adapter asked for. Guarded by this. */
  private Optional<CallLimits.Rate> rate = Optional.empty();

  CallContext(
      CallRuntime runtime,
      CallScope scope,
      TokenStore tokens,
      Events events,
      Optional<Duration> roundTrip) {
    this.runtime = runtime;
    this.scope = scope;
    this.tokens = tokens;
    this.events = events;
    this.roundTrip = roundTrip;
  }

  @Override
  public Clock clock() {
    return runtime.clock();
  }

  @Override
  public Parallel parallel() {
    return runtime.parallel();
  }

  @Override
  public RemoteCalls calls(CallLimits limits) {
    // What the adapter says for itself counts; without it, what is stored with the connection.
    CallLimits bounded =
        limits.timeout().isPresent() ? limits : roundTrip.map(limits::withTimeout).orElse(limits);
    return runtime.calls(scope, atTheSlowestRate(bounded), events);
  }

  /**
   * An adapter that reaches its source in several ways, such as over HTTP and by a driver, asks for
   * each. Its source bears what it was said to bear, whichever way is taken, and also where a way
   * was given no rate.
   */
  private synchronized CallLimits atTheSlowestRate(CallLimits limits) {
    if (limits.sharedBudget().isPresent()) {
      return limits; // those count for the connection's own rate besides
    }
    rate = Stream.concat(rate.stream(), limits.rate().stream()).reduce(Budget::slower);
    return rate.map(slowest -> limits.withRate(slowest.calls(), slowest.per())).orElse(limits);
  }

  @Override
  public TokenStore tokens() {
    return tokens;
  }

  @Override
  public EgressPolicy egress() {
    return runtime.egress();
  }

  @Override
  public Events events() {
    return events;
  }
}
