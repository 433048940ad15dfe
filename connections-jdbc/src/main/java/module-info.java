/** The toolkit under adapters of databases that have a JDBC driver. */
module dev.connections.jdbc {
  requires transitive dev.connections.api;
  requires transitive java.sql;
  requires com.zaxxer.hikari;
  requires static org.jspecify;

  exports dev.connections.jdbc;
}
