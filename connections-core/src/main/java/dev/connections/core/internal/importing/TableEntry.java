package dev.connections.core.internal.importing;

/** What a run remembers of one table. Small on purpose: a source may have a million. */
final class TableEntry {
  /** How far the table has come. */
  enum State {
    /** A foreign key refers to it; it wasn't listed. */
    REFERENCED,
    /** It is wanted, and the answer is still due. */
    OPEN,
    IMPORTED,
    FAILED,
    EXCLUDED,
    UNCHANGED
  }

  State state = State.REFERENCED;

  /** The attempt in which it was listed last; 0 if in none. */
  int listedIn;

  /** When it became wanted, in milliseconds since the run began. */
  int openedAt;

  /** How many foreign keys refer to it. */
  int references;

  /** Whether it was told that the table is large: the adapter and this side may both see it. */
  boolean toldLarge;

  boolean isWanted() {
    return state != State.REFERENCED && state != State.EXCLUDED;
  }
}
