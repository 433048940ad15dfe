package dev.connections.api;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The time between opening and closing an adapter. Operations during it end with it: an adapter
 * wraps what it is given by {@link #during}, and calls {@link #end} when it is closed.
 *
 * <p>Safe for any thread.
 */
public final class AdapterLife {
  private final Set<Once> hooks = ConcurrentHashMap.newKeySet();
  private volatile boolean over;

  /** Begins a life. */
  public AdapterLife() {}

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

  /**
   * {@return an operation that ends with the given one or with this life, whichever is first}
   *
   * @param call the operation of one call
   * @throws ConnectionException with {@link StandardErrorCode#CANCELLED} if this life is over, or
   *     what the call's own checkpoint throws
   */
  public Operation during(Operation call) {
    Operation both = new Both(call);
    both.checkpoint();
    return both;
  }

  /**
   * Returns while this life lasts.
   *
   * @throws ConnectionException with {@link StandardErrorCode#CANCELLED} if it is over
   */
  public void checkpoint() {
    if (over) {
      throw Failure.of(StandardErrorCode.CANCELLED, "The connection was closed.")
          .withRemedy("Open it again.")
          .asException();
    }
  }

  /** Ends this life and with it what is under way. Calling it again does nothing. */
  public void end() {
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
