package dev.connections.servicenow.internal;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.RowPreview;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.simulators.ServiceNowSimulator;
import dev.connections.testkit.BrokenConfiguration;
import dev.connections.testkit.ConnectionAdapterContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract on a simulated instance; on a real one where {@code CONNECTIONS_SERVICENOW_URL}, and
 * {@code _USER} and {@code _PASSWORD}, or {@code _CLIENT_ID}, {@code _CLIENT_SECRET} and {@code
 * _REFRESH_TOKEN}, are set in the environment.
 */
class ServiceNowContractTest extends ConnectionAdapterContract {
  private static final String PREFIX = "CONNECTIONS_SERVICENOW_";

  private ServiceNowSimulator instance;
  private int nobody;

  @BeforeEach
  void start() throws IOException {
    instance = ServiceNowSimulator.withTables(30).columns(300).start();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  @Override
  public ConnectionAdapterProvider provider() {
    return new ServiceNowProvider();
  }

  @Override
  public ConfigurationValues goodConfiguration() {
    return real(System.getenv())
        .orElseGet(() -> Simulated.values(instance))
        .with("advanced.row_preview", true);
  }

  private static Optional<ConfigurationValues> real(Map<String, String> environment) {
    if (!environment.containsKey(PREFIX + "URL")) {
      return Optional.empty();
    }
    ConfigurationValues values =
        ConfigurationValues.empty().with("instance_url", environment.get(PREFIX + "URL"));
    if (!environment.containsKey(PREFIX + "CLIENT_ID")) {
      return Optional.of(
          values
              .with("authentication.username", environment.get(PREFIX + "USER"))
              .with("authentication.password", Secret.of(environment.get(PREFIX + "PASSWORD"))));
    }
    return Optional.of(
        values
            .with("authentication.type", "oauth")
            .with("authentication.grant", "refresh_token")
            .with("authentication.client_id", environment.get(PREFIX + "CLIENT_ID"))
            .with(
                "authentication.client_secret",
                Secret.of(environment.get(PREFIX + "CLIENT_SECRET")))
            .with(
                "authentication.refresh_token",
                Secret.of(environment.get(PREFIX + "REFRESH_TOKEN"))));
  }

  @Override
  public Set<Class<?>> declaredFeatures() {
    return Set.of(RowPreview.class);
  }

  @Override
  public List<BrokenConfiguration> brokenConfigurations() {
    ConfigurationValues good = Simulated.values(instance);
    return List.of(
        BrokenConfiguration.foundByValidation(
            "no instance",
            good.without("instance_url"),
            StandardErrorCode.INVALID_CONFIGURATION,
            "instance_url"),
        BrokenConfiguration.foundByValidation(
            "an address with a path",
            good.with("instance_url", "https://dev1.service-now.com/login.do?user=x"),
            StandardErrorCode.INVALID_CONFIGURATION,
            "instance_url"),
        BrokenConfiguration.foundByValidation(
            "no password",
            good.without("authentication.password"),
            StandardErrorCode.MISSING_SECRET,
            "authentication.password"),
        BrokenConfiguration.foundByValidation(
            "another interface",
            good.with("api_version", "now/import"),
            StandardErrorCode.INVALID_CONFIGURATION,
            "api_version"),
        BrokenConfiguration.foundByValidation(
            "OAuth without a client",
            good.with("authentication.type", "oauth"),
            StandardErrorCode.INVALID_CONFIGURATION,
            "authentication.client_id"),
        BrokenConfiguration.foundByTest(
            "an unknown host",
            good.with("instance_url", "https://no-such-instance.invalid"),
            StandardErrorCode.UNKNOWN_HOST,
            "instance_url"),
        BrokenConfiguration.foundByTest(
            "a port where nothing listens",
            good.with("instance_url", "http://127.0.0.1:" + nobody),
            StandardErrorCode.CONNECTION_REFUSED,
            "instance_url"),
        BrokenConfiguration.foundByTest(
            "a wrong password",
            good.with("authentication.password", Secret.of("wrong-55e1c2d0")),
            StandardErrorCode.WRONG_CREDENTIALS,
            "authentication.password"),
        BrokenConfiguration.foundByTest(
            "a wrong client",
            Simulated.oauth(instance, "client_credentials")
                .with("authentication.client_secret", Secret.of("wrong-0f3a77b1")),
            StandardErrorCode.WRONG_CREDENTIALS,
            "authentication.client_secret"));
  }

  @Override
  public TableName someTable() {
    String real = System.getenv().getOrDefault(PREFIX + "TABLE", "incident");
    return Simulated.name(System.getenv().containsKey(PREFIX + "URL") ? real : "u_table_00000");
  }

  @Override
  public Optional<ConfigurationValues> withLatency(Duration latency) {
    instance.latency(latency);
    return Optional.of(Simulated.values(instance));
  }
}
