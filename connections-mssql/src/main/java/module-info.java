/** SQL Server databases. */
module dev.connections.mssql {
  requires transitive dev.connections.api;
  requires dev.connections.jdbc;
  requires com.microsoft.sqlserver.jdbc;
  requires static org.jspecify;
}
