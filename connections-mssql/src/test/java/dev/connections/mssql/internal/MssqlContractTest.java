package dev.connections.mssql.internal;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.PermissionReport;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaName;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.jdbc.DatabaseErrorCode;
import dev.connections.jdbc.SqlAccess;
import dev.connections.testkit.BrokenConfiguration;
import dev.connections.testkit.ConnectionAdapterContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class MssqlContractTest extends ConnectionAdapterContract {
  private static SmallShop shop;
  private static int nobody;

  private final List<SmallShop> slow = new ArrayList<>();

  @BeforeAll
  static void a_server() throws IOException {
    shop = new SmallShop();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
  }

  @AfterEach
  void close_slow_ones() {
    slow.forEach(SmallShop::close);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Override
  public ConnectionAdapterProvider provider() {
    return new MssqlProvider();
  }

  @Override
  public ConfigurationValues goodConfiguration() {
    return shop.values();
  }

  @Override
  public Set<Class<?>> declaredFeatures() {
    return Set.of(SqlAccess.class, RowPreview.class, PermissionReport.class);
  }

  @Override
  public List<BrokenConfiguration> brokenConfigurations() {
    ConfigurationValues good = goodConfiguration();
    return List.of(
        BrokenConfiguration.foundByValidation(
            "no server", good.without("server"), StandardErrorCode.INVALID_CONFIGURATION, "server"),
        BrokenConfiguration.foundByValidation(
            "no user",
            good.without("authentication.username"),
            StandardErrorCode.INVALID_CONFIGURATION,
            "authentication.username"),
        BrokenConfiguration.foundByValidation(
            "no password",
            good.without("authentication.password"),
            StandardErrorCode.MISSING_SECRET,
            "authentication.password"),
        BrokenConfiguration.foundByValidation(
            "properties in the name of the server",
            good.with("server", "localhost;encrypt=false"),
            StandardErrorCode.INVALID_CONFIGURATION,
            "server"),
        BrokenConfiguration.foundByValidation(
            "a path instead of certificates",
            good.with("ssl.enabled", true).with("ssl.trust_store", "/etc/passwd"),
            StandardErrorCode.INVALID_CONFIGURATION,
            "ssl.trust_store"),
        BrokenConfiguration.foundByTest(
            "an unknown host",
            good.with("server", "no-such-host.invalid"),
            StandardErrorCode.UNKNOWN_HOST,
            "server"),
        BrokenConfiguration.foundByTest(
            "a port where nothing listens",
            good.with("port", nobody),
            StandardErrorCode.CONNECTION_REFUSED,
            "port"),
        BrokenConfiguration.foundByTest(
            "a server without encryption",
            good.with("ssl.enabled", true),
            StandardErrorCode.TLS_REFUSED,
            "ssl.enabled"),
        BrokenConfiguration.foundByTest(
            "a wrong password",
            good.with("authentication.password", Secret.of("wrong-77aa31cd")),
            StandardErrorCode.WRONG_CREDENTIALS,
            "authentication.password"),
        BrokenConfiguration.foundByTest(
            "a locked login",
            good.with("authentication.username", "locked"),
            StandardErrorCode.ACCOUNT_LOCKED,
            "authentication.username"),
        BrokenConfiguration.foundByTest(
            "a password that must be changed",
            good.with("authentication.username", "late"),
            StandardErrorCode.EXPIRED_CREDENTIALS,
            "authentication.password"),
        BrokenConfiguration.foundByTest(
            "an unknown database",
            good.with("database", "nowhere"),
            DatabaseErrorCode.UNKNOWN_DATABASE,
            "database"));
  }

  @Override
  public TableName someTable() {
    return SchemaName.of("sales").table("customers");
  }

  @Override
  public Optional<ConfigurationValues> withLatency(Duration latency) {
    SmallShop made = new SmallShop(latency, answers -> answers);
    slow.add(made);
    return Optional.of(made.values());
  }
}
