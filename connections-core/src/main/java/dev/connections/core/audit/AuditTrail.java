package dev.connections.core.audit;

import java.time.Instant;
import java.util.List;

/**
 * An audit log that can be read, checked and shortened. The records of an account are numbered from
 * 1 without a gap, and each carries a hash over itself and all before it.
 *
 * <p>Who may read it is decided before it is called. Safe for any thread.
 */
public interface AuditTrail extends AuditLog {
  /**
   * {@return a page of the records of one account that a query asks for, the latest first; fewer
   * than its limit if there are no more}
   *
   * @param account the tenant
   * @param query which records; its next page begins {@linkplain AuditQuery#before before} the
   *     number of the last record given
   */
  List<AuditEntry> find(String account, AuditQuery query);

  /**
   * {@return whether all records of an account are as they were written} Reads them all.
   *
   * @param account the tenant
   */
  AuditCheck check(String account);

  /**
   * Cuts the oldest records of an account off, and writes down that they were: the record of it
   * carries the hash of the last that was cut off, so that the rest can still be checked. Both is
   * done, or nothing. Nothing is written if there is nothing to cut off.
   *
   * @param by who does it, when and in which account; its object is replaced by what was cut off
   * @param before records up to the first that was written then or later; that one stays
   * @return how many records were cut off
   */
  long cut(AuditRecord by, Instant before);
}
