package dev.connections.store.jdbc;

import dev.connections.core.secrets.KeysetStore;
import java.util.Optional;

/**
 * The row in which the encrypted keyset lies.
 *
 * @param readers read it
 * @param writer writes it
 */
record SqliteKeyset(Readers readers, Writer writer) implements KeysetStore {
  @Override
  public Optional<String> load() {
    return readers.read(
        session -> session.first("SELECT encrypted FROM keyset", row -> row.getString(1)));
  }

  @Override
  public boolean replace(Optional<String> expected, String replacement) {
    return writer.transact(
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
