package dev.connections.store.jdbc;

import dev.connections.api.ConnectionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A transaction that several callers share: each does its work in it in its turn, and one commit at
 * the end keeps the work of all. Nobody is answered before. If the commit fails, it has failed for
 * each of them.
 *
 * <p>It ends after some members, whoever waits: other processes wait for the same file.
 */
final class SharedCommit {
  /** How many share it at most. */
  static final int MOST_MEMBERS = 64;

  private final CountDownLatch ended = new CountDownLatch(1);
  private int members;
  private boolean kept;
  private Supplier<ConnectionException> failure = StoreStates::outcomeUnknown;

  /** Whether nobody's work is in it yet; so all of it may be undone for one. */
  boolean isEmpty() {
    return members == 0;
  }

  /** To be told by who has done his work in it, while he has the turn. */
  void add() {
    members++;
  }

  boolean mayGrow() {
    return members < MOST_MEMBERS;
  }

  /** All of it is on the disk. To be told before {@link #end}. */
  void committed() {
    kept = true;
  }

  /** Nothing of it was kept. To be told before {@link #end}. */
  void failed(Supplier<ConnectionException> why) {
    failure = why;
  }

  /** Lets all members go on. */
  void end() {
    ended.countDown();
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /** Waits for the end, and throws if the work of this member wasn't kept. */
  void await(Patience patience) {
    if (!patience.awaits(nanos -> ended.await(nanos, TimeUnit.NANOSECONDS))) {
      throw StoreStates.outcomeUnknown();
    }
    if (!kept) {
      throw failure.get(); // each member's own
    }
  }
}
