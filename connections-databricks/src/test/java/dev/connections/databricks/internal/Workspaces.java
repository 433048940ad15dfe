package dev.connections.databricks.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.CallLimits;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.EgressPolicy;
import dev.connections.api.Events;
import dev.connections.api.Parallel;
import dev.connections.api.RemoteCalls;
import dev.connections.api.Secret;
import dev.connections.api.TokenStore;
import dev.connections.http.HttpService;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.testkit.TestAdapterContext;
import java.time.Clock;
import java.util.function.Consumer;

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

  /** Surroundings that tell which limits an adapter asks for. */
  static AdapterContext listening(Consumer<CallLimits> asked) {
    TestAdapterContext plain = TestAdapterContext.create();
    return new AdapterContext() {
      @Override
      public Clock clock() {
        return plain.clock();
      }

      @Override
      public Parallel parallel() {
        return plain.parallel();
      }

      @Override
      public RemoteCalls calls(CallLimits limits) {
        asked.accept(limits);
        return plain.calls(limits);
      }

      @Override
      public TokenStore tokens() {
        return plain.tokens();
      }

      @Override
      public EgressPolicy egress() {
        return plain.egress();
      }

      @Override
      public Events events() {
        return plain.events();
      }
    };
  }
}
