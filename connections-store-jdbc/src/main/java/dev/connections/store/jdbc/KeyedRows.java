package dev.connections.store.jdbc;

import dev.connections.core.store.SealedRow;
import dev.connections.core.store.SealedRows;
import dev.connections.core.store.StoreFailures;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Rows by the key that their secrets are encrypted with. The statements that look over all accounts
 * are here and nowhere else; they read views that have keys and accounts and no more.
 *
 * @param transactions reach the rows
 */
record KeyedRows(Transactions transactions) implements SealedRows {

  /** The statements on one of the tables. */
  enum Table {
    CONNECTIONS("connections", "connection_keys", "id", "configuration_format", "configuration"),
    TOKENS("connection_tokens", "token_keys", "connection_id", "1", "tokens");

    final String count;
    final String nextAccount;
    final String list;
    private final String replace;

    Table(String name, String view, String id, String version, String text) {
      this.count = "SELECT key_id, count(*) FROM " + view + " GROUP BY key_id";
      this.nextAccount =
          "SELECT account_id FROM "
              + view
              + " WHERE key_id = ? AND account_id > ? ORDER BY account_id LIMIT 1";
      this.list =
          "SELECT %1$s, %2$s, %3$s FROM %4$s WHERE key_id = ? AND account_id = ? AND %1$s > ?"
                  .formatted(id, version, text, name)
              + " ORDER BY "
              + id
              + " LIMIT ?";
      this.replace =
          "UPDATE %1$s SET %3$s = ?, key_id = ? WHERE account_id = ? AND %2$s = ? AND %3$s = ?"
              .formatted(name, id, text);
    }

    static Table of(SealedRow.Part part) {
      return switch (part) {
        case CONFIGURATION -> CONNECTIONS;
        case TOKENS -> TOKENS;
      };
    }
  }

  @Override
  public Map<Long, Long> countByKey() {
    return transactions.readEveryAccount(
        session -> {
          Map<Long, Long> counts = new HashMap<>();
          for (Table table : Table.values()) {
            session.list(
                table.count,
                List.of(),
                row -> counts.merge(row.getLong(1), row.getLong(2), Long::sum));
          }
          return counts;
        });
  }

  @Override
  public Optional<String> nextAccount(SealedRow.Part part, long keyId, String after) {
    return transactions.readEveryAccount(
        session ->
            session.first(Table.of(part).nextAccount, row -> row.getString(1), keyId, after));
  }

  @Override
  public List<SealedRow> list(
      String account, SealedRow.Part part, long keyId, String after, int limit) {
    return transactions.read(
        account,
        session ->
            session.list(
                Table.of(part).list,
                List.of(keyId, account, after, limit),
                row ->
                    new SealedRow(
                        account, row.getString(1), part, row.getInt(2), row.getString(3))));
  }

  @Override
  public int replace(String account, List<SealedRow.Change> changes) {
    return transactions.write(
        account,
        session -> {
          try {
            return replace(session, account, changes);
          } catch (SQLException e) {
            throw retiredOr(session, e);
          }
        });
  }

  private static int replace(Session session, String account, List<SealedRow.Change> changes)
      throws SQLException {
    int replaced = 0;
    for (Table table : Table.values()) {
      replaced += session.batch(table.replace, values(account, table, changes));
    }
    return replaced;
  }

  private static List<List<Object>> values(
      String account, Table table, List<SealedRow.Change> changes) {
    return changes.stream()
        .filter(change -> Table.of(change.before().part()) == table)
        .map(
            change ->
                List.<Object>of(
                    change.text(),
                    change.keyId(),
                    account,
                    change.before().connection(),
                    change.before().text()))
        .toList();
  }

  @Override
  public <T> T together(Supplier<T> work) {
    return transactions.together(work);
  }

  /** A row refers to its key, so a key that isn't there was retired. */
  static SQLException retiredOr(Session session, SQLException e) {
    if (session.dialect().isMissingReference(e)) {
      throw StoreFailures.keyRetired();
    }
    return e;
  }
}
