package dev.connections.store.host;

import dev.connections.api.Secret;
import dev.connections.core.Connections;
import dev.connections.core.RotationJob;
import dev.connections.core.SecretKeys;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.store.ConnectionStore;
import dev.connections.store.jdbc.PostgresStore;
import dev.connections.store.jdbc.PostgresStoreSettings;
import dev.connections.store.jdbc.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process of its own that rotates keys, and prints how far it has come until it is done. */
public final class RotatingHost {
  private RotatingHost() {}

  private static ConnectionStore store(String[] arguments) {
    if (arguments.length == 2) {
      return SqliteStore.at(Path.of(arguments[0]));
    }
    return PostgresStore.at(
        PostgresStoreSettings.of("localhost", arguments[1], arguments[2], Secret.of(arguments[3]))
            .port(Integer.parseInt(arguments[0]))
            .patience(Duration.ofMinutes(2))
            .unencrypted()
            .build());
  }

  /**
   * Takes the file of the store, or port, database, role and password of a server; and the file of
   * the key.
   */
  public static void main(String[] arguments) throws Exception {
    try (Connections connections =
        Connections.builder()
            .store(store(arguments))
            .keys(KeySource.localFile(Path.of(arguments[arguments.length - 1])))
            .pluginLoader(Optional.empty())
            .build()) {
      SecretKeys keys = connections.keys(Actor.of("operations", "olga", Role.ADMIN));
      keys.addKey();
      RotationJob job = keys.rotate();
      boolean ended = false;
      while (!ended) {
        System.out.println(job.progress().onPresent());
        System.out.flush();
        try {
          job.future().get(1, TimeUnit.MILLISECONDS);
          ended = true;
        } catch (TimeoutException notYet) {
          // Told again.
        }
      }
      System.out.println("complete: " + job.join().complete());
    }
  }
}
