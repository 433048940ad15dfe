package dev.connections.testkit;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Registration;
import dev.connections.api.StandardErrorCode;
import java.util.ArrayList;
import java.util.List;

/** The end of an adapter: begins once, and wakes whatever waits. */
final class Shutdown {
  private final List<Runnable> hooks = new ArrayList<>();
  private boolean begun;

  /** {@return whether this call began it} */
  boolean begin() {
    List<Runnable> due;
    synchronized (hooks) {
      if (begun) {
        return false;
      }
      begun = true;
      due = List.copyOf(hooks);
      hooks.clear();
    }
    due.forEach(Runnable::run);
    return true;
  }

  Registration onBegin(Runnable hook) {
    synchronized (hooks) {
      if (!begun) {
        hooks.add(hook);
        return () -> {
          synchronized (hooks) {
            hooks.remove(hook);
          }
        };
      }
    }
    hook.run();
    return () -> {};
  }

  void check() {
    synchronized (hooks) {
      if (!begun) {
        return;
      }
    }
    throw closed();
  }

  private static ConnectionException closed() {
    return Failure.of(StandardErrorCode.CANCELLED, "The connection was closed.")
        .withRemedy("Open the connection again.")
        .asException();
  }
}
