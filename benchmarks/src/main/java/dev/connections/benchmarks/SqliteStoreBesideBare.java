package dev.connections.benchmarks;

import dev.connections.core.access.Actor;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Role;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.store.StoredConfiguration;
import dev.connections.core.store.StoredConnection;
import dev.connections.store.jdbc.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Creating connections in an SQLite file, with their audit records, beside bare inserts of the same
 * text: each is one commit that is on the disk (WAL, synchronous FULL).
 */
final class SqliteStoreBesideBare implements Case {
  private static final int COMMITS = 10;
  private static final int ROUNDS = 100;
  private static final double LEAST_PART = 0.8;
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @Override
  public String name() {
    return "store";
  }

  @Override
  public List<Row> measure() throws Exception {
    Path directory = Files.createTempDirectory("connections-store-benchmark");
    try (SqliteStore store = SqliteStore.at(directory.resolve("connections.db"));
        Connection bare = bare(directory.resolve("bare.db"));
        PreparedStatement insert = bare.prepareStatement("insert into bare values (?, ?, ?)")) {
      long ours = Long.MAX_VALUE;
      long peer = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) { // short and in turns: noise spares both once
        peer = Math.min(peer, Timing.best(() -> inserts(insert), 0, 1));
        ours = Math.min(ours, Timing.best(() -> creates(store), 0, 1));
      }
      double part = (double) peer / ours;
      return List.of(
          new Row(
              "create on SQLite with its audit record (WAL, FULL) beside a bare insert",
              perSecond(ours),
              perSecond(peer),
              String.format(Locale.ROOT, "%.0f %% of the rate", part * 100),
              "≥ 80 %",
              part >= LEAST_PART));
    } finally {
      delete(directory);
    }
  }

  private static String perSecond(long nanos) {
    return String.format(Locale.ROOT, "%,.0f commits/s", COMMITS / (nanos / 1e9));
  }

  private static String configuration() {
    return "{\"server\":\"" + "s".repeat(1500) + "\"}";
  }

  private static Connection bare(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma journal_mode = wal");
      statement.execute("pragma synchronous = full");
      statement.execute("create table bare (id text primary key, name text, configuration text)");
    }
    return connection;
  }

  private static void inserts(PreparedStatement insert) throws SQLException {
    for (int i = 0; i < COMMITS; i++) {
      insert.setString(1, UUID.randomUUID().toString());
      insert.setString(2, "Connection " + i);
      insert.setString(3, configuration());
      insert.executeUpdate();
    }
  }

  private static void creates(SqliteStore store) {
    Ownership ownership = Ownership.startingWith(Actor.of("acme", "ada", Role.MEMBER));
    for (int i = 0; i < COMMITS; i++) {
      String id = UUID.randomUUID().toString();
      StoredConnection row =
          StoredConnection.builder(
                  id, ownership, id, "MSSQL", new StoredConfiguration(1, configuration()))
              .created("ada", NOON)
              .build();
      AuditRecord record =
          AuditRecord.of(AuditOperation.CREATE, NOON, "acme", "ada").connection(id).build();
      store.atomically(
          "acme",
          () -> {
            store.audit().append(record);
            store.insert(row);
            return row;
          });
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
