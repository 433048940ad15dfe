package dev.connections.store.jdbc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is, in the order in which threads came. Unlike a lock, it tells whoever has the
 * turn that another one is certain to have it next: what he leaves undone, that one finds.
 */
final class Turns {
  private static final class Waiting {
    private final Thread thread = Thread.currentThread();
    private final boolean joins;
    private final Semaphore granted = new Semaphore(0);

    Waiting(boolean joins) {
      this.joins = joins;
    }
  }

  private final Patience patience;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private volatile @Nullable Thread holder;

  Turns(Patience patience) {
    this.patience = patience;
  }

  /** Whether the calling thread has the turn. */
  boolean isMine() {
    return Thread.currentThread().equals(holder);
  }

  /**
   * Waits for the turn; false if it didn't come in time.
   *
   * @param joins whether this thread goes on with what the one before it leaves undone
   */
  boolean take(boolean joins) {
    Waiting mine;
    synchronized (waiting) {
      if (holder == null) {
        holder = Thread.currentThread();
        return true;
      }
      mine = new Waiting(joins);
      waiting.addLast(mine);
    }
    if (patience.awaits(nanos -> mine.granted.tryAcquire(nanos, TimeUnit.NANOSECONDS))) {
      return true;
    }
    synchronized (waiting) {
      return !waiting.remove(mine); // if it isn't there any more, the turn came at the last moment
    }
  }

  /** How many threads wait. */
  int waiting() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  /** Gives the turn to the next, if there is one and he joins; else it stays where it is. */
  boolean passOn() {
    synchronized (waiting) {
      Waiting next = waiting.peekFirst();
      if (next == null || !next.joins) {
        return false;
      }
      give();
      return true;
    }
  }

  /** Gives the turn to the next, or to who comes next. */
  void end() {
    synchronized (waiting) {
      give();
    }
  }

  private void give() {
    Waiting next = waiting.pollFirst();
    holder = next == null ? null : next.thread;
    if (next != null) {
      next.granted.release();
    }
  }
}
