package dev.connections.filesystem.internal.adapter;

import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.ProgressListener;
import dev.connections.api.Registration;
import dev.connections.api.StandardErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The time between opening and closing an adapter. Its calls run as operations that end with it.
 *
 * <p>Safe for any thread.
 */
final class AdapterLife {
  private final Set<Hook> hooks = ConcurrentHashMap.newKeySet();
  private volatile boolean over;

  /** A hook, told apart from others that run the same code. */
  private static final class Hook {
    private final Runnable code;

    private Hook(Runnable code) {
      this.code = code;
    }
  }

  /** The operation of one call, which also ends when this life does. */
  Operation during(Operation call) {
    Operation both = new Both(call);
    both.checkpoint();
    return both;
  }

  /** Ends all calls; further ones end at once. */
  void end() {
    over = true;
    for (Hook hook : List.copyOf(hooks)) {
      if (hooks.remove(hook)) {
        hook.code.run();
      }
    }
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
      Hook hook = new Hook(code);
      hooks.add(hook);
      Registration outer =
          call.onCancel(
              () -> {
                if (hooks.remove(hook)) {
                  code.run();
                }
              });
      if (over && hooks.remove(hook)) {
        code.run();
      }
      return () -> {
        hooks.remove(hook);
        outer.close();
      };
    }

    @Override
    public void checkpoint() {
      call.checkpoint();
      if (over) {
        throw Failure.of(StandardErrorCode.CANCELLED, "The connection was closed.").asException();
      }
    }

    @Override
    public ProgressListener progress() {
      return call.progress();
    }
  }
}
