package dev.connections.core.internal.calls;

import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.api.Registration;
import dev.connections.api.StandardFailures;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Parallel work on the runtime's threads. The caller works too, so it gets done even if there is no
 * other thread to be had.
 */
final class SharedParallel implements Parallel {
  private final CallRuntime runtime;
  private final Duration grace;

  /**
   * Makes it.
   *
   * @param grace how long work under way may take to end, once the operation has
   */
  SharedParallel(CallRuntime runtime, Duration grace) {
    this.runtime = runtime;
    this.grace = grace;
  }

  @Override
  public <T> void forEach(
      Iterable<? extends T> items, int width, Operation operation, Work<? super T> work) {
    if (width < 1) {
      throw new IllegalArgumentException("a width of at least 1 is needed, not " + width);
    }
    Run<T> run = new Run<>(items.iterator(), width, operation, work);
    run.work();
    run.awaitOthers();
    run.rethrow();
  }

  private final class Run<T> {
    private final Iterator<? extends T> items;
    private final Operation operation;
    private final Work<? super T> work;
    private final CallerContext context = CallerContext.capture();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Object taking = new Object();
    private final Workers workers = new Workers();
    private int helpersLeft;
    private boolean exhausted;

    private Run(Iterator<? extends T> items, int width, Operation operation, Work<? super T> work) {
      this.items = items;
      this.helpersLeft = width - 1;
      this.operation = operation;
      this.work = work;
    }

    private void work() {
      try {
        for (Optional<T> item = next(); item.isPresent(); item = next()) {
          work.on(item.get());
        }
      } catch (RuntimeException | Error thrown) {
        failure.compareAndSet(null, thrown);
      }
    }

    /** Takes an item, and another thread for the one after it. */
    private Optional<T> next() {
      boolean another;
      T item;
      synchronized (taking) {
        if (exhausted || failure.get() != null) {
          return Optional.empty();
        }
        operation.checkpoint();
        exhausted = !items.hasNext();
        if (exhausted) {
          return Optional.empty();
        }
        item = items.next();
        another = helpersLeft > 0;
        if (another) {
          helpersLeft--;
        }
      }
      if (another) {
        callAnother();
      }
      return Optional.of(item);
    }

    private void callAnother() {
      try {
        runtime.execute(() -> context.run(() -> workers.enter(this::work)));
      } catch (RejectedExecutionException closing) {
        // Then those who are here do it; the runtime's end also ends their operation.
      }
    }

    private void awaitOthers() {
      Registration hook = operation.onCancel(workers::wake);
      try {
        if (workers.closeAndAwait(operation, grace)) {
          failure.compareAndSet(null, StandardFailures.cancelled().asException());
        }
      } finally {
        hook.close();
      }
    }

    private void rethrow() {
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
