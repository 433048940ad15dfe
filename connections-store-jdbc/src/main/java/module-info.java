/** A durable store for connections: a file. */
module dev.connections.store.jdbc {
  requires transitive dev.connections.core;
  requires com.fasterxml.jackson.databind;
  requires flyway.core;
  requires java.sql;
  requires org.slf4j;
  requires static org.xerial.sqlitejdbc;
  requires static transitive org.jspecify;

  exports dev.connections.store.jdbc;
}
