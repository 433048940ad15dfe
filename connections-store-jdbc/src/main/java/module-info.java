/** A durable store for connections: a file, or a database for many nodes. */
module dev.connections.store.jdbc {
  requires transitive dev.connections.core;
  requires com.fasterxml.jackson.databind;
  requires flyway.core;
  requires transitive java.sql;
  requires org.slf4j;
  requires static com.zaxxer.hikari;
  requires static java.naming;
  requires static org.postgresql.jdbc;
  requires static org.xerial.sqlitejdbc;
  requires static transitive org.jspecify;

  exports dev.connections.store.jdbc;
}
