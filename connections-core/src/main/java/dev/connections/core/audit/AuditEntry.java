package dev.connections.core.audit;

import java.util.Objects;

/**
 * A record of the audit log as it is kept.
 *
 * @param number its number among the records of its account, from 1
 * @param hash over this record and all before it, in hexadecimal digits
 * @param record what was written
 */
public record AuditEntry(long number, String hash, AuditRecord record) {
  /**
   * Checks that no part is null.
   *
   * @param number its number
   * @param hash over this record and all before it
   * @param record what was written
   */
  public AuditEntry {
    Objects.requireNonNull(hash, "hash");
    Objects.requireNonNull(record, "record");
  }
}
