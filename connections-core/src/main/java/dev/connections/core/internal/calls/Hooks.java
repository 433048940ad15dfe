package dev.connections.core.internal.calls;

import dev.connections.api.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hooks that wait for one event. Each runs at most once; one that comes after the event runs at
 * once; one that throws doesn't keep the others from running.
 */
public final class Hooks {
  private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);

  // Compared by identity: a host may register one hook twice, and take back one of the two.
  private static final class Entry {
    private final Runnable hook;

    private Entry(Runnable hook) {
      this.hook = hook;
    }
  }

  private final List<Entry> waiting = new ArrayList<>();
  private boolean fired;

  /**
   * Adds a hook.
   *
   * @param hook run at the event, or at once if that was before
   * @return what takes it back
   */
  public Registration add(Runnable hook) {
    Entry entry = new Entry(hook);
    synchronized (waiting) {
      if (!fired) {
        waiting.add(entry);
        return () -> {
          synchronized (waiting) {
            waiting.remove(entry);
          }
        };
      }
    }
    run(entry);
    return () -> {};
  }

  /** The event: runs what waits for it, on this thread. Later ones do nothing. */
  public void fire() {
    fireOn(Runnable::run);
  }

  /** The event: has each hook run by an executor, so that one which blocks holds up no other. */
  void fireOn(Executor executor) {
    List<Entry> due;
    synchronized (waiting) {
      if (fired) {
        return;
      }
      fired = true;
      due = List.copyOf(waiting);
      waiting.clear();
    }
    due.forEach(entry -> executor.execute(() -> run(entry)));
  }

  /** {@return whether the event has been} */
  public boolean fired() {
    synchronized (waiting) {
      return fired;
    }
  }

  /** Forgets the hooks without running them: what they were for is over. */
  void clear() {
    synchronized (waiting) {
      waiting.clear();
    }
  }

  private static void run(Entry entry) {
    try {
      entry.hook.run();
    } catch (RuntimeException | Error thrown) {
      // Its message may be a driver's, and hold a secret.
      LOG.warn("A hook that ends a call has thrown {}.", thrown.getClass().getName());
    }
  }
}
