package dev.connections.core.internal.calls;

import dev.connections.api.ProgressListener;
import dev.connections.core.CallOptions;
import dev.connections.core.CancelToken;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What all calls of one door share: a thread that watches deadlines, threads that end calls, and
 * the operations under way. All threads are daemons.
 */
public final class CallRuntime implements AutoCloseable {
  private final ScheduledThreadPoolExecutor deadlines;
  private final ExecutorService enders;
  private final Set<CallOperation> running = ConcurrentHashMap.newKeySet();

  /** Makes a runtime without a thread yet; they come when needed. */
  public CallRuntime() {
    this.deadlines = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("deadlines"));
    // Most calls end long before their deadline: don't keep them until then.
    this.deadlines.setRemoveOnCancelPolicy(true);
    this.enders = Executors.newCachedThreadPool(DaemonThreads.named("ending"));
  }

  /**
   * Starts an operation.
   *
   * @param what what is done, as a noun for a message: {@code test}, {@code import}
   * @param timeout how long it may take
   * @param cancel takes it back
   * @param progress hears how far it has come
   * @return the operation, to be closed in try-with-resources
   * @throws IllegalStateException if the runtime is closed
   */
  public CallOperation start(
      String what, Duration timeout, CancelToken cancel, ProgressListener progress) {
    if (deadlines.isShutdown()) {
      throw new IllegalStateException("the connections are closed");
    }
    CallOperation operation = new CallOperation(this, what, timeout, cancel, progress);
    running.add(operation);
    if (deadlines.isShutdown()) {
      // Closed in between, and perhaps not seen there.
      operation.cancel();
    }
    return operation;
  }

  /**
   * Starts an operation as the host wants it.
   *
   * @param what what is done, as a noun for a message
   * @param usual how long it may take if the host didn't say
   * @param options what the host said
   * @return the operation, to be closed in try-with-resources
   * @throws IllegalStateException if the runtime is closed
   */
  public CallOperation start(String what, Duration usual, CallOptions options) {
    return start(what, options.timeout().orElse(usual), options.cancelToken(), options.progress());
  }

  Future<?> after(long nanos, Runnable action) {
    try {
      return deadlines.schedule(action, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closing) {
      // Closing cancels every operation, so nobody needs to be told of a deadline.
      return CompletableFuture.completedFuture(closing);
    }
  }

  void run(Runnable action) {
    try {
      enders.execute(action);
    } catch (RejectedExecutionException closing) {
      action.run();
    }
  }

  void ended(CallOperation operation) {
    running.remove(operation);
  }

  /** Cancels the operations that are still under way and lets the threads go. */
  @Override
  public void close() {
    deadlines.shutdownNow();
    List.copyOf(running).forEach(CallOperation::cancel);
    enders.shutdown();
  }
}
