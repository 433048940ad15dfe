package dev.connections.mssql.tds;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.Failure;
import dev.connections.api.Secret;
import dev.connections.api.TestResult;
import dev.connections.mssql.internal.MssqlProvider;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;

/** The adapter, opened on an endpoint as a host opens it. */
final class OpenedAdapter implements AutoCloseable {
  private final ConnectionAdapter adapter;
  private final TestAdapterContext context;

  private OpenedAdapter(ConfigurationValues values, TestAdapterContext context) {
    this.context = context;
    MssqlProvider provider = new MssqlProvider();
    adapter = provider.open(provider.configuration().bind(values), context);
  }

  static OpenedAdapter of(ConfigurationValues values) {
    return of(values, TestAdapterContext.create());
  }

  static OpenedAdapter of(ConfigurationValues values, TestAdapterContext context) {
    return new OpenedAdapter(values, context);
  }

  static OpenedAdapter on(TdsServer server) {
    return of(plain(server));
  }

  /** A configuration for an endpoint, without encryption. */
  static ConfigurationValues plain(TdsServer server) {
    return ConfigurationValues.empty()
        .with("server", "localhost")
        .with("port", server.port())
        .with("database", "sales")
        .with("authentication.username", Driver.USER)
        .with("authentication.password", Secret.of(Driver.PASSWORD))
        .with("ssl.enabled", false)
        .with("advanced.connection_timeout", 10)
        .with("advanced.command_timeout", 10);
  }

  ConnectionAdapter adapter() {
    return adapter;
  }

  TestAdapterContext context() {
    return context;
  }

  TestResult tested() {
    return adapter.test(TestOperation.start());
  }

  Failure firstFailure() {
    return tested().firstFailure().orElseThrow();
  }

  @Override
  public void close() {
    adapter.close();
  }
}
