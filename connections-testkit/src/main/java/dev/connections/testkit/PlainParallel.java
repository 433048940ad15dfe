package dev.connections.testkit;

import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Parallel work on threads that live for one call; the caller's is one of them. */
final class PlainParallel implements Parallel {
  @Override
  public <T> void forEach(
      Iterable<? extends T> items, int width, Operation operation, Work<? super T> work) {
    if (width < 1) {
      throw new IllegalArgumentException("a width of at least 1 is needed, not " + width);
    }
    Run<T> run = new Run<>(items.iterator(), operation, work);
    boolean inCall = AttemptThread.isCurrent();
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < width && run.mayStartAnother(); i++) {
      Thread thread = new Thread(() -> run.runOnOther(inCall), "parallel-" + i);
      thread.setDaemon(true);
      thread.start();
      others.add(thread);
    }
    run.run();
    boolean interrupted = false;
    for (Thread thread : others) {
      interrupted |= joinFully(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    run.rethrow();
  }

  /** Waits for the item under way even when interrupted: nobody may work on after the return. */
  private static boolean joinFully(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException again) {
        interrupted = true;
        thread.interrupt();
      }
    }
  }

  private static final class Run<T> {
    private final Iterator<? extends T> items;
    private final Operation operation;
    private final Work<? super T> work;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private boolean exhausted;

    private Run(Iterator<? extends T> items, Operation operation, Work<? super T> work) {
      this.items = items;
      this.operation = operation;
      this.work = work;
    }

    boolean mayStartAnother() {
      synchronized (items) {
        return !exhausted && failure.get() == null;
      }
    }

    void runOnOther(boolean inCall) {
      if (inCall) {
        AttemptThread.mark();
      }
      run();
    }

    void run() {
      try {
        for (Optional<T> item = next(); item.isPresent(); item = next()) {
          work.on(item.get());
        }
      } catch (RuntimeException | Error thrown) {
        failure.compareAndSet(null, thrown);
      }
    }

    private Optional<T> next() {
      synchronized (items) {
        if (exhausted || failure.get() != null) {
          return Optional.empty();
        }
        operation.checkpoint();
        exhausted = !items.hasNext();
        return exhausted ? Optional.empty() : Optional.of(items.next());
      }
    }

    void rethrow() {
      Throwable thrown = failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
