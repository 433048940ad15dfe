package dev.connections.core.internal.calls;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.ProgressListener;
import dev.connections.api.Registration;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.core.CancelToken;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of the host, made by {@link CallRuntime#start}. It ends when it is closed, when its
 * token is cancelled, when its deadline passes, or, where it has an idle limit, when it makes no
 * progress for that long.
 *
 * <p>Each hook runs on a thread of the runtime, never on the one that cancels: what ends a driver's
 * call may itself take a round trip.
 */
public final class CallOperation implements Operation, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CallOperation.class);

  private enum End {
    CANCELLED,
    DEADLINE,
    IDLE
  }

  private final CallRuntime runtime;
  private final String what;
  private final ProgressListener listener;
  private final long deadline;
  private final AtomicReference<End> end = new AtomicReference<>();
  private final Hooks hooks = new Hooks();
  private final AtomicReference<Future<?>> idleCheck = new AtomicReference<>();
  private final Future<?> deadlineCheck;
  private final Registration tokenHook;

  private volatile long idleNanos = Long.MAX_VALUE;
  private volatile long touched;

  CallOperation(
      CallRuntime runtime,
      String what,
      Duration timeout,
      CancelToken cancel,
      ProgressListener listener) {
    this.runtime = runtime;
    this.what = what;
    this.listener = listener;
    long nanos = Nanos.of(timeout);
    this.touched = System.nanoTime();
    this.deadline = touched + nanos;
    this.deadlineCheck = runtime.after(nanos, () -> finish(End.DEADLINE));
    this.tokenHook = cancel.onCancel(() -> finish(End.CANCELLED));
  }

  /**
   * Has the operation end also when it makes no progress for a time. Progress is what is told to
   * {@link #progress()}, and each {@link #touch()}.
   *
   * @param limit positive
   * @return this operation
   */
  public CallOperation withIdleLimit(Duration limit) {
    touch();
    idleNanos = Nanos.of(limit);
    checkIdle();
    return this;
  }

  /** Tells that there was progress. */
  public void touch() {
    touched = System.nanoTime();
  }

  /** Cancels the operation, as its token does. */
  public void cancel() {
    finish(End.CANCELLED);
  }

  /** {@return the time until the operation ends by itself, if there is no progress until then} */
  @Override
  public Duration remaining() {
    End reason = end.get();
    if (reason == End.DEADLINE || reason == End.IDLE) {
      return Duration.ZERO;
    }
    long left = Math.min(deadline - System.nanoTime(), idleLeft());
    return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
  }

  /**
   * {@return how long an operation may still wait for a source that asked for patience} Such a wait
   * is no idling, so only the deadline bounds it; whoever waits {@linkplain #touch() tells so}.
   *
   * @param operation any operation
   */
  public static Duration patience(Operation operation) {
    return operation instanceof CallOperation own && own.end.get() == null
        ? Duration.ofNanos(Math.max(0, own.deadline - System.nanoTime()))
        : operation.remaining();
  }

  @Override
  public boolean cancelled() {
    return end.get() == End.CANCELLED;
  }

  @Override
  public Registration onCancel(Runnable hook) {
    return hooks.add(hook);
  }

  @Override
  public void checkpoint() {
    if (end.get() == null) {
      if (Thread.currentThread().isInterrupted()) {
        throw StandardFailures.cancelled().asException();
      }
      // The scheduler may be late; the clock isn't.
      if (deadline - System.nanoTime() <= 0) {
        finish(End.DEADLINE);
      } else if (idleLeft() <= 0) {
        finish(End.IDLE);
      }
    }
    End reason = end.get();
    if (reason != null) {
      throw exceptionOf(reason);
    }
  }

  @Override
  public ProgressListener progress() {
    return this::tell;
  }

  /** Ends the operation without running hooks: the call has returned. */
  @Override
  public void close() {
    tokenHook.close();
    deadlineCheck.cancel(false);
    Future<?> check = idleCheck.get();
    if (check != null) {
      check.cancel(false);
    }
    hooks.clear();
    runtime.ended(this);
  }

  private void tell(String phase, long done, OptionalLong total) {
    touch();
    try {
      listener.progress(phase, done, total);
    } catch (RuntimeException thrown) {
      LOG.warn("A progress listener of the host has thrown {}.", thrown.getClass().getName());
    }
  }

  private void finish(End reason) {
    if (end.compareAndSet(null, reason)) {
      hooks.fireOn(runtime::run);
    }
  }

  private long idleLeft() {
    long limit = idleNanos;
    return limit == Long.MAX_VALUE ? limit : touched + limit - System.nanoTime();
  }

  private void checkIdle() {
    long left = idleLeft();
    if (left <= 0) {
      finish(End.IDLE);
    } else if (end.get() == null) {
      idleCheck.set(runtime.after(left, this::checkIdle));
    }
  }

  private ConnectionException exceptionOf(End reason) {
    return switch (reason) {
      case CANCELLED -> StandardFailures.cancelled().asException();
      case DEADLINE -> StandardFailures.timedOut(what).asException();
      case IDLE ->
          Failure.of(
                  StandardErrorCode.TIMEOUT,
                  "The "
                      + what
                      + " was ended because it made no progress for "
                      + Nanos.inWords(idleNanos)
                      + ".")
              .withRemedy(
                  "Check whether the source still answers, then try again: what was read is kept.")
              .asException();
    };
  }
}
