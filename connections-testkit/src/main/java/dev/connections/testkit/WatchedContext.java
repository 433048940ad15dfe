package dev.connections.testkit;

import dev.connections.api.AdapterContext;
import dev.connections.api.CallLimits;
import dev.connections.api.EgressPolicy;
import dev.connections.api.Events;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.api.Quota;
import dev.connections.api.RemoteCall;
import dev.connections.api.RemoteCalls;
import dev.connections.api.TokenStore;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Surroundings that note what an adapter does with them against the rules. */
final class WatchedContext implements AdapterContext {
  /** The name of the call that runs on this thread; empty if none does. */
  private static final ThreadLocal<String> CALL = ThreadLocal.withInitial(() -> "");

  private final AdapterContext context;
  private final AtomicInteger dials = new AtomicInteger();
  private final List<String> nested = new CopyOnWriteArrayList<>();
  private final List<String> sinkCalls = new CopyOnWriteArrayList<>();
  private final Object attempts = new Object();
  private int running;

  WatchedContext(AdapterContext context) {
    this.context = context;
  }

  /** {@return how often the adapter reached outside: calls and resolved names} */
  int dials() {
    return dials.get();
  }

  /** {@return which calls were made, or tokens asked for, within a call} */
  List<String> nested() {
    return nested;
  }

  /** {@return what the sink was told within a call} */
  List<String> sinkCalls() {
    return sinkCalls;
  }

  void sinkCalled(RecordingSink.Event event) {
    if (!CALL.get().isEmpty()) {
      sinkCalls.add(event.getClass().getSimpleName() + " within '" + CALL.get() + "'");
    }
  }

  /** {@return whether that many attempts, or more, are running before the time is over} */
  boolean awaitRunning(int count, Duration atMost) throws InterruptedException {
    return await(() -> running >= count, atMost);
  }

  /** {@return whether no attempt is running any more before the time is over} */
  boolean awaitQuiet(Duration atMost) throws InterruptedException {
    return await(() -> running == 0, atMost);
  }

  private boolean await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (attempts) {
      while (!condition.getAsBoolean()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(attempts, left);
      }
      return true;
    }
  }

  private void attempts(int change) {
    synchronized (attempts) {
      running += change;
      attempts.notifyAll();
    }
  }

  private void reach(String what) {
    dials.incrementAndGet();
    if (!CALL.get().isEmpty()) {
      nested.add(what + " within '" + CALL.get() + "'");
    }
  }

  @Override
  public Clock clock() {
    return context.clock();
  }

  @Override
  public Parallel parallel() {
    return context.parallel();
  }

  @Override
  public RemoteCalls calls(CallLimits limits) {
    return new WatchedCalls(context.calls(limits));
  }

  @Override
  public TokenStore tokens() {
    TokenStore tokens = context.tokens();
    return new TokenStore() {
      @Override
      public Token current(Operation operation, Source source) {
        reach("a token");
        return tokens.current(operation, source);
      }

      @Override
      public Token replace(Token refused, Operation operation, Source source) {
        reach("a new token");
        return tokens.replace(refused, operation, source);
      }
    };
  }

  @Override
  public EgressPolicy egress() {
    EgressPolicy egress = context.egress();
    return new EgressPolicy() {
      @Override
      public List<InetAddress> resolve(String host, int port) {
        dials.incrementAndGet();
        return egress.resolve(host, port);
      }

      @Override
      public boolean secureRequired() {
        return egress.secureRequired();
      }
    };
  }

  @Override
  public Events events() {
    return context.events();
  }

  private final class WatchedCalls implements RemoteCalls {
    private final RemoteCalls calls;

    private WatchedCalls(RemoteCalls calls) {
      this.calls = calls;
    }

    @Override
    public <T> T read(String name, Operation operation, RemoteCall<T> call) {
      reach("the call '" + name + "'");
      return calls.read(name, operation, watched(name, call));
    }

    @Override
    public <T> T write(String name, Operation operation, RemoteCall<T> call) {
      reach("the call '" + name + "'");
      return calls.write(name, operation, watched(name, call));
    }

    private <T> RemoteCall<T> watched(String name, RemoteCall<T> call) {
      return attempt -> {
        String outer = CALL.get();
        CALL.set(name);
        attempts(1);
        try {
          return call.attempt(attempt);
        } finally {
          attempts(-1);
          CALL.set(outer);
        }
      };
    }

    @Override
    public void observe(Quota quota) {
      calls.observe(quota);
    }
  }
}
