package dev.connections.jdbc;

import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.ProgressListener;
import dev.connections.api.Registration;
import dev.connections.api.StandardErrorCode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The time until a database is closed. Operations during it end with it. Safe for any thread. */
final class AdapterLife {
  private final Set<Once> hooks = ConcurrentHashMap.newKeySet();
  private volatile boolean over;

  /** A hook that two parties may run, and that runs once. */
  private static final class Once implements Runnable {
    private final AtomicBoolean ran = new AtomicBoolean();
    private final Runnable code;

    private Once(Runnable code) {
      this.code = code;
    }

    @Override
    public void run() {
      if (ran.compareAndSet(false, true)) {
        code.run();
      }
    }
  }

  Operation during(Operation call) {
    Operation both = new Both(call);
    both.checkpoint();
    return both;
  }

  void checkpoint() {
    if (over) {
      throw Failure.of(StandardErrorCode.CANCELLED, "The connection was closed.")
          .withRemedy("Open it again.")
          .asException();
    }
  }

  void end() {
    over = true;
    hooks.forEach(Once::run);
  }

  private final class Both implements Operation {
    private final Operation call;

    private Both(Operation call) {
      this.call = call;
    }

    @Override
    public Duration remaining() {
      return over ? Duration.ZERO : call.remaining();
    }

    @Override
    public boolean cancelled() {
      return over || call.cancelled();
    }

    @Override
    public Registration onCancel(Runnable code) {
      Once hook = new Once(code);
      hooks.add(hook);
      Registration outer = call.onCancel(hook);
      if (over) {
        hook.run();
      }
      return () -> {
        hooks.remove(hook);
        outer.close();
      };
    }

    @Override
    public void checkpoint() {
      call.checkpoint();
      AdapterLife.this.checkpoint();
    }

    @Override
    public ProgressListener progress() {
      return call.progress();
    }
  }
}
