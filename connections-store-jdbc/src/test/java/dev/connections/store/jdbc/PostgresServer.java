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
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL 18 with the roles that the documentation names, started once for all tests. */
final class PostgresServer {
  static final String OWNER = "connections_owner";
  static final String APP = "connections_app";
  static final String PASSWORD = "canary-51d8c0a2";

  private static final String TEMPLATE = "migrated";
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final EmbeddedPostgres SERVER = start();

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
      for (String role : List.of(OWNER, APP)) {
        statement.execute(
            "CREATE ROLE "
                + role
                + " LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD '"
                + PASSWORD
                + "'");
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

  private static void makeTemplate() {
    run("postgres", "CREATE DATABASE " + TEMPLATE);
    run(TEMPLATE, "CREATE SCHEMA connections AUTHORIZATION " + OWNER);
    PostgresStore.at(settings(TEMPLATE).owner(OWNER, Secret.of(PASSWORD)).build()).close();
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

  static PostgresStore open(String database) {
    return PostgresStore.at(settings(database).build());
  }

  /** What an administrator does, whom row-level security doesn't hold for. */
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

  /** The first column of what an administrator reads. */
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
}
