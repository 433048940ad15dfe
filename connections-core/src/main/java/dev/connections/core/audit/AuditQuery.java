package dev.connections.core.audit;

import dev.connections.api.Internal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which records of the audit log to read, the latest first. Parts that are left out filter nothing;
 * the others must all hold.
 *
 * <p>Immutable. Made by {@link #all} and completed by the other methods.
 *
 * @param connection only records of this connection, also of one that is deleted
 * @param operations only these operations; empty for all
 * @param user only what this user did
 * @param result only what began or ended so
 * @param from only what was written then or later
 * @param until only what was written before
 * @param before only records with a lower number
 * @param limit how many on a page; 1 to {@value #GREATEST_LIMIT}
 */
public record AuditQuery(
    Optional<String> connection,
    Set<AuditOperation> operations,
    Optional<String> user,
    Optional<AuditResult> result,
    Optional<Instant> from,
    Optional<Instant> until,
    long before,
    int limit) {
  /** How many records a page has unless something else is asked for. */
  public static final int DEFAULT_LIMIT = 100;

  /** How many records a page has at most. */
  public static final int GREATEST_LIMIT = 1000;

  private static final AuditQuery ALL =
      new AuditQuery(
          Optional.empty(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Long.MAX_VALUE,
          DEFAULT_LIMIT);

  /**
   * Takes all parts at once; {@link #all} is the way to make one.
   *
   * @param connection only records of this connection
   * @param operations only these operations
   * @param user only what this user did
   * @param result only what began or ended so
   * @param from only what was written then or later
   * @param until only what was written before
   * @param before only records with a lower number
   * @param limit how many on a page
   * @throws IllegalArgumentException if the limit is out of bounds
   */
  @Internal
  public AuditQuery {
    Objects.requireNonNull(connection, "connection");
    operations = Set.copyOf(operations);
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(until, "until");
    if (limit < 1 || limit > GREATEST_LIMIT) {
      throw new IllegalArgumentException("one reads 1 to " + GREATEST_LIMIT + " records at once");
    }
  }

  /** {@return a query for the latest records of whatever kind} */
  public static AuditQuery all() {
    return ALL;
  }

  /**
   * {@return a copy for the records of one connection, also of one that is deleted}
   *
   * @param id the connection's id
   */
  public AuditQuery connection(String id) {
    return new AuditQuery(Optional.of(id), operations, user, result, from, until, before, limit);
  }

  /**
   * {@return a copy for some operations only}
   *
   * @param first one of them
   * @param more the others
   */
  public AuditQuery operations(AuditOperation first, AuditOperation... more) {
    Set<AuditOperation> some = EnumSet.of(first);
    some.addAll(List.of(more));
    return new AuditQuery(connection, some, user, result, from, until, before, limit);
  }

  /**
   * {@return a copy for what one user did}
   *
   * @param name the user
   */
  public AuditQuery user(String name) {
    return new AuditQuery(
        connection, operations, Optional.of(name), result, from, until, before, limit);
  }

  /**
   * {@return a copy for what began or ended in one way}
   *
   * @param wanted how
   */
  public AuditQuery result(AuditResult wanted) {
    return new AuditQuery(
        connection, operations, user, Optional.of(wanted), from, until, before, limit);
  }

  /**
   * {@return a copy for what was written at a time or later}
   *
   * @param time the first that counts
   */
  public AuditQuery from(Instant time) {
    return new AuditQuery(
        connection, operations, user, result, Optional.of(time), until, before, limit);
  }

  /**
   * {@return a copy for what was written before a time}
   *
   * @param time the first that doesn't count
   */
  public AuditQuery until(Instant time) {
    return new AuditQuery(
        connection, operations, user, result, from, Optional.of(time), before, limit);
  }

  /**
   * {@return a copy for the page after another}
   *
   * @param number the {@linkplain AuditEntry#number number} of the last record of that page
   */
  public AuditQuery before(long number) {
    return new AuditQuery(connection, operations, user, result, from, until, number, limit);
  }

  /**
   * {@return a copy with another page size}
   *
   * @param size 1 to {@value #GREATEST_LIMIT}
   * @throws IllegalArgumentException if it is out of bounds
   */
  public AuditQuery limit(int size) {
    return new AuditQuery(connection, operations, user, result, from, until, before, size);
  }
}
