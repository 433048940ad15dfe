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
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Creating connections in an SQLite file, with their audit records; what was created is on the disk
 * (WAL, synchronous FULL) before its caller hears of it. Beside it: a bare insert of one row of the
 * same text, which writes four pages where ours writes a dozen, mostly of indexes; and what nobody
 * does with less, the same two rows inserted into the same tables by prepared statements.
 *
 * <p>Once by one caller, and once by eight at a time. Eight bare inserts take turns on one
 * connection, which is faster than a connection for each: those would wait for the file by
 * sleeping.
 */
final class SqliteStoreBesideBare implements Case {
  private static final int COMMITS = 10;
  private static final int ROUNDS = 300;
  private static final int CALLERS = 8;
  private static final double LEAST_PART = 0.8;
  private static final String CONNECTION =
      "insert into connections (account_id, id, name, name_key, search_text, type, type_key,"
          + " configuration, configuration_format, owner_id, created_by, created_at, updated_at)"
          + " values ('acme', ?, ?, ?, ?, 'MSSQL', 'mssql', ?, 1, 'ada', 'ada', ?, ?)";
  private static final String RECORD =
      "insert into audit_log (account_id, sequence, at, user_id, operation, result,"
          + " connection_id, hash) values ('acme', ?, ?, 'ada', 'create', 'allowed', ?, ?)";

  private long recorded;

  @Override
  public String name() {
    return "store";
  }

  @Override
  public List<Row> measure() throws Exception {
    Path directory = Files.createTempDirectory("connections-store-benchmark");
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    SqliteStore.at(directory.resolve("tables.db")).close();
    try (SqliteStore store = SqliteStore.at(directory.resolve("connections.db"));
        Connection bare = durable(directory.resolve("bare.db"));
        Connection tables = durable(directory.resolve("tables.db"))) {
      try (Statement statement = bare.createStatement()) {
        statement.execute("create table bare (id text primary key, name text, configuration text)");
      }
      PreparedStatement insert = bare.prepareStatement("insert into bare values (?, ?, ?)");
      tables.setAutoCommit(false);
      PreparedStatement record = tables.prepareStatement(RECORD);
      PreparedStatement connection = tables.prepareStatement(CONNECTION);
      long ours = Long.MAX_VALUE;
      long one = Long.MAX_VALUE;
      long same = Long.MAX_VALUE;
      long oursOfMany = Long.MAX_VALUE;
      long oneOfMany = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) { // short and in turns: noise spares each once
        one = Math.min(one, Timing.best(() -> inserts(insert), 0, 1));
        same = Math.min(same, Timing.best(() -> inserts(tables, record, connection), 0, 1));
        ours = Math.min(ours, Timing.best(() -> creates(store), 0, 1));
        oneOfMany = Math.min(oneOfMany, ofMany(callers, () -> insertsInTurn(insert)));
        oursOfMany = Math.min(oursOfMany, ofMany(callers, () -> creates(store)));
      }
      return List.of(
          row("one caller, beside a bare insert of one row", ours, one),
          row("one caller, beside the same rows inserted into the same tables", ours, same),
          row("eight callers, beside eight of bare inserts", oursOfMany, oneOfMany));
    } finally {
      callers.shutdownNow();
      delete(directory);
    }
  }

  /** How long one call of each caller takes, divided by how many they are. */
  private static long ofMany(ExecutorService callers, Timing.Work work) throws Exception {
    Callable<Timing.Work> call =
        () -> {
          work.run();
          return work;
        };
    long start = System.nanoTime();
    for (Future<Timing.Work> each : callers.invokeAll(Collections.nCopies(CALLERS, call))) {
      each.get();
    }
    return (System.nanoTime() - start) / CALLERS;
  }

  private static void insertsInTurn(PreparedStatement insert) throws SQLException {
    for (int i = 0; i < COMMITS; i++) {
      synchronized (insert) {
        insert(insert, i);
      }
    }
  }

  private static Row row(String beside, long ours, long peer) {
    double part = (double) peer / ours;
    return new Row(
        "create on SQLite with its audit record (WAL, FULL) " + beside,
        perSecond(ours),
        perSecond(peer),
        String.format(Locale.ROOT, "%.0f %% of the rate", part * 100),
        "≥ 80 %",
        part >= LEAST_PART);
  }

  private static String perSecond(long nanos) {
    return String.format(Locale.ROOT, "%,.0f commits/s", COMMITS / (nanos / 1e9));
  }

  private static String configuration() {
    return "{\"server\":\"" + "s".repeat(1500) + "\"}";
  }

  private static Connection durable(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma journal_mode = wal");
      statement.execute("pragma synchronous = full");
    }
    return connection;
  }

  private static void inserts(PreparedStatement insert) throws SQLException {
    for (int i = 0; i < COMMITS; i++) {
      insert(insert, i);
    }
  }

  private static void insert(PreparedStatement insert, int number) throws SQLException {
    insert.setString(1, UUID.randomUUID().toString());
    insert.setString(2, "Connection " + number);
    insert.setString(3, configuration());
    insert.executeUpdate();
  }

  private void inserts(Connection connection, PreparedStatement record, PreparedStatement insert)
      throws SQLException {
    for (int i = 0; i < COMMITS; i++) {
      String id = UUID.randomUUID().toString();
      String now = Instant.now().toString();
      recorded++;
      record.setLong(1, recorded);
      record.setString(2, now);
      record.setString(3, id);
      record.setString(4, "0".repeat(64));
      record.executeUpdate();
      for (int column = 1; column <= 4; column++) {
        insert.setString(column, id);
      }
      insert.setString(5, configuration());
      insert.setString(6, now);
      insert.setString(7, now);
      insert.executeUpdate();
      connection.commit();
    }
  }

  private static void creates(SqliteStore store) {
    Ownership ownership = Ownership.startingWith(Actor.of("acme", "ada", Role.MEMBER));
    for (int i = 0; i < COMMITS; i++) {
      String id = UUID.randomUUID().toString();
      Instant now = Instant.now();
      StoredConnection row =
          StoredConnection.builder(
                  id, ownership, id, "MSSQL", new StoredConfiguration(1, configuration()))
              .created("ada", now)
              .build();
      AuditRecord record =
          AuditRecord.of(AuditOperation.CREATE, now, "acme", "ada").connection(id).build();
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
