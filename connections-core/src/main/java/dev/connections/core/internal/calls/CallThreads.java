package dev.connections.core.internal.calls;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;

/** The threads of a runtime: the host's where it gave an executor, else daemons of our own. */
final class CallThreads implements AutoCloseable {
  private final Executor executor;
  private final Optional<ExecutorService> own;
  private final AtomicBoolean closed = new AtomicBoolean();

  private CallThreads(Executor executor, Optional<ExecutorService> own) {
    this.executor = executor;
    this.own = own;
  }

  static CallThreads own() {
    ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("calls"));
    return new CallThreads(threads, Optional.of(threads));
  }

  /**
   * {@return threads of the host's}
   *
   * @throws IllegalArgumentException if the executor is known to let tasks wait for each other
   */
  static CallThreads ofHost(Executor executor) {
    boolean queues =
        executor instanceof ThreadPoolExecutor pool
            && !(pool.getQueue() instanceof SynchronousQueue);
    if (queues || executor instanceof ForkJoinPool) {
      throw new IllegalArgumentException(
          "The executor must start each task at once, as one with virtual threads or a cached pool"
              + " does: in "
              + executor.getClass().getSimpleName()
              + " remote calls would wait for threads that wait for them.");
    }
    return new CallThreads(executor, Optional.empty());
  }

  /**
   * Runs a task on another thread.
   *
   * @throws RejectedExecutionException if there is none any more
   */
  void execute(Runnable task) {
    if (closed.get()) {
      throw new RejectedExecutionException("closed");
    }
    executor.execute(task);
  }

  /** Takes no more tasks, and interrupts those of our own threads. The host's go on. */
  @Override
  public void close() {
    closed.set(true);
    own.ifPresent(ExecutorService::shutdownNow);
  }
}
