package dev.connections.benchmarks;

import dev.connections.api.ChangeMarker;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.Failure;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** A real PostgreSQL with databases of many tables of twenty columns, and our imports of them. */
final class PostgresBench implements AutoCloseable {
  static final int COLUMNS = 20;
  static final SchemaName SCHEMA = SchemaName.of("bench");

  /** Tables made in one transaction: it holds a few locks for each. */
  private static final int PORTION = 500;

  private final EmbeddedPostgres server;

  private PostgresBench(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts a server that needn't survive a power cut, and counts its statements. */
  static PostgresBench start() throws IOException {
    return new PostgresBench(
        EmbeddedPostgres.builder()
            .setServerConfig("max_locks_per_transaction", "1024")
            .setServerConfig("fsync", "off")
            .setServerConfig("full_page_writes", "off")
            .setServerConfig("max_wal_size", "4GB")
            .setServerConfig("shared_preload_libraries", "pg_stat_statements")
            .start());
  }

  int port() {
    return server.getPort();
  }

  Connection plain(String database) throws SQLException {
    return server.getDatabase("postgres", database).getConnection();
  }

  /** A new database of tables with a key, an index, defaults and a description. */
  void fill(String database, int tables) throws SQLException {
    StringBuilder columns = new StringBuilder("id bigint primary key");
    for (int column = 1; column < COLUMNS; column++) {
      columns.append(String.format(Locale.ROOT, ", c%02d varchar(50) default ''x''", column));
    }
    create(database);
    make(
        database,
        0,
        tables,
        "execute format('create table bench.t%s ("
            + columns
            + ")', i); execute format('create index on bench.t%s (c01)', i);"
            + " execute format('comment on column bench.t%s.id is ''the number''', i);");
  }

  void create(String database) throws SQLException {
    try (Connection plain = plain("postgres");
        Statement statement = plain.createStatement()) {
      statement.execute("create database " + database);
      statement.execute("create extension if not exists pg_stat_statements");
    }
    try (Connection plain = plain(database);
        Statement statement = plain.createStatement()) {
      statement.execute("create schema bench");
    }
  }

  /** Does something for each number {@code i}. */
  void make(String database, int from, int to, String commands) throws SQLException {
    try (Connection plain = plain(database);
        Statement statement = plain.createStatement()) {
      for (int first = from; first < to; first += PORTION) {
        statement.execute(
            "do $$ begin for i in "
                + first
                + ".."
                + (Math.min(to, first + PORTION) - 1)
                + " loop "
                + commands
                + " end loop; end $$");
      }
      statement.execute("analyze pg_class");
    }
  }

  ConnectionAdapter adapter(String database) {
    ConnectionAdapterProvider provider =
        ServiceLoader.load(ConnectionAdapterProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.type().isNamed("postgresql"))
            .findFirst()
            .orElseThrow();
    ConfigurationValues values =
        ConfigurationValues.empty()
            .with("host", "localhost")
            .with("port", port())
            .with("database", database)
            .with("authentication.type", "password")
            .with("authentication.username", "postgres")
            .with("authentication.password", "trusted")
            .with("ssl.mode", "disable");
    return provider.open(provider.configuration().bind(values), TestAdapterContext.create());
  }

  /** Imports so many tables: all of the schema, or one. */
  static void imported(ConnectionAdapter adapter, Optional<TableName> only, int tables) {
    LongAdder columns = new LongAdder();
    adapter.importMetadata(
        new Selection(only),
        new MetadataSink() {
          @Override
          public void table(TableMetadata table) {
            columns.add(table.columns().size());
          }

          @Override
          public void failed(TableName table, Failure failure) {
            throw failure.asException();
          }
        },
        TestOperation.within(Duration.ofMinutes(5)));
    if (columns.sum() != (long) tables * COLUMNS) {
      throw new IllegalStateException("columns are missing: " + columns.sum());
    }
  }

  /** How many statements the server counts for a piece of work in a database. */
  long statements(String database, Runnable work) throws SQLException {
    try (Connection plain = plain("postgres");
        Statement statement = plain.createStatement()) {
      statement.execute("select pg_stat_statements_reset()");
      work.run();
      try (ResultSet counted =
          statement.executeQuery(
              "select coalesce(sum(s.calls), 0) from pg_stat_statements s"
                  + " join pg_database d on d.oid = s.dbid where d.datname = '"
                  + database
                  + "'")) {
        counted.next();
        return counted.getLong(1);
      }
    }
  }

  private record Selection(Optional<TableName> only) implements ImportSelection {
    @Override
    public boolean mayInclude(SchemaName schema) {
      return schema.equals(SCHEMA);
    }

    @Override
    public Optional<Set<TableName>> names() {
      return only.map(Set::of);
    }

    @Override
    public Set<Section> sections() {
      return EnumSet.allOf(Section.class);
    }

    @Override
    public Optional<ChangeMarker> since() {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
