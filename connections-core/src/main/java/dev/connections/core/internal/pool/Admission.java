package dev.connections.core.internal.pool;

/** Decides, at the moment an adapter is handed out, whether it may be: authorises and audits. */
@FunctionalInterface
public interface Admission {
  /**
   * Returns if the adapter may be handed out.
   *
   * @throws RuntimeException if it may not; the lease then ends before anything is opened
   */
  void admit();
}
