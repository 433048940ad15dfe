package dev.connections.core.internal.tokens;

import java.time.Duration;

/** The place where the tokens of one connection are kept, perhaps shared with other processes. */
public interface TokenPlace {
  /**
   * Tokens and which writing of them it was.
   *
   * @param tokens what is kept
   * @param version differs after each write
   */
  record Held(StoredTokens tokens, long version) {}

  /** {@return what is kept} */
  Held read();

  /**
   * Keeps other tokens, unless somebody wrote since they were read. They are safe when this
   * returns, since a source may already have withdrawn the earlier ones.
   *
   * @param before what was read
   * @param tokens what the source granted
   * @return whether they are kept
   */
  boolean write(Held before, StoredTokens tokens);

  /**
   * Takes the right to ask the source, or keeps it for longer.
   *
   * @param holder a name that nobody else has
   * @param length for how long
   * @return whether the holder has it; else another process has
   */
  boolean lease(String holder, Duration length);

  /**
   * Gives that right back.
   *
   * @param holder who had it
   */
  void release(String holder);

  /**
   * {@return a place in memory, which no other process knows}
   *
   * @param first what is kept at first
   */
  static TokenPlace inMemory(StoredTokens first) {
    return new TokenPlace() {
      private Held held = new Held(first, 0);

      @Override
      public synchronized Held read() {
        return held;
      }

      @Override
      public synchronized boolean write(Held before, StoredTokens tokens) {
        if (before.version() != held.version()) {
          return false;
        }
        held = new Held(tokens, held.version() + 1);
        return true;
      }

      @Override
      public boolean lease(String holder, Duration length) {
        return true;
      }

      @Override
      public void release(String holder) {}
    };
  }
}
