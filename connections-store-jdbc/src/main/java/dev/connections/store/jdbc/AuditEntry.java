package dev.connections.store.jdbc;

import dev.connections.core.audit.AuditRecord;
import java.util.Objects;

/**
 * A record of the audit log as it is kept.
 *
 * @param number its number among the records of its account, from 1
 * @param record what was written
 */
public record AuditEntry(long number, AuditRecord record) {
  /**
   * Checks that the record isn't null.
   *
   * @param number its number
   * @param record what was written
   */
  public AuditEntry {
    Objects.requireNonNull(record, "record");
  }
}
