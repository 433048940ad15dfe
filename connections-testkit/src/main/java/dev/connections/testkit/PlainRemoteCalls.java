package dev.connections.testkit;

import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.Quota;
import dev.connections.api.Registration;
import dev.connections.api.RemoteCall;
import dev.connections.api.RemoteCalls;
import dev.connections.api.StandardFailures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Remote calls for the tests of adapters: they keep the contract, and of the limits only how many
 * run at once. There is no rate, no breaker and no shared budget.
 *
 * <p>An attempt runs on a thread of its own, so one that ignores its time-out doesn't stop a test.
 * Safe for any thread.
 */
public final class PlainRemoteCalls implements RemoteCalls {
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private final CallLimits limits;
  private final CallCounts counts;
  private final Semaphore permits;
  private final List<Quota> quotas = new CopyOnWriteArrayList<>();

  /**
   * Makes calls within limits.
   *
   * @param limits how many may run at once, and how long an attempt may take; the rest is ignored
   */
  public PlainRemoteCalls(CallLimits limits) {
    this(limits, new CallCounts());
  }

  PlainRemoteCalls(CallLimits limits, CallCounts counts) {
    this.limits = limits;
    this.counts = counts;
    this.permits = new Semaphore(limits.parallel(), true);
  }

  @Override
  public <T> T read(String name, Operation operation, RemoteCall<T> call) {
    start(name, operation);
    Duration pause = FIRST_PAUSE;
    for (int number = 1; ; number++) {
      try {
        return attempt(name, number, operation, call);
      } catch (ConnectionException failed) {
        Duration wait = failed.retryAfter().orElse(pause);
        if (failed.code().transientFailure() && operation.cancelled()) {
          throw StandardFailures.cancelled().asException();
        }
        if (!failed.code().transientFailure()
            || number == ATTEMPTS
            || wait.compareTo(operation.remaining()) >= 0) {
          throw failed;
        }
        pause(wait, operation);
        pause = pause.multipliedBy(2);
      }
    }
  }

  @Override
  public <T> T write(String name, Operation operation, RemoteCall<T> call) {
    start(name, operation);
    return attempt(name, 1, operation, call);
  }

  @Override
  public void observe(Quota quota) {
    quotas.add(quota);
  }

  /** {@return what was observed of the source's allowances, in that order} */
  public List<Quota> quotas() {
    return List.copyOf(quotas);
  }

  private void start(String name, Operation operation) {
    AttemptThread.refuseNesting("The call '" + name + "'");
    operation.checkpoint();
    counts.call(name);
  }

  private <T> T attempt(String name, int number, Operation operation, RemoteCall<T> call) {
    acquire(operation);
    try {
      counts.attempt(name);
      Duration left = operation.remaining();
      operation.checkpoint();
      Duration timeout = limits.timeout().filter(most -> most.compareTo(left) < 0).orElse(left);
      return AttemptThread.run(number, timeout, operation, call);
    } finally {
      permits.release();
    }
  }

  private void acquire(Operation operation) {
    try {
      while (!permits.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        operation.checkpoint();
      }
    } catch (InterruptedException interrupted) {
      throw cancelledByInterrupt();
    }
  }

  private static void pause(Duration wait, Operation operation) {
    CountDownLatch cancelled = new CountDownLatch(1);
    Registration hook = operation.onCancel(cancelled::countDown);
    try {
      if (cancelled.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        operation.checkpoint();
      }
    } catch (InterruptedException interrupted) {
      throw cancelledByInterrupt();
    } finally {
      hook.close();
    }
  }

  static ConnectionException cancelledByInterrupt() {
    Thread.currentThread().interrupt();
    return StandardFailures.cancelled().asException();
  }
}
