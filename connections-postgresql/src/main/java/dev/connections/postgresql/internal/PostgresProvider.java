package dev.connections.postgresql.internal;

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
import dev.connections.postgresql.SchemaSequences;
import java.util.Optional;
import java.util.Set;

/** Offers connections to PostgreSQL databases. */
public final class PostgresProvider implements ConnectionAdapterProvider {
  private static final ConnectionType TYPE =
      ConnectionType.of("postgresql", "PostgreSQL", ConnectionType.Family.DATABASE)
          .storedAs("POSTGRESQL")
          .storedAs("AWS_RDS_POSTGRESQL", hosted("aws-rds", "Amazon RDS for PostgreSQL"))
          .storedAs("AWS_AURORA_POSTGRESQL", hosted("aws-aurora", "Amazon Aurora PostgreSQL"))
          .storedAs("AZURE_POSTGRESQL", hosted("azure", "Azure Database for PostgreSQL"))
          .storedAs("GCP_CLOUD_SQL_POSTGRESQL", hosted("gcp-cloud-sql", "Cloud SQL for PostgreSQL"))
          .storedAs("SUPABASE", hosted("supabase", "Supabase"))
          .icon("database")
          .color("#336791")
          .build();

  private static final ConnectionString URL = new PostgresUrl();

  /** Made by {@code ServiceLoader}. */
  public PostgresProvider() {}

  private static Preset hosted(String id, String displayName) {
    return new Preset(
        id,
        displayName,
        ConfigurationValues.empty().with("ssl.mode", "verify-full").with("port", 5432));
  }

  @Override
  public ConnectionType type() {
    return TYPE;
  }

  @Override
  public ConfigurationSpec configuration() {
    return PostgresFields.SPEC;
  }

  @Override
  public Optional<ConnectionString> connectionString() {
    return Optional.of(URL);
  }

  @Override
  public Set<Class<?>> features() {
    return Set.of(SqlAccess.class, RowPreview.class, PermissionReport.class, SchemaSequences.class);
  }

  @Override
  public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
    return PostgresAdapter.open(configuration, context);
  }
}
