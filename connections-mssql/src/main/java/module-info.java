/** SQL Server databases. */
module dev.connections.mssql {
  requires transitive dev.connections.api;
  requires dev.connections.jdbc;
  requires com.microsoft.sqlserver.jdbc;
  requires java.naming;
  requires java.security.jgss;
  requires static org.jspecify;

  exports dev.connections.mssql;
  // The driver makes the object that checks a server's certificate by its name.
  exports dev.connections.mssql.internal.tls to
      com.microsoft.sqlserver.jdbc;

  provides dev.connections.api.ConnectionAdapterProvider with
      dev.connections.mssql.internal.MssqlProvider;
}
