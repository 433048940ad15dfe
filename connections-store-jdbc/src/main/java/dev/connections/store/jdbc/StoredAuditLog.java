package dev.connections.store.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.connections.core.audit.AuditLog;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.audit.AuditResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The audit log that a store keeps beside its connections. A record of a change is kept in the same
 * transaction as the change; any other is on the disk when {@link #append} returns. Records are
 * never changed and never deleted, also not when their connection or account is.
 *
 * <p>The records of an account are numbered from 1, and each carries a hash over itself and the
 * hash before it. So whoever alters, removes or inserts a record in between is found out by {@link
 * #firstBroken}. Who may write the whole database could compute all hashes anew or cut off the
 * latest records: against that, keep the latest hash elsewhere.
 *
 * <p>Safe for any thread.
 */
public final class StoredAuditLog implements AuditLog {
  /** How many records {@link #records} gives back at most. */
  public static final int GREATEST_LIMIT = 1000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Transactions transactions;

  StoredAuditLog(Transactions transactions) {
    this.transactions = transactions;
  }

  private record Link(long sequence, String hash) {
    static final Link START = new Link(0, AuditChain.START);
  }

  private record Kept(Link link, AuditRecord record) {}

  /**
   * Keeps a record.
   *
   * @param record what to keep
   * @throws dev.connections.api.ConnectionException if it can't be kept; a {@link StoreErrorCode}
   *     may say why
   */
  @Override
  public void append(AuditRecord record) {
    transactions.write(record.account(), session -> append(session, record));
  }

  private static int append(Session session, AuditRecord record) throws SQLException {
    session.dialect().awaitTurn(session, record.account());
    Link last =
        session
            .first(
                "SELECT sequence, hash FROM audit_log WHERE account_id = ?"
                    + " ORDER BY sequence DESC LIMIT 1",
                row -> new Link(row.getLong(1), row.getString(2)),
                record.account())
            .orElse(Link.START);
    long sequence = last.sequence + 1;
    return session.update(
        "INSERT INTO audit_log (account_id, sequence, at, user_id, operation, result,"
            + " connection_id, object, fields, code, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        record.account(),
        sequence,
        StoredTime.text(record.at()),
        record.user(),
        AuditChain.stored(record.operation()),
        AuditChain.stored(record.result()),
        record.connection().orElse(null),
        record.object().orElse(null),
        json(record.fields()),
        record.code().orElse(null),
        AuditChain.hash(last.hash, sequence, record));
  }

  /**
   * {@return the records of one account, the oldest first}
   *
   * @param account the tenant
   * @param after the number of the record after which to begin; 0 for the first
   * @param limit how many at most; 1 to {@value #GREATEST_LIMIT}
   * @throws IllegalArgumentException if the limit is out of bounds
   */
  public List<AuditRecord> records(String account, long after, int limit) {
    checkLimit(limit);
    return kept(account, after, limit).stream().map(Kept::record).toList();
  }

  static void checkLimit(int limit) {
    if (limit < 1 || limit > GREATEST_LIMIT) {
      throw new IllegalArgumentException("one reads 1 to " + GREATEST_LIMIT + " records at once");
    }
  }

  /**
   * {@return a page of the records of one account that a query asks for, the latest first; fewer
   * than its limit if there are no more}
   *
   * @param account the tenant
   * @param query which records; its next page begins {@linkplain AuditQuery#before before} the
   *     number of the last record given
   */
  public List<AuditEntry> find(String account, AuditQuery query) {
    if (!query.mayMatch()) {
      return List.of();
    }
    return transactions.read(
        account,
        session -> {
          AuditQuery.Condition condition = query.condition(account, session.dialect());
          return session.list(
              "SELECT * FROM audit_log WHERE account_id = ?" + condition.sql(),
              condition.values(),
              row -> {
                Kept kept = read(row);
                return new AuditEntry(kept.link.sequence, kept.record);
              });
        });
  }

  /**
   * {@return the number of the first record of an account that isn't as it was written, or follows
   * a gap; empty if all are}
   *
   * <p>Reads all records of the account, a thousand at a time.
   *
   * @param account the tenant
   */
  public OptionalLong firstBroken(String account) {
    Link before = Link.START;
    List<Kept> page;
    do {
      page = kept(account, before.sequence, GREATEST_LIMIT);
      for (Kept kept : page) {
        long expected = before.sequence + 1;
        if (kept.link.sequence != expected
            || !kept.link.hash.equals(AuditChain.hash(before.hash, expected, kept.record))) {
          return OptionalLong.of(expected);
        }
        before = kept.link;
      }
    } while (page.size() == GREATEST_LIMIT);
    return OptionalLong.empty();
  }

  private List<Kept> kept(String account, long after, int limit) {
    return transactions.read(
        account,
        session ->
            session.list(
                "SELECT * FROM audit_log WHERE account_id = ? AND sequence > ?"
                    + " ORDER BY sequence LIMIT ?",
                List.of(account, after, limit),
                StoredAuditLog::read));
  }

  private static Kept read(ResultSet row) throws SQLException {
    AuditRecord record =
        new AuditRecord(
            StoredTime.parse(row.getString("at")),
            row.getString("account_id"),
            row.getString("user_id"),
            of(AuditOperation.class, row.getString("operation")),
            of(AuditResult.class, row.getString("result")),
            Optional.ofNullable(row.getString("connection_id")),
            Optional.ofNullable(row.getString("object")),
            fields(row.getString("fields")),
            Optional.ofNullable(row.getString("code")));
    return new Kept(new Link(row.getLong("sequence"), row.getString("hash")), record);
  }

  private static <E extends Enum<E>> E of(Class<E> type, String stored) {
    try {
      return Enum.valueOf(type, stored.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException altered) {
      throw StoreStates.damaged();
    }
  }

  static String json(List<String> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list of text is always JSON", e);
    }
  }

  private static List<String> fields(String json) {
    try {
      return List.of(JSON.readValue(json, String[].class));
    } catch (JsonProcessingException altered) {
      throw StoreStates.damaged();
    }
  }
}
