package dev.connections.core.internal.pool;

import dev.connections.api.ConnectionAdapter;

/** An adapter lent for one call: it isn't closed before the lease is. */
public interface Lease extends AutoCloseable {
  /** {@return the adapter; not to be closed or kept} */
  ConnectionAdapter adapter();

  /** Gives the adapter back. Calling it again does nothing. */
  @Override
  void close();
}
