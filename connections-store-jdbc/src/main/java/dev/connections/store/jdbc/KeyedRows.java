package dev.connections.store.jdbc;

import dev.connections.core.store.SealedRow;
import dev.connections.core.store.SealedRows;
import dev.connections.core.store.StoreFailures;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows by the key that their secrets are encrypted with. The two statements that look over all
 * accounts are here and nowhere else; they read a view that has keys and accounts and no more.
 *
 * @param transactions reach the rows
 */
record KeyedRows(Transactions transactions) implements SealedRows {
  static final String COUNT = "SELECT key_id, count(*) FROM connection_keys GROUP BY key_id";

  static final String NEXT_ACCOUNT =
      "SELECT account_id FROM connection_keys WHERE key_id = ? AND account_id > ?"
          + " ORDER BY account_id LIMIT 1";

  static final String LIST =
      "SELECT id, configuration_format, configuration FROM connections"
          + " WHERE key_id = ? AND account_id = ? AND id > ? ORDER BY id LIMIT ?";

  private static final String REPLACE =
      "UPDATE connections SET configuration = ?, key_id = ?"
          + " WHERE account_id = ? AND id = ? AND configuration = ?";

  @Override
  public Map<Long, Long> countByKey() {
    return transactions.readEveryAccount(
        session -> {
          Map<Long, Long> counts = new HashMap<>();
          session.list(COUNT, List.of(), row -> counts.put(row.getLong(1), row.getLong(2)));
          return counts;
        });
  }

  @Override
  public Optional<String> nextAccount(SealedRow.Part part, long keyId, String after) {
    return transactions.readEveryAccount(
        session -> session.first(NEXT_ACCOUNT, row -> row.getString(1), keyId, after));
  }

  @Override
  public List<SealedRow> list(
      String account, SealedRow.Part part, long keyId, String after, int limit) {
    return transactions.read(
        account,
        session ->
            session.list(
                LIST,
                List.of(keyId, account, after, limit),
                row ->
                    new SealedRow(
                        account, row.getString(1), part, row.getInt(2), row.getString(3))));
  }

  @Override
  public int replace(String account, List<SealedRow.Change> changes) {
    return transactions.write(account, session -> replace(session, account, changes));
  }

  private static int replace(Session session, String account, List<SealedRow.Change> changes)
      throws SQLException {
    int replaced = 0;
    for (SealedRow.Change change : changes) {
      try {
        replaced +=
            session.update(
                REPLACE,
                change.text(),
                change.keyId(),
                account,
                change.before().connection(),
                change.before().text());
      } catch (SQLException e) {
        throw retiredOr(session, e);
      }
    }
    return replaced;
  }

  /** A row refers to its key, so a key that isn't there was retired. */
  static SQLException retiredOr(Session session, SQLException e) {
    if (session.dialect().isMissingReference(e)) {
      throw StoreFailures.keyRetired();
    }
    return e;
  }
}
