package dev.connections.store.jdbc;

import dev.connections.api.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL 18 with the roles that the documentation names, started once for all tests. */
final class PostgresServer {
  static final String OWNER = "connections_owner";
  static final String APP = "connections_app";
  static final String PASSWORD = "canary-51d8c0a2";

  private static final String TEMPLATE = "migrated";
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final EmbeddedPostgres SERVER = start();

  private static Optional<String> shared = Optional.empty();

  static {
    makeTemplate();
  }

  private PostgresServer() {}

  private static EmbeddedPostgres start() {
    try {
      Path directory = Files.createTempDirectory("connections-store-pg");
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setDataDirectory(directory.resolve("data"))
              .setServerConfig("max_connections", "60")
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
      prepare(server, directory.resolve("data"));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the roles, and asks everybody but the administrator for a password. */
  static void prepare(EmbeddedPostgres server, Path data) throws IOException, SQLException {
    try (Connection admin = server.getPostgresDatabase().getConnection();
        Statement statement = admin.createStatement()) {
      for (String role : documented("CREATE ROLE")) {
        statement.execute(role);
      }
      Files.write(
          data.resolve("pg_hba.conf"),
          List.of(
              "local all postgres trust",
              "host all postgres all trust",
              "host all all all scram-sha-256"),
          StandardCharsets.UTF_8);
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  /** What the documentation tells an administrator to run, with a password of ours. */
  private static List<String> documented(String begin) throws IOException {
    String page = Files.readString(Path.of("../docs/store-postgresql.md"));
    return page.lines()
        .filter(line -> line.startsWith(begin))
        .map(line -> line.replaceAll("'[a-z]+-password'", "'" + PASSWORD + "'"))
        .toList();
  }

  private static void makeTemplate() {
    run("postgres", "CREATE DATABASE " + TEMPLATE);
    try {
      migrated(SERVER, TEMPLATE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the schema as the documentation has it, and lets the owner make the tables. */
  static void migrated(EmbeddedPostgres server, String database) throws IOException, SQLException {
    try (Connection admin = server.getDatabase("postgres", database).getConnection();
        Statement statement = admin.createStatement()) {
      for (String line : documented("CREATE SCHEMA")) {
        statement.execute(line);
      }
    }
    PostgresStoreSettings settings =
        settings(database, server.getPort()).owner(OWNER, Secret.of(PASSWORD)).build();
    PostgresStore.at(settings).close();
  }

  private static void close(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int port() {
    return SERVER.getPort();
  }

  /**
   * The database that tests share which only need it empty: to make one takes long. {@return its
   * name}
   */
  static synchronized String emptied() {
    if (shared.isEmpty()) {
      shared = Optional.of(newDatabase());
    }
    String database = shared.get();
    String tables =
        String.join(
            ", ",
            ask(
                database,
                "SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace ="
                    + " 'connections'::regnamespace AND relname <> 'schema_history'"));
    run(database, "SET session_replication_role = replica", "TRUNCATE " + tables + " CASCADE");
    return database;
  }

  /** A database with the tables of a store and no rows. {@return its name} */
  static String newDatabase() {
    return newDatabase(TEMPLATE);
  }

  /** A database without tables. {@return its name} */
  static String emptyDatabase() {
    return newDatabase("template1");
  }

  private static String newDatabase(String template) {
    String name = "db" + NUMBER.incrementAndGet();
    run("postgres", "CREATE DATABASE " + name + " TEMPLATE " + template);
    return name;
  }

  static PostgresStoreSettings.Builder settings(String database) {
    return settings(database, port());
  }

  static PostgresStoreSettings.Builder settings(String database, int port) {
    return PostgresStoreSettings.of("localhost", database, APP, Secret.of(PASSWORD))
        .port(port)
        .poolSize(4)
        .unencrypted();
  }

  /** What a process of its own has to be told to open a store there. */
  static List<String> address(String database) {
    return List.of(Integer.toString(port()), database, APP, PASSWORD);
  }

  static PostgresStore open(String database) {
    return PostgresStore.at(settings(database).build());
  }

  /** Whom row-level security doesn't hold for. */
  static Connection administrator(String database) throws SQLException {
    return SERVER.getDatabase("postgres", database).getConnection();
  }

  /** What an administrator does, whom row-level security doesn't hold for. */
  static void run(String database, String... statements) {
    try (Connection admin = administrator(database);
        Statement statement = admin.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of what an administrator reads. */
  static List<String> ask(String database, String sql) {
    try (Connection admin = administrator(database);
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
}
