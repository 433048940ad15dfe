package dev.connections.store.host;

import dev.connections.api.TestResult;
import dev.connections.core.Connections;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.secrets.KeySource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A process of its own that signs in again and again, or imports, and prints how it went. */
public final class SigningInHost {
  private SigningInHost() {}

  /**
   * Takes the file of the key, the connection's id, how often to test it, or "import"; and the
   * store.
   */
  public static void main(String[] arguments) {
    List<String> told = Arrays.asList(arguments);
    try (Connections connections =
        Connections.builder()
            .store(HostStore.open(told.subList(3, told.size())))
            .keys(KeySource.localFile(Path.of(arguments[0])))
            .provider(new GrantingProvider())
            .pluginLoader(Optional.empty())
            .build()) {
      TenantConnections ada = connections.as(Actor.of("acme", "ada", Role.ADMIN));
      if (arguments[2].equals("import")) {
        System.out.println(
            ada.importMetadata(arguments[1], ImportOptions.all(), ImportListener.NONE)
                .join()
                .status());
        return;
      }
      for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
        TestResult result = ada.test(arguments[1]);
        System.out.println(result.passed() ? "passed" : result.steps().toString());
        System.out.flush();
      }
    }
  }
}
