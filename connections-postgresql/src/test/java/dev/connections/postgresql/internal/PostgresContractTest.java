package dev.connections.postgresql.internal;

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
import dev.connections.postgresql.SchemaSequences;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class PostgresContractTest extends ConnectionAdapterContract {
  private static String database;
  private static int nobody;

  private final List<Proxy> proxies = new ArrayList<>();

  @BeforeAll
  static void a_database() throws IOException {
    database = PostgresServer.newDatabase();
    PostgresServer.fill(database, 30);
    PostgresServer.run(
        database,
        "create schema shop",
        "create table shop.customers (id int primary key, name text)",
        "create table shop.orders (id int primary key,"
            + " customer int references shop.customers, note text)",
        "insert into shop.customers values (1, 'Ada'), (2, null), (3, 'Alan')",
        "create view shop.names as select name from shop.customers",
        "create schema empty",
        "grant usage on schema shop, empty to reader",
        "grant select on all tables in schema shop to reader");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
  }

  @AfterEach
  void close_proxies() {
    proxies.forEach(Proxy::close);
  }

  @Override
  public ConnectionAdapterProvider provider() {
    return new PostgresProvider();
  }

  @Override
  public ConfigurationValues goodConfiguration() {
    return PostgresServer.values(database);
  }

  @Override
  public Set<Class<?>> declaredFeatures() {
    return Set.of(SqlAccess.class, RowPreview.class, PermissionReport.class, SchemaSequences.class);
  }

  @Override
  public List<BrokenConfiguration> brokenConfigurations() {
    ConfigurationValues good = goodConfiguration();
    return List.of(
        BrokenConfiguration.foundByValidation(
            "no server", good.without("host"), StandardErrorCode.INVALID_CONFIGURATION, "host"),
        BrokenConfiguration.foundByValidation(
            "no password",
            good.without("authentication.password"),
            StandardErrorCode.MISSING_SECRET,
            "authentication.password"),
        BrokenConfiguration.foundByValidation(
            "parameters in the name of the database",
            good.with("database", "sales?socketFactory=x"),
            StandardErrorCode.INVALID_CONFIGURATION,
            "database"),
        BrokenConfiguration.foundByValidation(
            "no way to encrypt",
            good.with("ssl.mode", "sometimes"),
            StandardErrorCode.INVALID_CONFIGURATION,
            "ssl.mode"),
        BrokenConfiguration.foundByValidation(
            "a certificate that is none",
            good.with("ssl.root_certificate", "/etc/passwd"),
            StandardErrorCode.INVALID_CONFIGURATION,
            "ssl.root_certificate"),
        BrokenConfiguration.foundByTest(
            "an unknown host",
            good.with("host", "no-such-host.invalid"),
            StandardErrorCode.UNKNOWN_HOST,
            "host"),
        BrokenConfiguration.foundByTest(
            "a port where nothing listens",
            good.with("port", nobody),
            StandardErrorCode.CONNECTION_REFUSED,
            "port"),
        BrokenConfiguration.foundByTest(
            "a server without encryption",
            good.with("ssl.mode", "require"),
            StandardErrorCode.TLS_REFUSED,
            "ssl.mode"),
        BrokenConfiguration.foundByTest(
            "a wrong password",
            good.with("authentication.password", Secret.of("wrong-77aa31cd")),
            StandardErrorCode.WRONG_CREDENTIALS,
            "authentication.password"),
        BrokenConfiguration.foundByTest(
            "a login that the server's rules refuse",
            good.with("authentication.username", "unwelcome"),
            DatabaseErrorCode.CLIENT_REFUSED,
            "authentication.username"),
        BrokenConfiguration.foundByTest(
            "a login without a connection left",
            good.with("authentication.username", "crowded"),
            DatabaseErrorCode.TOO_MANY_CONNECTIONS,
            "advanced.pool_size"),
        BrokenConfiguration.foundByTest(
            "an unknown database",
            good.with("database", "nowhere"),
            DatabaseErrorCode.UNKNOWN_DATABASE,
            "database"));
  }

  @Override
  public TableName someTable() {
    return SchemaName.of("shop").table("customers");
  }

  @Override
  public Optional<ConfigurationValues> withLatency(Duration latency) {
    Proxy proxy = new Proxy(latency);
    proxies.add(proxy);
    return Optional.of(PostgresServer.values(database, proxy.port()));
  }
}
