package dev.connections.core.internal.calls;

import dev.connections.api.AdapterContext;
import dev.connections.api.CallLimits;
import dev.connections.api.EgressPolicy;
import dev.connections.api.Events;
import dev.connections.api.Parallel;
import dev.connections.api.ProgressListener;
import dev.connections.api.Quota;
import dev.connections.api.Registration;
import dev.connections.api.RemoteCalls;
import dev.connections.api.TokenStore;
import dev.connections.core.CallOptions;
import dev.connections.core.CancelToken;
import dev.connections.core.EgressRules;
import dev.connections.core.internal.egress.CheckedEgress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What all calls of one door share: a thread that watches deadlines, threads that end calls, and
 * the operations under way. All threads are daemons.
 */
public final class CallRuntime implements AutoCloseable {
  private static final Duration PARALLEL_GRACE = Duration.ofSeconds(5);

  private final Clock clock;
  private final EgressPolicy egress;
  private final CallThreads threads;
  private final CallSettings settings;
  private final ScheduledThreadPoolExecutor deadlines;
  private final ExecutorService enders;
  private final Budgets budgets = new Budgets();
  private final Parallel parallel;
  private volatile QuotaListener quotaListener = (scope, budget, quota) -> {};
  private final Set<CallOperation> running = ConcurrentHashMap.newKeySet();

  /** Makes a runtime with the system's clock, threads of its own and the usual egress rules. */
  public CallRuntime() {
    this(Clock.systemUTC(), EgressRules.defaults(), Optional.empty());
  }

  /**
   * Makes a runtime. It has no thread yet; they come when needed.
   *
   * @param clock tells adapters the time
   * @param egress which addresses may be dialled
   * @param executor the host's threads for remote calls and parallel work; it starts each task at
   *     once and is left open
   * @throws IllegalArgumentException if the executor is known to let tasks wait for each other
   */
  public CallRuntime(Clock clock, EgressRules egress, Optional<Executor> executor) {
    this(
        clock,
        new CheckedEgress(egress),
        executor.map(CallThreads::ofHost).orElseGet(CallThreads::own),
        CallSettings.USUAL);
  }

  CallRuntime(Clock clock, EgressPolicy egress, CallThreads threads, CallSettings settings) {
    this.clock = clock;
    this.egress = egress;
    this.threads = threads;
    this.settings = settings;
    this.parallel = new SharedParallel(this, PARALLEL_GRACE);
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

  /**
   * {@return what the adapter of a connection may use}
   *
   * @param scope whose calls they are
   * @param tokens the connection's tokens
   * @param events where the adapter's figures go
   * @param roundTrip how long one attempt of a call may take where the adapter doesn't say
   */
  public AdapterContext contextFor(
      CallScope scope, TokenStore tokens, Events events, Optional<Duration> roundTrip) {
    return new CallContext(this, scope, tokens, events, roundTrip);
  }

  /**
   * {@return what the source of a connection last said of its allowances}
   *
   * @param scope the connection
   */
  public List<Quota> quotas(CallScope scope) {
    return budgets.quotas(scope);
  }

  /**
   * Has a listener hear what sources say of their allowances, from now on.
   *
   * @param listener the only one
   */
  public void onQuota(QuotaListener listener) {
    quotaListener = listener;
  }

  /**
   * Forgets the limits of a connection that was deleted, or of a draft that was tested.
   *
   * @param scope the connection
   */
  public void forget(CallScope scope) {
    budgets.leave(scope);
  }

  RemoteCalls calls(CallScope scope, CallLimits limits, Events events) {
    Budget budget = budget(scope, limits);
    Consumer<Quota> heard =
        quota -> {
          budget.observe(quota);
          quotaListener.observed(scope, limits.sharedBudget(), quota);
        };
    Supplier<Optional<Budget>> own =
        () -> limits.sharedBudget().isPresent() ? budgets.own(scope) : Optional.empty();
    return new ResilientCalls(this, limits, budget, own, events, settings, heard);
  }

  Budget budget(CallScope scope, CallLimits limits) {
    return budgets.join(scope, limits);
  }

  Clock clock() {
    return clock;
  }

  EgressPolicy egress() {
    return egress;
  }

  Parallel parallel() {
    return parallel;
  }

  /**
   * Runs a task on another thread.
   *
   * @param task the task
   * @throws RejectedExecutionException if the runtime is closed
   */
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /**
   * Has something quick done again and again, on a thread of the runtime.
   *
   * @param pause between two times; positive
   * @param action what to do; it may take its time
   * @return what ends it
   */
  public Registration every(Duration pause, Runnable action) {
    Future<?> repeated =
        deadlines.scheduleWithFixedDelay(
            () -> run(action), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    return () -> repeated.cancel(false);
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
    threads.close();
  }
}
