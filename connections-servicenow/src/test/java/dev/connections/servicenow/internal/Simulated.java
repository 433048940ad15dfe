package dev.connections.servicenow.internal;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ImportEnd;
import dev.connections.api.SchemaName;
import dev.connections.api.Secret;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TestResult;
import dev.connections.simulators.ServiceNowSimulator;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;

/** Adapters of a simulated instance, and what they bring. */
final class Simulated {
  static final SchemaName SCHEMA = SchemaName.of("default");

  private Simulated() {}

  static ConfigurationValues values(ServiceNowSimulator instance) {
    return ConfigurationValues.empty()
        .with("instance_url", instance.url().toString())
        .with("authentication.type", "basic")
        .with("authentication.username", instance.user())
        .with("authentication.password", Secret.of(instance.password()));
  }

  static ConfigurationValues oauth(ServiceNowSimulator instance, String grant) {
    return ConfigurationValues.empty()
        .with("instance_url", instance.url().toString())
        .with("authentication.type", "oauth")
        .with("authentication.grant", grant)
        .with("authentication.client_id", instance.clientId())
        .with("authentication.client_secret", Secret.of(instance.clientSecret()));
  }

  static ConnectionAdapter open(ConfigurationValues values) {
    return open(values, TestAdapterContext.create());
  }

  static ConnectionAdapter open(ConfigurationValues values, TestAdapterContext context) {
    ServiceNowProvider provider = new ServiceNowProvider();
    return provider.open(provider.configuration().bind(values), context);
  }

  static TestResult tested(ConfigurationValues values) {
    try (ConnectionAdapter adapter = open(values)) {
      return adapter.test(TestOperation.start());
    }
  }

  /** What an import brought, and how it ended. */
  record Imported(RecordingSink sink, ImportEnd end) {
    TableMetadata table(String name) {
      TableMetadata found = sink.tables().get(name(name));
      if (found == null) {
        throw new AssertionError("no table " + name + ": " + sink.failures());
      }
      return found;
    }
  }

  static TableName name(String table) {
    return SCHEMA.table(table);
  }

  static Imported imported(ConfigurationValues values) {
    return imported(values, TestSelection.everything(), new RecordingSink());
  }

  static Imported imported(
      ConfigurationValues values, TestSelection selection, RecordingSink sink) {
    try (ConnectionAdapter adapter = open(values)) {
      return new Imported(sink, adapter.importMetadata(selection, sink, TestOperation.start()));
    }
  }
}
