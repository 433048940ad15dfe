package dev.connections.databricks.internal;

import com.databricks.client.jdbc.Driver;
import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.StandardErrorCode;
import dev.connections.http.HttpService;
import dev.connections.jdbc.DatabaseDriver;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * Opens connections with the driver of Databricks. Before one is taken, the state of the compute
 * and the token are looked at, by our own client: the driver would start what is stopped, and it
 * says less of what is wrong. Safe for any thread.
 */
final class SqlDriver implements DatabaseDriver, AutoCloseable {
  /** For so long an answer about the compute counts. */
  private static final Duration FRESH = Duration.ofSeconds(20);

  private final Configuration configuration;
  private final AdapterContext context;
  private final HttpService service;
  private final ConfiguredCompute compute;
  private final AccessTokens tokens;
  private final DriverProperties properties;
  private final TlsFiles tls;
  private Optional<AccessTokens.Held> token = Optional.empty();
  private volatile Instant running = Instant.MIN;
  private volatile Runnable whenTokenChanged = () -> {};

  SqlDriver(
      Configuration configuration,
      AdapterContext context,
      HttpService service,
      ConfiguredCompute compute) {
    this.configuration = configuration;
    this.context = context;
    this.service = service;
    this.compute = compute;
    this.tokens = Workspace.tokens(configuration, service, context);
    this.properties = new DriverProperties(configuration, compute);
    this.tls = new TlsFiles(configuration);
  }

  /** What is done when connections that are open hold a token that isn't the present one. */
  void whenTokenChanges(Runnable action) {
    whenTokenChanged = action;
  }

  @Override
  public boolean streamsInTransactions() {
    return false; // there are none
  }

  @Override
  public void prepare(Operation operation) {
    if (!running.plus(FRESH).isAfter(context.clock().instant())) {
      Optional<Failure> unready = compute.awaitReady(mayStart(), operation);
      if (unready.isPresent()) {
        throw unready.get().asException();
      }
      running = context.clock().instant();
    }
    hold(tokens.current(operation));
  }

  private boolean mayStart() {
    return configuration.get(DatabricksFields.START);
  }

  private void hold(AccessTokens.Held now) {
    boolean changed;
    synchronized (this) {
      changed = token.filter(old -> !old.access().equals(now.access())).isPresent();
      token = Optional.of(now);
    }
    if (changed) {
      whenTokenChanged.run();
    }
  }

  private synchronized Optional<AccessTokens.Held> held() {
    return token;
  }

  /** What was known of compute counts no more. */
  void forgetState() {
    running = Instant.MIN;
  }

  /** {@return whether there is another token after one that was refused} */
  boolean renewToken(Operation operation) {
    Optional<AccessTokens.Held> next =
        held().flatMap(refused -> tokens.renewed(refused, operation));
    next.ifPresent(this::hold);
    return next.isPresent();
  }

  @Override
  public Connection connect(Dial dial) throws SQLException {
    AccessTokens.Held held = held().orElseThrow(() -> new IllegalStateException("not prepared"));
    service.resolve(); // the driver resolves again, and can't be told the address
    if (context.egress().secureRequired() && !service.secure()) {
      throw service.failures().of(StandardErrorCode.EGRESS_REFUSED).asException();
    }
    Properties all =
        properties.of(
            held, service.secure(), dial.timeout(), configuration.get(DatabricksFields.TIMEOUT));
    tls.addTo(all);
    try {
      return Aside.call("connections-databricks-connect", dial.timeout(), () -> open(all));
    } catch (SQLException | ConnectionException e) {
      forgetState();
      throw e;
    }
  }

  private Connection open(Properties all) throws SQLException {
    URI base = service.settings().base();
    int port = base.getPort() > 0 ? base.getPort() : service.secure() ? 443 : 80;
    String url = "jdbc:databricks://" + base.getHost() + ":" + port + "/default";
    Connection made;
    try {
      made = new Driver().connect(url, all);
    } catch (SQLException e) {
      throw SqlFailures.precise(e, service.failures(), compute).orElseThrow(() -> e);
    }
    if (made == null) {
      throw new SQLException("the driver doesn't know its own URL");
    }
    return made;
  }

  @Override
  public void close() {
    tls.close();
  }
}
