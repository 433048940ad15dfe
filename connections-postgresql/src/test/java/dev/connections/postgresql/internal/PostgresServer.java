package dev.connections.postgresql.internal;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL 18, started once for all tests. */
final class PostgresServer {
  static final String READER = "reader";
  static final String PASSWORD = "canary-9f3c1e77";

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final EmbeddedPostgres SERVER = start();
  private static String large = "";

  private PostgresServer() {}

  private static EmbeddedPostgres start() {
    try {
      Path directory = Files.createTempDirectory("connections-pg");
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setDataDirectory(directory.resolve("data"))
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setServerConfig("fsync", "off") // nobody needs it after a power cut
              .setServerConfig("max_connections", "60")
              .setServerConfig("autovacuum", "off") // so that plans are the same in every run
              .setServerConfig("password_encryption", "scram-sha-256") // not so before version 14
              .start();
      Path rules = directory.resolve("data").resolve("pg_hba.conf");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server, directory)));
      try (Connection admin = server.getPostgresDatabase().getConnection();
          Statement statement = admin.createStatement()) {
        statement.execute("create role reader login password '" + PASSWORD + "'");
        statement.execute(
            "create role crowded login password '" + PASSWORD + "' connection limit 0");
        statement.execute("create role unwelcome login password '" + PASSWORD + "'");
        Files.write(
            rules,
            List.of(
                "host all unwelcome all reject",
                "local all postgres trust",
                "host all postgres all trust",
                "host all all all scram-sha-256"),
            StandardCharsets.UTF_8);
        statement.execute("select pg_reload_conf()");
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Ends the server, and leaves it to a program of its own to remove the files of thousands of
   * tables: this process would need more time for that than it is given to exit.
   */
  private static void close(EmbeddedPostgres server, Path directory) {
    try {
      server.close();
      if (File.separatorChar == '/') {
        new ProcessBuilder("rm", "-rf", directory.toString()).start();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int port() {
    return SERVER.getPort();
  }

  /** A new, empty database that the reader may enter. {@return its name} */
  static String newDatabase() {
    String name = "db" + NUMBER.incrementAndGet();
    run("postgres", "create database " + name);
    return name;
  }

  static void run(String database, String... statements) {
    try (Connection admin = SERVER.getDatabase("postgres", database).getConnection();
        Statement statement = admin.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<String> ask(String database, String sql) {
    try (Connection admin = SERVER.getDatabase("postgres", database).getConnection();
        Statement statement = admin.createStatement();
        var rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The name of a database of more tables than are read by their ids. */
  static synchronized String large() {
    if (large.isEmpty()) {
      large = newDatabase();
      fill(large, 2_100);
    }
    return large;
  }

  /** So many tables of five columns with a key, an index, a default and a description. */
  static void fill(String database, int tables) {
    run(database, "create schema many");
    // By portions: each transaction holds a lock for every table it makes.
    for (int first = 1; first <= tables; first += 500) {
      run(
          database,
          "do $$ begin for i in "
              + first
              + ".."
              + Math.min(tables, first + 499)
              + " loop execute format('create table many.t%s (id bigint primary key, a text,"
              + " b numeric(10,2), c date, d int default 7)', i);"
              + " execute format('create index on many.t%s (a)', i);"
              + " execute format('comment on table many.t%s is %L', i, 'table ' || i);"
              + " execute format('grant select on many.t%s to reader', i);"
              + " end loop; end $$");
    }
    run(database, "grant usage on schema many to reader");
  }

  static ConfigurationValues values(String database) {
    return values(database, port());
  }

  static ConfigurationValues values(String database, int port) {
    return ConfigurationValues.empty()
        .with("host", "localhost")
        .with("port", port)
        .with("database", database)
        .with("authentication.username", READER)
        .with("authentication.password", Secret.of(PASSWORD))
        .with("ssl.mode", "disable")
        .with("advanced.row_preview", true);
  }
}
