package dev.connections.testkit;

import dev.connections.api.Operation;
import dev.connections.api.ProgressListener;
import dev.connections.api.Registration;
import dev.connections.api.StandardFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An operation for tests: it has a deadline, and a test can cancel it.
 *
 * <p>Safe for any thread.
 */
public final class TestOperation implements Operation {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

  private final long deadline;
  private final ProgressListener progress;
  private final List<Runnable> hooks = new ArrayList<>();
  private boolean cancelled;
  private boolean hooksRan;
  private boolean watched;

  private TestOperation(Duration timeout, ProgressListener progress) {
    this.deadline = System.nanoTime() + timeout.toNanos();
    this.progress = progress;
  }

  /** {@return an operation that has half a minute} */
  public static TestOperation start() {
    return within(LONG_ENOUGH);
  }

  /**
   * {@return an operation with a deadline}
   *
   * @param timeout how long it has; zero for one whose deadline has passed
   */
  public static TestOperation within(Duration timeout) {
    return new TestOperation(timeout, ProgressListener.NONE);
  }

  /**
   * {@return an operation that has half a minute and tells its progress}
   *
   * @param progress hears it
   */
  public static TestOperation telling(ProgressListener progress) {
    return new TestOperation(LONG_ENOUGH, progress);
  }

  /** Cancels the operation: runs the hooks, and ends it at its next checkpoint. */
  public void cancel() {
    synchronized (hooks) {
      cancelled = true;
    }
    runHooks();
  }

  private void runHooks() {
    List<Runnable> run;
    synchronized (hooks) {
      hooksRan = true;
      run = List.copyOf(hooks);
      hooks.clear();
    }
    run.forEach(Runnable::run);
  }

  /** Has the hooks run at the deadline. Only where there are hooks: most tests have none. */
  private void watchDeadline() {
    if (!watched) {
      watched = true;
      CompletableFuture.delayedExecutor(remaining().toNanos(), TimeUnit.NANOSECONDS)
          .execute(this::runHooks);
    }
  }

  @Override
  public Duration remaining() {
    long left = deadline - System.nanoTime();
    return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
  }

  @Override
  public boolean cancelled() {
    synchronized (hooks) {
      return cancelled;
    }
  }

  @Override
  public Registration onCancel(Runnable hook) {
    synchronized (hooks) {
      if (!hooksRan) {
        hooks.add(hook);
        watchDeadline();
        return () -> {
          synchronized (hooks) {
            hooks.remove(hook);
          }
        };
      }
    }
    hook.run();
    return () -> {};
  }

  @Override
  public void checkpoint() {
    if (cancelled() || Thread.currentThread().isInterrupted()) {
      throw StandardFailures.cancelled().asException();
    }
    if (remaining().isZero()) {
      throw StandardFailures.timedOut("operation").asException();
    }
  }

  @Override
  public ProgressListener progress() {
    return progress;
  }
}
