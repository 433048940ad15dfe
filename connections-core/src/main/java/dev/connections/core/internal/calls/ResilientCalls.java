package dev.connections.core.internal.calls;

import dev.connections.api.CallLimits;
import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Events;
import dev.connections.api.Operation;
import dev.connections.api.Quota;
import dev.connections.api.RemoteCall;
import dev.connections.api.RemoteCalls;
import dev.connections.api.StandardFailures;
import dev.failsafe.Execution;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The remote calls of one connection: each waits for its turn among the calls of the same budget,
 * is kept from a source that has its rest, runs within its time, and is repeated where that makes
 * sense.
 *
 * <p>Failsafe decides whether and after which pause to repeat, and when a source is given its rest.
 * The waiting is ours, because Failsafe's can be ended only by interrupting the thread.
 */
final class ResilientCalls implements RemoteCalls {
  private static final String TOOK = "call.took";
  private static final String WAITED = "call.waited";
  private static final String REPEATED = "call.repeated";
  private static final String FAILED = "call.failed";
  private static final String THROTTLED = "call.throttled";
  private static final String RESTING = "call.resting";
  private static final String QUOTA = "quota.observed";

  private final CallRuntime runtime;
  private final CallLimits limits;
  private final Budget budget;
  private final Supplier<Optional<Budget>> own;
  private final Events events;
  private final CallSettings settings;
  private final RetryPolicy<Object> retryPolicy;
  private final SourceBreaker breaker;
  private final Consumer<Quota> heard;

  /**
   * Makes calls that keep to budgets.
   *
   * @param budget theirs, which may be shared
   * @param own where theirs is shared, the one that their connection has for itself: its rate
   *     counts all calls of the connection
   */
  ResilientCalls(
      CallRuntime runtime,
      CallLimits limits,
      Budget budget,
      Supplier<Optional<Budget>> own,
      Events events,
      CallSettings settings,
      Consumer<Quota> heard) {
    this.heard = heard;
    this.runtime = runtime;
    this.limits = limits;
    this.budget = budget;
    this.own = own;
    this.events = events;
    this.settings = settings;
    this.retryPolicy =
        RetryPolicy.builder()
            .handleIf(ResilientCalls::worthRepeating)
            .withMaxAttempts(settings.attempts())
            .withBackoff(settings.firstPause(), settings.longestPause())
            .withJitter(0.25)
            .build();
    this.breaker = new SourceBreaker(settings.failuresBeforeRest(), settings.rest());
  }

  @Override
  public <T> T read(String name, Operation operation, RemoteCall<T> call) {
    begin(name, operation);
    Execution<Object> execution = Execution.of(retryPolicy);
    for (int number = 1; ; number++) {
      Tried<T> tried = new Tried<>(number, operation, call);
      try {
        return tried.make();
      } catch (ConnectionException failure) {
        execution.recordException(failure);
        Optional<Duration> wait =
            execution.isComplete() || !tried.mayBeRepeated
                ? Optional.empty()
                : waitBefore(failure, execution.getDelay(), operation);
        if (wait.isEmpty()) {
          events.counted(FAILED, 1);
          throw failure;
        }
        events.counted(REPEATED, 1);
        Pauses.pause(Nanos.of(wait.get()), operation);
        // What the call itself met says more than that the source has its rest by now.
        if (breaker.resting().isPresent()) {
          events.counted(FAILED, 1);
          throw failure;
        }
      }
    }
  }

  @Override
  public <T> T write(String name, Operation operation, RemoteCall<T> call) {
    begin(name, operation);
    try {
      return new Tried<>(1, operation, call).make();
    } catch (ConnectionException failure) {
      events.counted(FAILED, 1);
      throw failure;
    }
  }

  @Override
  public void observe(Quota quota) {
    heard.accept(quota);
    events.counted(QUOTA, 1);
  }

  private void begin(String name, Operation operation) {
    CallThread.refuseNesting("The call '" + name + "'");
    operation.checkpoint();
    Optional<ConnectionException> resting = breaker.resting();
    if (resting.isPresent()) {
      events.counted(RESTING, 1);
      throw resting.get();
    }
  }

  private static boolean worthRepeating(Throwable thrown) {
    return thrown instanceof ConnectionException failure && failure.code().transientFailure();
  }

  /** {@return how long to wait before the next attempt, if it may come at all} */
  private Optional<Duration> waitBefore(
      ConnectionException failure, Duration backoff, Operation operation) {
    if (operation.cancelled()) {
      throw StandardFailures.cancelled().asException(failure);
    }
    Duration wait = failure.retryAfter().map(ResilientCalls::notAllAtOnce).orElse(backoff);
    boolean tooLong =
        wait.compareTo(settings.longestWait()) > 0
            || wait.compareTo(CallOperation.patience(operation)) >= 0;
    return tooLong ? Optional.empty() : Optional.of(wait);
  }

  /** Never earlier than asked, and not all callers that were sent away at one moment again. */
  private static Duration notAllAtOnce(Duration asked) {
    long most = Math.min(Nanos.of(asked) / 10, Duration.ofSeconds(5).toNanos());
    return asked.plusNanos(most == 0 ? 0 : ThreadLocalRandom.current().nextLong(most));
  }

  /** One attempt with all that surrounds it. */
  private final class Tried<T> {
    private final int number;
    private final Operation operation;
    private final RemoteCall<T> call;
    private final List<SlidingRate.Turn> turns = new ArrayList<>(2);
    private boolean mayBeRepeated;

    private Tried(int number, Operation operation, RemoteCall<T> call) {
      this.number = number;
      this.operation = operation;
      this.call = call;
    }

    private T make() {
      FairPermits permits = budget.parallel().permits();
      long asked = System.nanoTime();
      permits.acquire(operation);
      RunningAttempt<T> attempt;
      long begin;
      try {
        own.get().flatMap(mine -> mine.awaitTurn(operation)).ifPresent(turns::add);
        budget.awaitTurn(operation).ifPresent(turns::add);
        Duration left = operation.remaining();
        operation.checkpoint();
        Duration timeout = limits.timeout().filter(most -> most.compareTo(left) < 0).orElse(left);
        breaker.enter();
        begin = System.nanoTime();
        events.took(WAITED, Duration.ofNanos(begin - asked));
        attempt = new RunningAttempt<>(number, timeout, call, permits::release);
      } catch (RuntimeException | Error noTurn) {
        turns.forEach(SlidingRate.Turn::dropped);
        permits.release();
        throw noTurn;
      }
      return await(attempt, begin);
    }

    private T await(RunningAttempt<T> attempt, long begin) {
      boolean told = false;
      try {
        T answer = attempt.await(operation, runtime, settings.grace());
        told = true;
        breaker.answered();
        budget.parallel().wentWell();
        return answer;
      } catch (ConnectionException failure) {
        told = true;
        mayBeRepeated = !attempt.abandoned();
        breaker.failed(failure);
        if (failure.category() == Category.THROTTLED) {
          events.counted(THROTTLED, 1);
          budget.parallel().throttled(begin);
        }
        throw failure;
      } finally {
        long end = System.nanoTime();
        turns.forEach(turn -> turn.ended(end));
        if (!told) {
          breaker.unknown();
        }
        events.took(TOOK, Duration.ofNanos(end - begin));
      }
    }
  }
}
