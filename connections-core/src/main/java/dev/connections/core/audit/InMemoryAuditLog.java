package dev.connections.core.audit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Keeps the latest records in memory: for tests, and for hosts that show them for a while. When it
 * is full, the oldest record makes room.
 *
 * <p>Safe for any thread.
 */
public final class InMemoryAuditLog implements AuditLog {
  private static final int DEFAULT_CAPACITY = 10_000;

  private final int capacity;
  private final Deque<AuditRecord> records = new ArrayDeque<>();

  private InMemoryAuditLog(int capacity) {
    this.capacity = capacity;
  }

  /** {@return an empty log for 10,000 records} */
  public static InMemoryAuditLog create() {
    return holding(DEFAULT_CAPACITY);
  }

  /**
   * {@return an empty log}
   *
   * @param capacity how many records it keeps; at least 1
   * @throws IllegalArgumentException if that is less
   */
  public static InMemoryAuditLog holding(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("an audit log keeps at least one record");
    }
    return new InMemoryAuditLog(capacity);
  }

  @Override
  public synchronized void append(AuditRecord record) {
    if (records.size() == capacity) {
      records.removeFirst();
    }
    records.addLast(record);
  }

  /**
   * {@return the records of one account, the oldest first}
   *
   * @param account the tenant
   */
  public synchronized List<AuditRecord> records(String account) {
    return records.stream().filter(record -> record.account().equals(account)).toList();
  }
}
