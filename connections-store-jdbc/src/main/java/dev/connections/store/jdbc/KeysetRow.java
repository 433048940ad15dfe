package dev.connections.store.jdbc;

import dev.connections.core.secrets.KeysetStore;
import dev.connections.core.store.StoreFailures;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The row in which the encrypted keyset lies. It is that of all accounts.
 *
 * @param transactions reach it
 */
record KeysetRow(Transactions transactions) implements KeysetStore {
  @Override
  public Optional<String> load() {
    return transactions.readCommon(
        session -> session.first("SELECT encrypted FROM keyset", row -> row.getString(1)));
  }

  private static boolean replace(Session session, Optional<String> expected, String replacement)
      throws SQLException {
    return (expected.isEmpty()
            ? session.update(
                "INSERT INTO keyset (id, encrypted) VALUES (1, ?) ON CONFLICT DO NOTHING",
                replacement)
            : session.update(
                "UPDATE keyset SET encrypted = ? WHERE id = 1 AND encrypted = ?",
                replacement,
                expected.get()))
        == 1;
  }

  @Override
  public boolean replace(Optional<String> expected, String replacement, Set<Long> keys) {
    return transactions.writeCommon(
        session -> replace(session, expected, replacement) && listed(session, keys));
  }

  /** The list of keys that rows refer to is that of the keyset, at any moment. */
  private static boolean listed(Session session, Set<Long> keys) throws SQLException {
    List<Long> listed =
        session.list("SELECT key_id FROM secret_keys", List.of(), row -> row.getLong(1));
    for (long key : keys) {
      if (!listed.contains(key)) {
        session.update("INSERT INTO secret_keys (key_id) VALUES (?)", key);
      }
    }
    for (long key : listed) {
      if (!keys.contains(key)) {
        delete(session, key);
      }
    }
    return true;
  }

  private static void delete(Session session, long key) throws SQLException {
    try {
      session.update("DELETE FROM secret_keys WHERE key_id = ?", key);
    } catch (SQLException e) {
      if (session.dialect().isMissingReference(e)) {
        throw StoreFailures.keyInUse();
      }
      throw e;
    }
  }
}
