package dev.connections.core.audit;

/**
 * Where audit records go. A record is appended <em>before</em> a secret is released or a connection
 * is changed; if appending throws, nothing is released and nothing is changed.
 *
 * <p>Implementations are safe for any thread. They keep records in the order of the calls, and
 * never alter one.
 */
@FunctionalInterface
public interface AuditLog {
  /**
   * Keeps a record. Returning means that it is kept as safely as this log promises.
   *
   * @param record what to keep; it holds names of fields and no value of any
   * @throws RuntimeException if it can't be kept; the audited operation is refused then
   */
  void append(AuditRecord record);
}
