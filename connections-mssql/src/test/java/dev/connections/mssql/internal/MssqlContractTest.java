package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.connections.mssql.DatabaseObjects;
import dev.connections.testkit.BrokenConfiguration;
import dev.connections.testkit.ConnectionAdapterContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mssqlserver.MSSQLServerContainer;

/**
 * The contract three ways: always against the endpoint that speaks TDS, against the server of the
 * environment where one is named, and against a container where Docker answers.
 */
class MssqlContractTest {
  /** What holds for every server. */
  abstract static class Contract extends ConnectionAdapterContract {
    @Override
    public ConnectionAdapterProvider provider() {
      return new MssqlProvider();
    }

    @Override
    public Set<Class<?>> declaredFeatures() {
      return Set.of(
          SqlAccess.class, RowPreview.class, PermissionReport.class, DatabaseObjects.class);
    }

    @Override
    public List<BrokenConfiguration> brokenConfigurations() {
      ConfigurationValues good = goodConfiguration();
      return List.of(
          BrokenConfiguration.foundByValidation(
              "no server",
              good.without("server"),
              StandardErrorCode.INVALID_CONFIGURATION,
              "server"),
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
              good.with("port", nobody()),
              StandardErrorCode.CONNECTION_REFUSED,
              "port"),
          BrokenConfiguration.foundByTest(
              "a wrong password",
              good.with("authentication.password", Secret.of("wrong-77aa31cd")),
              StandardErrorCode.WRONG_CREDENTIALS,
              "authentication.password"),
          BrokenConfiguration.foundByTest(
              "an unknown database",
              good.with("database", "nowhere"),
              DatabaseErrorCode.UNKNOWN_DATABASE,
              "database"));
    }

    private static int nobody() {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Nested
  class OnTheEndpoint extends Contract {
    private static SmallShop shop;

    private final List<SmallShop> slow = new ArrayList<>();

    @BeforeAll
    static void a_server() {
      shop = new SmallShop();
    }

    @AfterEach
    void close_slow_ones() {
      slow.forEach(SmallShop::close);
    }

    @AfterAll
    static void close() {
      assertThat(shop.server().faults()).isEmpty();
      shop.close();
    }

    @Override
    public ConfigurationValues goodConfiguration() {
      return shop.values();
    }

    @Override
    public List<BrokenConfiguration> brokenConfigurations() {
      ConfigurationValues good = goodConfiguration();
      return Stream.concat(
              super.brokenConfigurations().stream(),
              Stream.of(
                  BrokenConfiguration.foundByTest(
                      "a server without encryption",
                      good.with("ssl.enabled", true),
                      StandardErrorCode.TLS_REFUSED,
                      "ssl.enabled"),
                  BrokenConfiguration.foundByTest(
                      "a locked login",
                      good.with("authentication.username", "locked"),
                      StandardErrorCode.ACCOUNT_LOCKED,
                      "authentication.username"),
                  BrokenConfiguration.foundByTest(
                      "a password that must be changed",
                      good.with("authentication.username", "late"),
                      StandardErrorCode.EXPIRED_CREDENTIALS,
                      "authentication.password")))
          .toList();
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

  @Nested
  @EnabledIfEnvironmentVariable(
      named = "CONNECTIONS_MSSQL_URL",
      matches = ".+",
      disabledReason = "CONNECTIONS_MSSQL_URL names no server")
  class OnTheServerOfTheEnvironment extends Contract {
    private static RealServer server;

    @BeforeAll
    static void a_schema() throws SQLException {
      server =
          RealServer.named(
              System.getenv("CONNECTIONS_MSSQL_URL"),
              System.getenv("CONNECTIONS_MSSQL_USER"),
              System.getenv("CONNECTIONS_MSSQL_PASSWORD"));
    }

    @AfterAll
    static void close() throws SQLException {
      server.close();
    }

    @Override
    public ConfigurationValues goodConfiguration() {
      return server.values();
    }

    @Override
    public TableName someTable() {
      return RealServer.CUSTOMERS;
    }
  }

  @Nested
  @EnabledIf(
      value = "dev.connections.mssql.internal.MssqlContractTest#dockerAnswers",
      disabledReason = "Docker doesn't answer")
  class OnAContainer extends Contract {
    private static MSSQLServerContainer container;
    private static RealServer server;

    @BeforeAll
    static void a_container() throws SQLException {
      container =
          new MSSQLServerContainer("mcr.microsoft.com/mssql/server:2022-latest").acceptLicense();
      container.start();
      server =
          new RealServer(
              ConfigurationValues.empty()
                  .with("server", container.getHost())
                  .with("port", container.getMappedPort(1433))
                  .with("database", "tempdb")
                  .with("ssl.trust_server_certificate", true)
                  .with("authentication.username", container.getUsername())
                  .with("authentication.password", Secret.of(container.getPassword())));
    }

    @AfterAll
    static void stop() {
      container.stop();
    }

    @Override
    public ConfigurationValues goodConfiguration() {
      return server.values();
    }

    @Override
    public TableName someTable() {
      return RealServer.CUSTOMERS;
    }
  }

  static boolean dockerAnswers() {
    return DockerClientFactory.instance().isDockerAvailable();
  }
}
