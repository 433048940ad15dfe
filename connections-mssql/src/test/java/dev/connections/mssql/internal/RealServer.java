package dev.connections.mssql.internal;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.SchemaName;
import dev.connections.api.Secret;
import dev.connections.api.TableName;
import dev.connections.jdbc.SqlAccess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A server that isn't ours, with a schema of our own for as long as the tests last. */
final class RealServer implements AutoCloseable {
  static final String SCHEMA = "connections_contract";

  static final TableName CUSTOMERS = SchemaName.of(SCHEMA).table("customers");

  private final ConfigurationValues values;

  RealServer(ConfigurationValues values) throws SQLException {
    this.values = values.with("advanced.row_preview", true);
    clear();
    run(
        "create schema " + SCHEMA,
        "create table " + SCHEMA + ".customers (id int primary key, name nvarchar(100))",
        "create table "
            + SCHEMA
            + ".orders (id int primary key, customer int references "
            + SCHEMA
            + ".customers (id))",
        "insert into " + SCHEMA + ".customers values (1, 'Ada'), (2, null), (3, 'Alan')",
        "create view " + SCHEMA + ".names as select name from " + SCHEMA + ".customers");
  }

  /** One that its URL names, as a user would paste it. */
  static RealServer named(String url, String user, String password) throws SQLException {
    return new RealServer(
        new MssqlUrl()
            .read(url)
            .values()
            .with("authentication.username", user)
            .with("authentication.password", Secret.of(password)));
  }

  ConfigurationValues values() {
    return values;
  }

  private void run(String... statements) throws SQLException {
    try (Opened opened = Opened.of(values)) {
      DataSource source = opened.adapter().as(SqlAccess.class).orElseThrow().dataSource();
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    }
  }

  /** What a run that was ended left behind is gone first. */
  private void clear() throws SQLException {
    run(
        "drop view if exists " + SCHEMA + ".names",
        "drop table if exists " + SCHEMA + ".orders",
        "drop table if exists " + SCHEMA + ".customers",
        "drop schema if exists " + SCHEMA);
  }

  @Override
  public void close() throws SQLException {
    clear();
  }
}
