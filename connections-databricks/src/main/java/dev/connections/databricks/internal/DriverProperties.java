package dev.connections.databricks.internal;

import dev.connections.api.Configuration;
import dev.connections.http.NetworkFields;
import java.time.Duration;
import java.util.Properties;

/**
 * What the driver is told. Each property is one that stands here: a user can't add another. The
 * names are those of the driver's list, version 3.4.5; what it would otherwise look up, retry, log,
 * report or fetch from other hosts is switched off.
 */
final class DriverProperties {
  private final Configuration configuration;
  private final ConfiguredCompute compute;

  DriverProperties(Configuration configuration, ConfiguredCompute compute) {
    this.configuration = configuration;
    this.compute = compute;
  }

  /**
   * {@return the properties of one connection}
   *
   * @param secure whether the channel is encrypted
   * @param connecting how long the driver may wait for compute that starts
   * @param answering how long one answer may take
   */
  Properties of(AccessTokens.Held token, boolean secure, Duration connecting, Duration answering) {
    Properties properties = new Properties();
    // The token of a person, too, is passed through: there is one way to sign in.
    set(properties, "AuthMech", "11");
    set(properties, "Auth_Flow", "0");
    set(properties, "Auth_AccessToken", token.access().use(String::new));
    set(properties, "EnableTokenCache", "0");
    set(properties, "EnableTokenFederation", "0"); // it would hand the token to another service
    set(properties, "httpPath", compute.path());
    set(properties, "UseThriftClient", "1"); // unsaid, the server decides
    set(properties, "ssl", secure ? "1" : "0");
    set(properties, "CheckCertRevocation", "0"); // it would ask hosts that nobody has checked
    set(properties, "EnableQueryResultDownload", "0"); // results come from the workspace alone
    set(properties, "EnableTelemetry", "0");
    set(properties, "ForceEnableTelemetry", "0");
    set(properties, "EnableRequestTracing", "0");
    set(properties, "LogLevel", "OFF");
    set(properties, "UserAgentEntry", "Connections");
    // No file of this machine is read or written, whatever a statement says.
    set(properties, "VolumeOperationAllowedLocalPaths", "");
    set(properties, "StagingAllowedLocalPaths", "");
    waiting(properties, connecting, answering);
    names(properties);
    proxy(properties);
    return properties;
  }

  /** Repeating is the host's business; only the start of compute is waited for. */
  private static void waiting(Properties properties, Duration connecting, Duration answering) {
    set(properties, "socketTimeout", seconds(answering));
    set(properties, "HttpConnectionRequestTimeout", seconds(connecting));
    set(properties, "MetadataOperationTimeout", seconds(answering));
    set(properties, "TemporarilyUnavailableRetry", "1");
    set(properties, "TemporarilyUnavailableRetryTimeout", seconds(connecting));
    set(properties, "RateLimitRetry", "0");
    set(properties, "ApiRetryTimeout", seconds(connecting));
  }

  private static String seconds(Duration time) {
    return Long.toString(Math.max(1, time.toSeconds()));
  }

  private void names(Properties properties) {
    if (configuration.get(DatabricksFields.UNITY_CATALOG)) {
      configuration
          .find(DatabricksFields.CATALOG)
          .ifPresent(catalog -> set(properties, "ConnCatalog", catalog));
    }
    set(properties, "ConnSchema", configuration.find(DatabricksFields.SCHEMA).orElse("default"));
  }

  private void proxy(Properties properties) {
    set(properties, "UseSystemProxy", "0");
    if (configuration.find(NetworkFields.PROXY_HOST).isEmpty()) {
      set(properties, "UseProxy", "0");
      return;
    }
    set(properties, "UseProxy", "1");
    set(properties, "ProxyHost", configuration.get(NetworkFields.PROXY_HOST));
    set(properties, "ProxyPort", Integer.toString(configuration.get(NetworkFields.PROXY_PORT)));
    boolean known = configuration.find(NetworkFields.PROXY_USER).isPresent();
    set(properties, "ProxyAuth", known ? "1" : "0");
    configuration
        .find(NetworkFields.PROXY_USER)
        .ifPresent(user -> set(properties, "ProxyUID", user));
    configuration
        .find(NetworkFields.PROXY_PASSWORD)
        .ifPresent(password -> set(properties, "ProxyPwd", password.use(String::new)));
  }

  private static void set(Properties properties, String name, String value) {
    properties.setProperty(name, value);
  }
}
