package dev.connections.store.jdbc;

import java.time.Duration;

/** Tells a store whether others may have written its rows. Called by one thread at a time. */
interface OtherWriters extends AutoCloseable {
  /** How long one answer counts: a row may be that much older than what others wrote. */
  Duration bound();

  /** Whether anybody else may have written since the last call; true at the first. */
  boolean mayHaveWritten();

  /** After which each call is refused. */
  @Override
  void close();
}
