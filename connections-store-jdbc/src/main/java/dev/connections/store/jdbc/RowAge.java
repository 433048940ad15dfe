package dev.connections.store.jdbc;

import java.time.Duration;

/**
 * Nobody says what other nodes write, so a row is read anew when its time is over. Unlike news from
 * the server, which may be late or cut off unnoticed, a clock keeps this promise alone.
 *
 * @param bound how old a row may become
 */
record RowAge(Duration bound) implements OtherWriters {
  @Override
  public boolean mayHaveWritten() {
    return true;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
