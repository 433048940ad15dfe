package dev.connections.store.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.connections.api.ConnectionException;
import dev.connections.core.audit.AuditChain;
import dev.connections.core.audit.AuditCheck;
import dev.connections.core.audit.AuditEntry;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditQuery;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.audit.AuditResult;
import dev.connections.core.audit.AuditTrail;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The audit log that a store keeps beside its connections. A record of a change is kept in the same
 * transaction as the change; any other is on the disk when {@link #append} returns. Records are
 * never changed, and never deleted when their connection or account is: the oldest go only by being
 * {@linkplain #cut cut off}.
 *
 * <p>Whoever alters, removes or inserts a record is found out by {@link #check}. Who may write the
 * whole database could compute all hashes anew or take the latest records away: against that, keep
 * the latest number and hash elsewhere.
 *
 * <p>Safe for any thread.
 */
public final class StoredAuditLog implements AuditTrail {
  /** How many records {@link #records} gives back at most. */
  public static final int GREATEST_LIMIT = AuditQuery.GREATEST_LIMIT;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Transactions transactions;

  StoredAuditLog(Transactions transactions) {
    this.transactions = transactions;
  }

  private record Link(long sequence, String hash) {
    static final Link START = new Link(0, AuditChain.START);
  }

  private record Kept(Link link, AuditRecord record) {}

  /** A record as {@link #check} meets it: absent if its parts aren't as we write them. */
  private record Checked(Link link, Optional<AuditRecord> record) {
    boolean follows(Link before) {
      return link.sequence == before.sequence + 1
          && record
              .map(kept -> AuditChain.hash(before.hash, link.sequence, kept))
              .equals(Optional.of(link.hash));
    }
  }

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
        StoredName.of(record.operation()),
        StoredName.of(record.result()),
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
    if (limit < 1 || limit > GREATEST_LIMIT) {
      throw new IllegalArgumentException("one reads 1 to " + GREATEST_LIMIT + " records at once");
    }
    return page(account, after, limit, StoredAuditLog::read).stream().map(Kept::record).toList();
  }

  @Override
  public List<AuditEntry> find(String account, AuditQuery query) {
    if (!AuditCondition.mayMatch(query)) {
      return List.of();
    }
    return transactions.read(
        account,
        session -> {
          AuditCondition condition = AuditCondition.of(account, query, session.dialect());
          return session.list(
              "SELECT * FROM audit_log WHERE account_id = ?" + condition.sql(),
              condition.values(),
              row -> {
                Kept kept = read(row);
                return new AuditEntry(kept.link.sequence, kept.link.hash, kept.record);
              });
        });
  }

  /**
   * {@return the number of the first record of an account that isn't as it was written, or follows
   * a gap; empty if all are} A record that can't be read any more isn't as it was written.
   *
   * <p>Reads all records of the account, a thousand at a time.
   *
   * @param account the tenant
   */
  public OptionalLong firstBroken(String account) {
    return check(account).firstBroken();
  }

  @Override
  public AuditCheck check(String account) {
    Link cut = lastCut(account);
    AuditCheck check = check(account, cut);
    while (!check.sound() && !cut.equals(lastCut(account))) { // somebody cut while we were reading
      cut = lastCut(account);
      check = check(account, cut);
    }
    return check;
  }

  private AuditCheck check(String account, Link cut) {
    Link before = cut;
    Optional<String> lastCut = Optional.empty();
    List<Checked> page;
    do {
      page = page(account, before.sequence, GREATEST_LIMIT, StoredAuditLog::readToCheck);
      for (Checked next : page) {
        if (!next.follows(before)) {
          return checked(cut, before, OptionalLong.of(before.sequence + 1));
        }
        AuditRecord record = next.record.orElseThrow();
        if (record.operation() == AuditOperation.CUT_AUDIT) {
          lastCut = record.object();
        }
        before = next.link;
      }
    } while (page.size() == GREATEST_LIMIT);
    boolean told =
        cut.sequence == 0 || lastCut.equals(Optional.of(AuditChain.cutOff(cut.sequence, cut.hash)));
    return checked(cut, before, told ? OptionalLong.empty() : OptionalLong.of(cut.sequence));
  }

  private static AuditCheck checked(Link cut, Link last, OptionalLong firstBroken) {
    return new AuditCheck(cut.sequence, last.sequence, last.hash, firstBroken);
  }

  /** The last record that was cut off. */
  private Link lastCut(String account) {
    return transactions
        .read(
            account,
            session ->
                session.first(
                    "SELECT sequence, hash FROM audit_cuts WHERE account_id = ?",
                    row -> new Link(row.getLong(1), row.getString(2)),
                    account))
        .orElse(Link.START);
  }

  @Override
  public long cut(AuditRecord by, Instant before) {
    return transactions.writeMuch(by.account(), session -> cut(session, by, before));
  }

  private static long cut(Session session, AuditRecord by, Instant before) throws SQLException {
    session.dialect().awaitTurn(session, by.account());
    Optional<Link> last =
        session.first(
            "SELECT sequence, hash FROM audit_log WHERE account_id = ? AND sequence < coalesce("
                + "(SELECT min(sequence) FROM audit_log WHERE account_id = ? AND at >= ?), ?)"
                + " ORDER BY sequence DESC LIMIT 1",
            row -> new Link(row.getLong(1), row.getString(2)),
            by.account(),
            by.account(),
            StoredTime.text(before),
            Long.MAX_VALUE);
    if (last.isEmpty()) {
      return 0;
    }
    String told = AuditChain.cutOff(last.get().sequence, last.get().hash);
    append(session, by.toBuilder().object(told).build());
    return session.dialect().cutAudit(session, by.account(), last.get().sequence);
  }

  private <T> List<T> page(String account, long after, int limit, Session.RowReader<T> reader) {
    return transactions.read(
        account,
        session ->
            session.list(
                "SELECT * FROM audit_log WHERE account_id = ? AND sequence > ?"
                    + " ORDER BY sequence LIMIT ?",
                List.of(account, after, limit),
                reader));
  }

  private static Checked readToCheck(ResultSet row) throws SQLException {
    Link link = link(row);
    try {
      return new Checked(link, Optional.of(read(row).record));
    } catch (ConnectionException altered) {
      return new Checked(link, Optional.empty());
    }
  }

  private static Link link(ResultSet row) throws SQLException {
    return new Link(row.getLong("sequence"), row.getString("hash"));
  }

  private static Kept read(ResultSet row) throws SQLException {
    AuditRecord record =
        new AuditRecord(
            time(row.getString("at")),
            row.getString("account_id"),
            row.getString("user_id"),
            of(AuditOperation.class, row.getString("operation")),
            of(AuditResult.class, row.getString("result")),
            Optional.ofNullable(row.getString("connection_id")),
            Optional.ofNullable(row.getString("object")),
            fields(row.getString("fields")),
            Optional.ofNullable(row.getString("code")));
    return new Kept(link(row), record);
  }

  /** Another spelling of the same isn't as it was written: the hash alone wouldn't show it. */
  private static Instant time(String stored) {
    Instant time = StoredTime.parse(stored);
    if (!StoredTime.text(time).equals(stored)) {
      throw StoreStates.damaged();
    }
    return time;
  }

  private static <E extends Enum<E>> E of(Class<E> type, String stored) {
    for (E value : type.getEnumConstants()) {
      if (StoredName.of(value).equals(stored)) {
        return value;
      }
    }
    throw StoreStates.damaged();
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
      List<String> fields = List.of(JSON.readValue(json, String[].class));
      if (json(fields).equals(json)) {
        return fields;
      }
    } catch (JsonProcessingException altered) {
      // As told below.
    }
    throw StoreStates.damaged();
  }
}
