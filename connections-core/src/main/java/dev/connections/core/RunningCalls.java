package dev.connections.core;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.core.internal.calls.CallOperation;
import dev.connections.core.internal.calls.CallRuntime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The calls that are under way, so that closing can let them end. */
final class RunningCalls {
  /** How long a call that was cancelled may take to let go. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private final CallRuntime runtime;
  private final Set<CallOperation> running = new HashSet<>();
  private volatile boolean closed;

  RunningCalls(CallRuntime runtime) {
    this.runtime = runtime;
  }

  void refuseIfClosed() {
    if (closed) {
      throw refused();
    }
  }

  static ConnectionException refused() {
    return Failure.of(CoreErrorCode.CLOSED, "The application has closed its connections.")
        .withRemedy("Start the application again, or open its connections again.")
        .asException();
  }

  <T> T call(String what, Duration usual, CallOptions options, Function<CallOperation, T> body) {
    CallOperation operation = begin(what, usual, options);
    try {
      return body.apply(operation);
    } finally {
      end(operation);
    }
  }

  /** Begins a call; {@link #end} must follow. */
  CallOperation begin(String what, Duration usual, CallOptions options) {
    refuseIfClosed();
    CallOperation operation;
    try {
      operation = runtime.start(what, usual, options);
    } catch (IllegalStateException closing) {
      throw refused();
    }
    synchronized (running) {
      if (!closed) {
        running.add(operation);
        return operation;
      }
    }
    operation.close();
    throw refused();
  }

  void end(CallOperation operation) {
    operation.close();
    synchronized (running) {
      running.remove(operation);
      running.notifyAll();
    }
  }

  /**
   * Takes no more calls, and returns when those under way have ended: by themselves within a time,
   * or as cancelled after it.
   *
   * @return whether this was the first close
   */
  boolean close(Duration drain) {
    synchronized (running) {
      if (closed) {
        return false;
      }
      closed = true;
    }
    if (!awaitNone(drain)) {
      List<CallOperation> late;
      synchronized (running) {
        late = List.copyOf(running);
      }
      late.forEach(CallOperation::cancel);
      awaitNone(GRACE);
    }
    return true;
  }

  private boolean awaitNone(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (running) {
      while (!running.isEmpty()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        try {
          TimeUnit.NANOSECONDS.timedWait(running, left);
        } catch (InterruptedException hurried) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      return true;
    }
  }
}
