package dev.connections.store.host;

import dev.connections.api.Secret;
import dev.connections.core.store.ConnectionStore;
import dev.connections.store.jdbc.PostgresStore;
import dev.connections.store.jdbc.PostgresStoreSettings;
import dev.connections.store.jdbc.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The store that a process is told by its arguments. */
final class HostStore {
  private HostStore() {}

  /**
   * Takes a file; or port, database, role and password of a server, and the owner of its tables and
   * his password if they are to be made.
   */
  static ConnectionStore open(List<String> told) {
    if (told.size() == 1) {
      return SqliteStore.at(Path.of(told.get(0)));
    }
    PostgresStoreSettings.Builder settings =
        PostgresStoreSettings.of("localhost", told.get(1), told.get(2), Secret.of(told.get(3)))
            .port(Integer.parseInt(told.get(0)))
            .poolSize(2)
            .patience(Duration.ofMinutes(2))
            .unencrypted();
    return PostgresStore.at(
        told.size() == 6
            ? settings.owner(told.get(4), Secret.of(told.get(5))).build()
            : settings.build());
  }
}
