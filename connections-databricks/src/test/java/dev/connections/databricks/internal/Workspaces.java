package dev.connections.databricks.internal;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.Secret;
import dev.connections.http.HttpService;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.testkit.TestAdapterContext;

/** Configurations and adapters of a simulated workspace. */
final class Workspaces {
  private Workspaces() {}

  static ConfigurationValues values(DatabricksSimulator workspace) {
    return ConfigurationValues.empty()
        .with("workspace_url", workspace.url().toString())
        .with("authentication.type", "pat")
        .with("authentication.token", Secret.of(workspace.token()))
        .with("catalog", "main")
        .with("advanced.requests_per_second", 1_000);
  }

  static WorkspaceSql sql(ConfigurationValues values) {
    Configuration configuration = DatabricksFields.SPEC.bind(values);
    TestAdapterContext context = TestAdapterContext.create();
    HttpService service = Workspace.open(configuration, context);
    return new WorkspaceSql(
        configuration,
        context,
        service,
        ConfiguredCompute.of(configuration, service).orElseThrow());
  }

  static ConnectionAdapter open(ConfigurationValues values) {
    return new DatabricksProvider()
        .open(DatabricksFields.SPEC.bind(values), TestAdapterContext.create());
  }
}
