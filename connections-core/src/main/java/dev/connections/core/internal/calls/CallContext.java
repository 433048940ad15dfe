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

/** What the adapter of one connection gets. */
final class CallContext implements AdapterContext {
  private final CallRuntime runtime;
  private final CallScope scope;
  private final TokenStore tokens;
  private final Events events;
  private final Optional<Duration> roundTrip;

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
    return runtime.calls(scope, bounded, events);
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
