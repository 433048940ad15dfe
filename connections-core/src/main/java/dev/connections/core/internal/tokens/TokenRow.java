package dev.connections.core.internal.tokens;

/**
 * The place where the tokens of one connection are kept. Reading and writing are never done by two
 * threads at a time.
 */
public interface TokenRow {
  /** {@return what is kept} */
  StoredTokens read();

  /**
   * Keeps other tokens. They are safe when this returns, since a source may already have withdrawn
   * the earlier ones.
   *
   * @param tokens what the source granted
   */
  void write(StoredTokens tokens);

  /**
   * {@return a row in memory}
   *
   * @param first what is kept at first
   */
  static TokenRow inMemory(StoredTokens first) {
    return new TokenRow() {
      private volatile StoredTokens kept = first;

      @Override
      public StoredTokens read() {
        return kept;
      }

      @Override
      public void write(StoredTokens tokens) {
        kept = tokens;
      }
    };
  }
}
