package dev.connections.core.internal.calls;

import dev.connections.api.Attempt;
import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.Registration;
import dev.connections.api.RemoteCall;
import dev.connections.api.StandardFailures;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One attempt, on a thread of its own while the caller waits.
 *
 * <p>It costs a hand-over between threads, some microseconds, and buys the promise that nothing
 * hangs: there are drivers that heed neither their time-out nor a cancel nor an interruption, and
 * no caller could return from those. When its time is over or the operation ends, the hooks run,
 * then the thread is interrupted, then it is left to itself: it keeps its permit until it ends, so
 * that a source which doesn't answer isn't asked more and more, and the call isn't repeated.
 */
final class RunningAttempt<T> implements Attempt, Runnable {
  private final int number;
  private final Duration timeout;
  private final RemoteCall<T> call;
  private final Runnable whenFinished;
  private final CallerContext context = CallerContext.capture();
  private final Hooks hooks = new Hooks();
  private final CountDownLatch woken = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private Optional<Thread> thread = Optional.empty();
  private volatile Optional<Outcome<T>> outcome = Optional.empty();

  /**
   * Makes an attempt.
   *
   * @param whenFinished run once, when the call has really ended, however long that takes
   */
  RunningAttempt(int number, Duration timeout, RemoteCall<T> call, Runnable whenFinished) {
    this.number = number;
    this.timeout = timeout;
    this.call = call;
    this.whenFinished = whenFinished;
  }

  /**
   * Makes the call and waits for it.
   *
   * @return what the call gave
   * @throws ConnectionException what it threw, TIMEOUT or CANCELLED
   */
  T await(Operation operation, CallRuntime runtime, Grace grace) {
    start(runtime);
    boolean interrupted = false;
    Registration hook = operation.onCancel(woken::countDown);
    try {
      woken.await(Nanos.of(timeout), TimeUnit.NANOSECONDS);
    } catch (InterruptedException byHost) {
      interrupted = true;
    } finally {
      hook.close();
    }
    Optional<Outcome<T>> came = outcome;
    if (came.isEmpty()) {
      interrupted |= end(runtime, grace);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (came.isPresent()) {
      return came.get().unwrap();
    }
    throw (interrupted || operation.cancelled()
            ? StandardFailures.cancelled()
            : StandardFailures.timedOut("call to the source"))
        .asException();
  }

  /** {@return whether the call goes on although its caller has stopped waiting} */
  boolean abandoned() {
    return finished.getCount() > 0;
  }

  @Override
  public void run() {
    try {
      synchronized (this) {
        thread = Optional.of(Thread.currentThread());
      }
      context.run(this::make);
    } finally {
      synchronized (this) {
        thread = Optional.empty();
        // An interruption that came late mustn't meet what this thread does next.
        Thread.interrupted();
      }
      whenFinished.run();
      finished.countDown();
      woken.countDown();
    }
  }

  private void make() {
    CallThread.enter();
    try {
      outcome = Optional.of(new Outcome.Answer<>(call.attempt(this)));
    } catch (Throwable thrown) {
      // Nothing is lost: the caller's thread throws it.
      outcome = Optional.of(new Outcome.Thrown<>(thrown));
    } finally {
      CallThread.leave();
    }
  }

  private void start(CallRuntime runtime) {
    try {
      runtime.execute(this);
    } catch (RejectedExecutionException closed) {
      whenFinished.run();
      throw StandardFailures.cancelled().asException(closed);
    } catch (RuntimeException | Error noThread) {
      whenFinished.run();
      throw noThread;
    }
  }

  /** Ends the call as far as it lets itself be ended. {@return whether the host interrupted} */
  private boolean end(CallRuntime runtime, Grace grace) {
    // On other threads: a hook may itself take a round trip, and the caller shall return in time.
    hooks.fireOn(runtime::run);
    try {
      if (!finished.await(Nanos.of(grace.beforeInterrupt()), TimeUnit.NANOSECONDS)) {
        interrupt();
        finished.await(Nanos.of(grace.afterInterrupt()), TimeUnit.NANOSECONDS);
      }
      return false;
    } catch (InterruptedException byHost) {
      interrupt();
      return true;
    }
  }

  private synchronized void interrupt() {
    thread.ifPresent(Thread::interrupt);
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
    return hooks.add(hook);
  }

  /**
   * How long an attempt that shall end may take to do so.
   *
   * @param beforeInterrupt after its hooks were run
   * @param afterInterrupt after its thread was interrupted as well
   */
  record Grace(Duration beforeInterrupt, Duration afterInterrupt) {}

  private sealed interface Outcome<T> {
    T unwrap();

    record Answer<T>(T value) implements Outcome<T> {
      @Override
      public T unwrap() {
        return value;
      }
    }

    record Thrown<T>(Throwable thrown) implements Outcome<T> {
      @Override
      public T unwrap() {
        if (thrown instanceof ConnectionException failure) {
          throw failure;
        }
        if (thrown instanceof Error error) {
          throw error;
        }
        if (thrown instanceof InterruptedException) {
          Thread.currentThread().interrupt();
          throw StandardFailures.cancelled().asException(thrown);
        }
        throw StandardFailures.internal(thrown).asException(thrown);
      }
    }
  }
}
