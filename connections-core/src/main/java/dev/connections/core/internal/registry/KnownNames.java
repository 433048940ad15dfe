package dev.connections.core.internal.registry;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The type names that stored connections carry, whether or not a plugin for them is installed. So
 * that a plugin which comes later finds its connections, and until then they are called by a name
 * that a user knows.
 */
final class KnownNames {
  /**
   * A stored name.
   *
   * @param id the id of the type it stands for
   * @param preset the id of the preset it stands for
   * @param displayName what a user calls it
   */
  record Known(String id, Optional<String> preset, String displayName) {}

  private static final Map<String, Known> BY_NAME = new HashMap<>();

  static {
    type("mssql", "SQL Server");
    preset("AZURE_SQL_DATABASE", "mssql", "azure-sql-database", "Azure SQL Database");
    preset(
        "AZURE_SQL_MANAGED_INSTANCE",
        "mssql",
        "azure-sql-managed-instance",
        "Azure SQL Managed Instance");
    preset("AWS_RDS_MSSQL", "mssql", "aws-rds", "Amazon RDS for SQL Server");
    preset("GCP_CLOUD_SQL_MSSQL", "mssql", "gcp-cloud-sql", "Cloud SQL for SQL Server");
    type("postgresql", "PostgreSQL");
    preset("AWS_RDS_POSTGRESQL", "postgresql", "aws-rds", "Amazon RDS for PostgreSQL");
    preset("AWS_AURORA_POSTGRESQL", "postgresql", "aws-aurora", "Amazon Aurora PostgreSQL");
    preset("AZURE_POSTGRESQL", "postgresql", "azure", "Azure Database for PostgreSQL");
    preset("GCP_CLOUD_SQL_POSTGRESQL", "postgresql", "gcp-cloud-sql", "Cloud SQL for PostgreSQL");
    preset("SUPABASE", "postgresql", "supabase", "Supabase");
    type("salesforce", "Salesforce");
    type("workday", "Workday");
    type("servicenow", "ServiceNow");
    type("filesystem", "File system");
    type("databricks", "Databricks");
    type("snowflake", "Snowflake");
    type("rest", "REST");
    type("mysql", "MySQL");
    type("mariadb", "MariaDB");
    type("mongodb", "MongoDB");
    type("oracle", "Oracle");
    type("sqlite", "SQLite");
    type("redis", "Redis");
    type("dynamodb", "DynamoDB");
    type("bigquery", "BigQuery");
    type("spanner", "Cloud Spanner");
    BY_NAME.put("gcp_spanner", new Known("spanner", Optional.empty(), "Cloud Spanner"));
  }

  private KnownNames() {}

  private static void type(String id, String displayName) {
    BY_NAME.put(id, new Known(id, Optional.empty(), displayName));
  }

  private static void preset(String stored, String id, String preset, String displayName) {
    BY_NAME.put(key(stored), new Known(id, Optional.of(preset), displayName));
  }

  /** {@return what a name is compared by: names differ by more than their case} */
  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  static Optional<Known> find(String name) {
    return Optional.ofNullable(BY_NAME.get(key(name)));
  }
}
