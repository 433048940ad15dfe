package dev.connections.testkit;

import dev.connections.api.Attempt;
import dev.connections.api.ErrorCode;
import dev.connections.api.Operation;
import dev.connections.api.Registration;
import dev.connections.api.StandardFailures;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What goes wrong with the round trips to a synthetic source, as a test wants it. Safe for any
 * thread.
 */
public final class SyntheticFaults {
  private final Queue<Supplier<RuntimeException>> planned = new ConcurrentLinkedQueue<>();
  private final Object gate = new Object();
  private final AtomicInteger breaks = new AtomicInteger();
  private CountDownLatch open = new CountDownLatch(0);
  private int hanging;
  private volatile Duration latency = Duration.ZERO;
  private volatile int breakAfter;
  private volatile boolean foreign;

  SyntheticFaults() {}

  /**
   * From now on every round trip takes a time; it ends early if the attempt is cancelled.
   *
   * @param time how long; zero for at once, as it is at first
   */
  public void latency(Duration time) {
    latency = time;
  }

  /**
   * Has the next round trips answered with {@link dev.connections.api.StandardErrorCode#THROTTLED}.
   *
   * @param times how many round trips
   * @param retryAfter how long the source asks to wait
   */
  public void throttle(int times, Duration retryAfter) {
    plan(times, () -> SyntheticFailures.throttled().asException().retryAfter(retryAfter));
  }

  /**
   * Has the next round trips fail.
   *
   * @param times how many round trips
   * @param code what goes wrong
   */
  public void fail(int times, ErrorCode code) {
    plan(times, () -> SyntheticFailures.call(code).asException());
  }

  /**
   * Has the next round trip throw an exception of a driver, out of the call.
   *
   * @param message the exception's text; a secret, to see that it gets nowhere
   */
  public void throwForeign(String message) {
    plan(1, () -> new IllegalStateException(message));
  }

  /**
   * From now on the adapter is defective: it throws a foreign exception outside of any call. The
   * text holds the password.
   *
   * @param defective whether it does; not so at first
   */
  public void defective(boolean defective) {
    foreign = defective;
  }

  /**
   * Has imports break off with {@link dev.connections.api.StandardErrorCode#CONNECTION_LOST} after
   * some tables, all schemas together.
   *
   * @param tables how many tables an import hands over before it breaks off
   * @param times how many imports break off
   */
  public void breakStreamAfter(int tables, int times) {
    breakAfter = tables;
    breaks.set(times);
  }

  /** From now on round trips hang, until they are cancelled, run out of time or are let go. */
  public void hang() {
    synchronized (gate) {
      if (open.getCount() == 0) {
        open = new CountDownLatch(1);
      }
    }
  }

  /** Lets go what {@link #hang} holds. */
  public void letGo() {
    synchronized (gate) {
      open.countDown();
    }
  }

  /**
   * Waits until round trips hang.
   *
   * @param calls how many
   * @param atMost how long to wait for that
   * @return whether so many hang now
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean awaitHanging(int calls, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (gate) {
      while (hanging < calls) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(gate, left);
      }
      return true;
    }
  }

  private void plan(int times, Supplier<RuntimeException> fault) {
    for (int i = 0; i < times; i++) {
      planned.add(fault);
    }
  }

  Duration latency() {
    return latency;
  }

  boolean isDefective() {
    return foreign;
  }

  /** {@return after how many tables an import that begins now breaks off} */
  Optional<Integer> nextBreak() {
    int left = breaks.getAndUpdate(times -> Math.max(0, times - 1));
    return left > 0 ? Optional.of(breakAfter) : Optional.empty();
  }

  /** One round trip as seen by the source: it takes its time and may go wrong. */
  @SuppressWarnings("try") // the registrations are there to be closed
  void strike(Attempt attempt, Operation operation, Shutdown shutdown) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    try (Registration cancel = attempt.onCancel(ended::countDown);
        Registration close = shutdown.onBegin(ended::countDown)) {
      takeTime(attempt, operation, shutdown, ended);
      holdAtGate(attempt, operation, shutdown, ended);
    }
    Supplier<RuntimeException> fault = planned.poll();
    if (fault != null) {
      throw fault.get();
    }
  }

  private void takeTime(
      Attempt attempt, Operation operation, Shutdown shutdown, CountDownLatch ended)
      throws InterruptedException {
    Duration wanted = latency;
    if (wanted.isZero()) {
      return;
    }
    Duration allowed = attempt.timeout();
    boolean late = wanted.compareTo(allowed) > 0;
    if (ended.await((late ? allowed : wanted).toNanos(), TimeUnit.NANOSECONDS) || late) {
      throw endOf(operation, shutdown);
    }
  }

  private void holdAtGate(
      Attempt attempt, Operation operation, Shutdown shutdown, CountDownLatch ended)
      throws InterruptedException {
    CountDownLatch held;
    synchronized (gate) {
      held = open;
      if (held.getCount() == 0) {
        return;
      }
      hanging++;
      gate.notifyAll();
    }
    try {
      long end = System.nanoTime() + attempt.timeout().toNanos();
      while (!held.await(5, TimeUnit.MILLISECONDS)) {
        if (ended.getCount() == 0 || System.nanoTime() - end >= 0) {
          throw endOf(operation, shutdown);
        }
      }
    } finally {
      synchronized (gate) {
        hanging--;
      }
    }
  }

  /** Why a wait ended early: the adapter was closed, the operation cancelled, or time ran out. */
  private static RuntimeException endOf(Operation operation, Shutdown shutdown) {
    shutdown.check();
    operation.checkpoint();
    return StandardFailures.timedOut("call to the source").asException();
  }
}
