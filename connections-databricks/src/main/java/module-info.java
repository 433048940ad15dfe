/** Databricks workspaces. */
module dev.connections.databricks {
  requires transitive dev.connections.api;
  requires dev.connections.http;
  requires dev.connections.jdbc;
  requires databricks.jdbc;
  requires static org.jspecify;

  exports dev.connections.databricks;

  provides dev.connections.api.ConnectionAdapterProvider with
      dev.connections.databricks.internal.DatabricksProvider;
}
