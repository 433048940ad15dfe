package dev.connections.core.audit;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Keeps the latest records in memory: for tests, and for hosts that show them for a while. When it
 * is full, the oldest record makes room: it counts as cut off, without a record that says so.
 *
 * <p>Safe for any thread.
 */
public final class InMemoryAuditLog implements AuditTrail {
  private static final int DEFAULT_CAPACITY = 10_000;

  private record Link(long number, String hash) {
    static final Link START = new Link(0, AuditChain.START);

    static Link of(AuditEntry entry) {
      return new Link(entry.number(), entry.hash());
    }
  }

  private final int capacity;
  private final Deque<AuditEntry> entries = new ArrayDeque<>();
  private final Map<String, Link> last = new HashMap<>();
  private final Map<String, Link> gone = new HashMap<>();

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
    if (entries.size() == capacity) {
      AuditEntry oldest = entries.removeFirst();
      gone.put(oldest.record().account(), Link.of(oldest));
    }
    Link before = last.getOrDefault(record.account(), Link.START);
    long number = before.number + 1;
    AuditEntry entry = new AuditEntry(number, AuditChain.hash(before.hash, number, record), record);
    entries.addLast(entry);
    last.put(record.account(), Link.of(entry));
  }

  /**
   * {@return the records of one account, the oldest first}
   *
   * @param account the tenant
   */
  public synchronized List<AuditRecord> records(String account) {
    return of(account).stream().map(AuditEntry::record).toList();
  }

  private List<AuditEntry> of(String account) {
    return entries.stream().filter(entry -> entry.record().account().equals(account)).toList();
  }

  @Override
  public synchronized List<AuditEntry> find(String account, AuditQuery query) {
    List<AuditEntry> found = new ArrayList<>();
    Iterator<AuditEntry> latest = entries.descendingIterator();
    while (latest.hasNext() && found.size() < query.limit()) {
      AuditEntry entry = latest.next();
      if (entry.record().account().equals(account) && matches(entry, query)) {
        found.add(entry);
      }
    }
    return found;
  }

  private static boolean matches(AuditEntry entry, AuditQuery query) {
    AuditRecord record = entry.record();
    return entry.number() < query.before()
        && (query.connection().isEmpty() || query.connection().equals(record.connection()))
        && (query.operations().isEmpty() || query.operations().contains(record.operation()))
        && query.user().map(record.user()::equals).orElse(true)
        && query.result().map(record.result()::equals).orElse(true)
        && query.from().map(from -> !record.at().isBefore(from)).orElse(true)
        && query.until().map(until -> record.at().isBefore(until)).orElse(true);
  }

  @Override
  public synchronized AuditCheck check(String account) {
    Link cut = gone.getOrDefault(account, Link.START);
    Link before = cut;
    for (AuditEntry entry : of(account)) {
      long expected = before.number + 1;
      if (entry.number() != expected
          || !entry.hash().equals(AuditChain.hash(before.hash, expected, entry.record()))) {
        return new AuditCheck(cut.number, before.number, before.hash, OptionalLong.of(expected));
      }
      before = Link.of(entry);
    }
    return new AuditCheck(cut.number, before.number, before.hash, OptionalLong.empty());
  }

  @Override
  public synchronized long cut(AuditRecord by, Instant before) {
    String account = by.account();
    List<AuditEntry> old =
        of(account).stream().takeWhile(it -> it.record().at().isBefore(before)).toList();
    if (old.isEmpty()) {
      return 0;
    }
    Link lastCut = Link.of(old.get(old.size() - 1));
    entries.removeIf(it -> it.record().account().equals(account) && it.number() <= lastCut.number);
    gone.put(account, lastCut);
    append(by.toBuilder().object(AuditChain.cutOff(lastCut.number, lastCut.hash)).build());
    return old.size();
  }
}
