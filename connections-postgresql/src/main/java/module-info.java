/** PostgreSQL databases. */
module dev.connections.postgresql {
  requires transitive dev.connections.api;
  requires dev.connections.jdbc;
  requires org.postgresql.jdbc;
  requires static org.checkerframework.checker.qual;
  requires static org.jspecify;

  exports dev.connections.postgresql;
  // The driver makes the objects that encrypt and check the channel by their names.
  exports dev.connections.postgresql.internal.tls to
      org.postgresql.jdbc;

  provides dev.connections.api.ConnectionAdapterProvider with
      dev.connections.postgresql.internal.PostgresProvider;
}
