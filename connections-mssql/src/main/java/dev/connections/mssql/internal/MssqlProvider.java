package dev.connections.mssql.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionString;
import dev.connections.api.ConnectionType;
import dev.connections.api.PermissionReport;
import dev.connections.api.Preset;
import dev.connections.api.RowPreview;
import dev.connections.jdbc.SqlAccess;
import dev.connections.mssql.DatabaseObjects;
import java.util.Optional;
import java.util.Set;

/** Offers connections to SQL Server databases. */
public final class MssqlProvider implements ConnectionAdapterProvider {
  private static final ConnectionType TYPE =
      ConnectionType.of("mssql", "SQL Server", ConnectionType.Family.DATABASE)
          .storedAs("MSSQL")
          .storedAs("AZURE_SQL_DATABASE", hosted("azure-sql-database", "Azure SQL Database"))
          .storedAs(
              "AZURE_SQL_MANAGED_INSTANCE",
              hosted("azure-sql-managed-instance", "Azure SQL Managed Instance"))
          .storedAs("AWS_RDS_MSSQL", hosted("aws-rds", "Amazon RDS for SQL Server"))
          .storedAs("GCP_CLOUD_SQL_MSSQL", hosted("gcp-cloud-sql", "Cloud SQL for SQL Server"))
          .icon("database")
          .color("#CC2927")
          .build();

  private static final ConnectionString URL = new MssqlUrl();

  /** Made by {@code ServiceLoader}. */
  public MssqlProvider() {}

  private static Preset hosted(String id, String displayName) {
    return new Preset(
        id,
        displayName,
        ConfigurationValues.empty()
            .with("port", 1433)
            .with("ssl.enabled", true)
            .with("ssl.trust_server_certificate", false));
  }

  @Override
  public ConnectionType type() {
    return TYPE;
  }

  @Override
  public ConfigurationSpec configuration() {
    return MssqlFields.SPEC;
  }

  @Override
  public Optional<ConnectionString> connectionString() {
    return Optional.of(URL);
  }

  @Override
  public Set<Class<?>> features() {
    return Set.of(SqlAccess.class, RowPreview.class, PermissionReport.class, DatabaseObjects.class);
  }

  @Override
  public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
    return MssqlAdapter.open(configuration, context);
  }
}
