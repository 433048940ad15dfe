package dev.connections.mssql.internal;

import dev.connections.api.Configuration;
import dev.connections.api.EgressPolicy;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.mssql.internal.MssqlFields.Authentication;
import dev.connections.mssql.internal.MssqlFields.AzureMode;

/** The libraries that some ways of signing in need, and that a host adds where it wants them. */
final class OptionalLibraries {
  /** Where the driver obtains tokens; Microsoft's global cloud. */
  private static final String TOKENS = "login.microsoftonline.com";

  private OptionalLibraries() {}

  /** Refuses what can't work here, before anything is dialled. */
  static void check(Configuration configuration, EgressPolicy egress) {
    if (configuration.get(MssqlFields.AUTHENTICATION) != Authentication.AZURE_AD) {
      return;
    }
    AzureMode mode = configuration.get(MssqlFields.AZURE_MODE);
    switch (mode) {
      case PASSWORD, SERVICE_PRINCIPAL -> {
        require("com.microsoft.aad.msal4j.IAuthenticationResult", "com.microsoft.azure:msal4j");
        // The library dials by itself: it is checked before, and can't be pinned.
        egress.resolve(TOKENS, 443);
      }
      case MANAGED_IDENTITY ->
          require(
              "com.azure.identity.ManagedIdentityCredentialBuilder", "com.azure:azure-identity");
      case ACCESS_TOKEN -> {}
    }
  }

  private static void require(String type, String library) {
    try {
      Class.forName(
          type, false, com.microsoft.sqlserver.jdbc.SQLServerDriver.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw missing(library).asException(e);
    }
  }

  static Failure missing(String library) {
    return Failure.of(
            StandardErrorCode.UNSUPPORTED,
            "This way of signing in needs " + library + ", which the application doesn't have.")
        .withRemedy(
            "Add it to the application beside the driver, or choose another kind of"
                + " authentication.")
        .withFields(MssqlFields.AUTHENTICATION, MssqlFields.AZURE_MODE);
  }
}
