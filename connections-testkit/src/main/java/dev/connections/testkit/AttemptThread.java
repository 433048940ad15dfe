package dev.connections.testkit;

import dev.connections.api.Attempt;
import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.Registration;
import dev.connections.api.RemoteCall;
import dev.connections.api.StandardFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** One attempt on its own thread, while its caller waits no longer than the attempt may take. */
final class AttemptThread<T> implements Attempt, Runnable {
  private static final ThreadLocal<Boolean> CURRENT = ThreadLocal.withInitial(() -> false);

  /** How long an attempt that was ended may take to notice. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final int number;
  private final Duration timeout;
  private final RemoteCall<T> call;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final CountDownLatch doneOrCancelled = new CountDownLatch(1);
  private final List<Runnable> hooks = new ArrayList<>();
  private boolean ended;

  private AttemptThread(int number, Duration timeout, RemoteCall<T> call) {
    this.number = number;
    this.timeout = timeout;
    this.call = call;
  }

  static boolean isCurrent() {
    return CURRENT.get();
  }

  /** Has this thread count as one of a call, because it works for one. */
  static void mark() {
    CURRENT.set(true);
  }

  static void refuseNesting(String what) {
    if (isCurrent()) {
      throw new IllegalStateException(what + " was begun within another call; calls never nest.");
    }
  }

  static <T> T run(int number, Duration timeout, Operation operation, RemoteCall<T> call) {
    AttemptThread<T> attempt = new AttemptThread<>(number, timeout, call);
    Thread thread = new Thread(attempt, "attempt");
    thread.setDaemon(true);
    thread.start();
    return attempt.await(thread, operation);
  }

  @Override
  public void run() {
    mark();
    try {
      result.complete(call.attempt(this));
    } catch (Throwable thrown) {
      result.completeExceptionally(thrown);
    } finally {
      doneOrCancelled.countDown();
    }
  }

  private T await(Thread thread, Operation operation) {
    try {
      Registration hook = operation.onCancel(doneOrCancelled::countDown);
      try {
        doneOrCancelled.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
      } finally {
        hook.close();
      }
      if (result.isDone()) {
        return outcome();
      }
      end(thread);
    } catch (InterruptedException interrupted) {
      end(thread);
      throw PlainRemoteCalls.cancelledByInterrupt();
    }
    throw (operation.cancelled()
            ? StandardFailures.cancelled()
            : StandardFailures.timedOut("call to the source"))
        .asException();
  }

  private T outcome() throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException failed) {
      Throwable thrown = failed.getCause();
      if (thrown instanceof ConnectionException precise) {
        throw precise;
      }
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw StandardFailures.internal(thrown == null ? failed : thrown).asException(failed);
    }
  }

  private void end(Thread thread) {
    List<Runnable> due;
    synchronized (hooks) {
      ended = true;
      due = List.copyOf(hooks);
      hooks.clear();
    }
    due.forEach(Runnable::run);
    thread.interrupt();
    try {
      thread.join(GRACE.toMillis());
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Duration timeout() {
    return timeout;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public Registration onCancel(Runnable hook) {
    synchronized (hooks) {
      if (!ended) {
        hooks.add(hook);
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
}
