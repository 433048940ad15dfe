package dev.connections.store.jdbc;

import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which records of the audit log to read, the latest first. Parts that are left out filter nothing;
 * the others must all hold.
 *
 * <p>Immutable. Made by {@link #all} and completed by the other methods.
 */
public final class AuditQuery {
  /** How many records a page has unless something else is asked for. */
  public static final int DEFAULT_LIMIT = 100;

  private static final AuditQuery ALL = new AuditQuery(new Parts());

  private final Parts parts;

  private static final class Parts {
    private Optional<String> connection = Optional.empty();
    private Set<AuditOperation> operations = Set.of();
    private Optional<String> user = Optional.empty();
    private Optional<AuditResult> result = Optional.empty();
    private Optional<Instant> from = Optional.empty();
    private Optional<Instant> until = Optional.empty();
    private long before = Long.MAX_VALUE;
    private int limit = DEFAULT_LIMIT;

    Parts copy() {
      Parts copy = new Parts();
      copy.connection = connection;
      copy.operations = operations;
      copy.user = user;
      copy.result = result;
      copy.from = from;
      copy.until = until;
      copy.before = before;
      copy.limit = limit;
      return copy;
    }
  }

  private AuditQuery(Parts parts) {
    this.parts = parts;
  }

  /** {@return a query for the latest records of whatever kind} */
  public static AuditQuery all() {
    return ALL;
  }

  private interface Change {
    void of(Parts parts);
  }

  private AuditQuery with(Change change) {
    Parts copy = parts.copy();
    change.of(copy);
    return new AuditQuery(copy);
  }

  /**
   * {@return a copy for the records of one connection, also of one that is deleted}
   *
   * @param id the connection's id
   */
  public AuditQuery connection(String id) {
    return with(copy -> copy.connection = Optional.of(id));
  }

  /**
   * {@return a copy for some operations only}
   *
   * @param operations which; none for all
   */
  public AuditQuery operations(AuditOperation... operations) {
    Set<AuditOperation> some = EnumSet.noneOf(AuditOperation.class);
    some.addAll(List.of(operations));
    return with(copy -> copy.operations = Set.copyOf(some));
  }

  /**
   * {@return a copy for what one user did}
   *
   * @param name the user
   */
  public AuditQuery user(String name) {
    return with(copy -> copy.user = Optional.of(name));
  }

  /**
   * {@return a copy for what began or ended in one way}
   *
   * @param wanted how
   */
  public AuditQuery result(AuditResult wanted) {
    return with(copy -> copy.result = Optional.of(wanted));
  }

  /**
   * {@return a copy for what was written at a time or later}
   *
   * @param time the first that counts
   */
  public AuditQuery from(Instant time) {
    return with(copy -> copy.from = Optional.of(time));
  }

  /**
   * {@return a copy for what was written before a time}
   *
   * @param time the first that doesn't count
   */
  public AuditQuery until(Instant time) {
    return with(copy -> copy.until = Optional.of(time));
  }

  /**
   * {@return a copy for the page after another}
   *
   * @param number the {@linkplain AuditEntry#number number} of the last record of that page
   */
  public AuditQuery before(long number) {
    return with(copy -> copy.before = number);
  }

  /**
   * {@return a copy with another page size}
   *
   * @param size 1 to {@value StoredAuditLog#GREATEST_LIMIT}
   * @throws IllegalArgumentException if it is out of bounds
   */
  public AuditQuery limit(int size) {
    StoredAuditLog.checkLimit(size);
    return with(copy -> copy.limit = size);
  }

  /** What follows WHERE, of a few fixed pieces, and what is bound to it. */
  record Condition(String sql, List<Object> values) {}

  Condition condition(String account, Dialect dialect) {
    StringBuilder sql = new StringBuilder(" AND sequence < ?");
    List<Object> values = new ArrayList<>(List.of(account, parts.before));
    if (!parts.operations.isEmpty()) {
      sql.append(" AND ").append(dialect.isOneOf("operation"));
      values.add(
          StoredAuditLog.json(parts.operations.stream().sorted().map(AuditChain::stored).toList()));
    }
    and(sql, values, "connection_id = ?", parts.connection);
    and(sql, values, "user_id = ?", parts.user);
    and(sql, values, "result = ?", parts.result.map(AuditChain::stored));
    and(sql, values, "at >= ?", parts.from.map(StoredTime::text));
    and(sql, values, "at < ?", parts.until.map(StoredTime::text));
    sql.append(" ORDER BY sequence DESC LIMIT ?");
    values.add(parts.limit);
    return new Condition(sql.toString(), values);
  }

  private static void and(
      StringBuilder sql, List<Object> values, String condition, Optional<String> value) {
    if (value.isPresent()) {
      sql.append(" AND ").append(condition);
      values.add(value.get());
    }
  }

  /** Whether PostgreSQL could have such a row: it knows no text with a zero in it. */
  boolean mayMatch() {
    return parts.connection.stream().noneMatch(AuditQuery::hasZero)
        && parts.user.stream().noneMatch(AuditQuery::hasZero);
  }

  private static boolean hasZero(String text) {
    return text.indexOf('\0') >= 0;
  }
}
