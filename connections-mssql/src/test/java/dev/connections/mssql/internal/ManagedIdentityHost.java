package dev.connections.mssql.internal;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.Failure;
import dev.connections.api.TestResult;
import dev.connections.mssql.tds.ScriptedIdentity;
import dev.connections.testkit.TestOperation;

/**
 * An application of its own, since what tells it who gives tokens is its environment: tests a
 * connection for each identity and prints one line of each result.
 */
public final class ManagedIdentityHost {
  /** Before each line that counts; others may print, too. */
  static final String MARK = "result ";

  /** The identity that needs no name. */
  static final String OWN = "-";

  static final String SIGNED_IN = "signed in";

  private ManagedIdentityHost() {}

  /**
   * Runs.
   *
   * @param arguments the server's port, and the identities
   */
  public static void main(String[] arguments) {
    for (int i = 1; i < arguments.length; i++) {
      System.out.println(MARK + told(Integer.parseInt(arguments[0]), arguments[i]));
    }
    System.exit(0); // whatever threads the libraries left
  }

  private static String line(Failure failure) {
    return String.join(
        " | ",
        failure.code().id(),
        failure.message(),
        String.join(" ", failure.fields()),
        failure.remedy().orElse(""));
  }

  private static String told(int port, String identity) {
    ConfigurationValues values =
        ConfigurationValues.empty()
            .with("server", "localhost")
            .with("port", port)
            .with("database", "shop")
            .with("ssl.host_name_in_certificate", "shop.database.windows.net")
            .with("authentication.type", "azure_ad")
            .with("authentication.mode", "managed_identity")
            .with("advanced.connection_timeout", identity.equals(ScriptedIdentity.SILENT) ? 5 : 60);
    try (Opened opened =
        Opened.of(
            identity.equals(OWN) ? values : values.with("authentication.username", identity))) {
      TestResult result = opened.adapter().test(TestOperation.start());
      return result.steps().stream()
          .filter(step -> step.id().equals("authenticate"))
          .map(step -> step.failure().map(ManagedIdentityHost::line).orElse(SIGNED_IN))
          .findFirst()
          .orElseThrow();
    }
  }
}
