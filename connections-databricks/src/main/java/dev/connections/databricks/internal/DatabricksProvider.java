package dev.connections.databricks.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionType;
import dev.connections.api.RowPreview;
import dev.connections.api.StatementRunner;
import dev.connections.databricks.CatalogWriter;
import dev.connections.databricks.ComputeStatus;
import dev.connections.jdbc.SqlAccess;
import java.util.Set;

/** Offers connections to Databricks workspaces. */
public final class DatabricksProvider implements ConnectionAdapterProvider {
  private static final ConnectionType TYPE =
      ConnectionType.of("databricks", "Databricks", ConnectionType.Family.LAKEHOUSE)
          .storedAs("Databricks")
          .icon("layers")
          .color("#FF3621")
          .build();

  /** Made by {@code ServiceLoader}. */
  public DatabricksProvider() {}

  @Override
  public ConnectionType type() {
    return TYPE;
  }

  @Override
  public ConfigurationSpec configuration() {
    return DatabricksFields.SPEC;
  }

  @Override
  public Set<Class<?>> features() {
    return Set.of(
        ComputeStatus.class,
        SqlAccess.class,
        RowPreview.class,
        CatalogWriter.class,
        StatementRunner.class);
  }

  @Override
  public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
    return DatabricksFields.readsHive(configuration)
        ? new HiveAdapter(configuration, context)
        : new DatabricksAdapter(configuration, context);
  }
}
