package dev.connections.store.host;

import dev.connections.api.TestResult;
import dev.connections.core.Connections;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.secrets.KeySource;
import dev.connections.store.jdbc.SqliteStore;
import java.nio.file.Path;
import java.util.Optional;

/** A process of its own that signs in again and again, and prints how it went. */
public final class SigningInHost {
  private SigningInHost() {}

  /** Takes the file of the store, that of the key, the connection's id, and how often. */
  public static void main(String[] arguments) {
    try (Connections connections =
        Connections.builder()
            .store(SqliteStore.at(Path.of(arguments[0])))
            .keys(KeySource.localFile(Path.of(arguments[1])))
            .provider(new GrantingProvider())
            .pluginLoader(Optional.empty())
            .build()) {
      TenantConnections ada = connections.as(Actor.of("acme", "ada", Role.ADMIN));
      for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
        TestResult result = ada.test(arguments[2]);
        System.out.println(result.passed() ? "passed" : result.steps().toString());
        System.out.flush();
      }
    }
  }
}
