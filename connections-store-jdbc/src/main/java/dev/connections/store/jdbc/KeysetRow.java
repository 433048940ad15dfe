package dev.connections.store.jdbc;

import dev.connections.core.secrets.KeysetStore;
import java.util.Optional;

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

  @Override
  public boolean replace(Optional<String> expected, String replacement) {
    return transactions.writeCommon(
            session ->
                expected.isEmpty()
                    ? session.update(
                        "INSERT INTO keyset (id, encrypted) VALUES (1, ?) ON CONFLICT DO NOTHING",
                        replacement)
                    : session.update(
                        "UPDATE keyset SET encrypted = ? WHERE id = 1 AND encrypted = ?",
                        replacement,
                        expected.get()))
        == 1;
  }
}
