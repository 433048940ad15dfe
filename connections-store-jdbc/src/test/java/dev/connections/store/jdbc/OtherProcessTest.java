package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.core.ConnectionFilter;
import dev.connections.core.audit.AuditRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stores used by processes that are started, and killed. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class OtherProcessTest {
  private static final int ROUNDS = 20;

  @TempDir Path directory;
  private Path file;
  private Path errors;

  @BeforeEach
  void name() {
    file = directory.resolve("connections.db");
    errors = directory.resolve("errors");
  }

  static List<String> audited(DatabaseStore store) {
    List<String> ids = new ArrayList<>();
    List<AuditRecord> page;
    do {
      page = store.audit().records("acme", ids.size(), StoredAuditLog.GREATEST_LIMIT);
      page.forEach(record -> ids.add(record.connection().orElseThrow()));
    } while (page.size() == StoredAuditLog.GREATEST_LIMIT);
    return ids;
  }

  /** What a store must have after a crash: all that was acknowledged, and nothing by halves. */
  static void assertWhole(DatabaseStore store, Set<String> acknowledged) {
    List<String> audited = audited(store);
    assertThat(audited).containsAll(acknowledged).doesNotHaveDuplicates();
    assertThat(store.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(audited.size());
    for (String id : acknowledged) {
      assertThat(store.find("acme", id)).isPresent();
    }
    assertThat(store.audit().firstBroken("acme")).isEmpty();
  }

  private WritingProcess writing(long count) throws IOException {
    return WritingProcess.start(errors, count, List.of(file.toString()));
  }

  private WritingProcess writingTo(String database, long count) throws IOException {
    return WritingProcess.start(errors, count, PostgresServer.address(database));
  }

  @Test
  void a_killed_process_loses_nothing_that_it_had_acknowledged_and_leaves_nothing_half_done()
      throws Exception {
    Random random = new Random(42);
    Set<String> acknowledged = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(writing(WritingProcess.WITHOUT_END).killedAfter(1 + random.nextInt(40)));
      try (SqliteStore store = SqliteStore.at(file)) {
        assertWhole(store, acknowledged);
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(200);
  }

  @Test
  void a_killed_client_of_a_server_loses_nothing_and_leaves_nothing_half_done() throws Exception {
    String database = PostgresServer.newDatabase();
    Random random = new Random(43);
    Set<String> acknowledged = new HashSet<>();
    try (PostgresStore store = PostgresServer.open(database)) {
      for (int round = 0; round < ROUNDS / 4; round++) {
        List<WritingProcess> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          clients.add(writingTo(database, WritingProcess.WITHOUT_END));
        }
        for (WritingProcess client : clients) {
          acknowledged.addAll(client.killedAfter(1 + random.nextInt(40)));
        }
        assertWhole(store, acknowledged);
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(200);
  }

  @Test
  void several_processes_use_one_store_at_once() throws Exception {
    List<WritingProcess> processes = List.of(writing(30), writing(30), writing(30));
    Set<String> acknowledged = new HashSet<>();
    for (WritingProcess process : processes) {
      List<String> said = process.saidToTheEnd();
      assertThat(said).hasSize(31);
      acknowledged.addAll(said.subList(0, 30));
    }
    try (SqliteStore store = SqliteStore.at(file)) {
      assertWhole(store, acknowledged);
      assertThat(store.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(90);
    }
  }

  /** On the server as on the file it makes its tables, for which Flyway looks its parts up. */
  @Test
  void both_stores_work_as_a_module() throws Exception {
    String database = PostgresServer.emptyDatabase();
    PostgresServer.run(database, "CREATE SCHEMA connections AUTHORIZATION " + PostgresServer.OWNER);
    List<String> server = new ArrayList<>(PostgresServer.address(database));
    server.addAll(List.of(PostgresServer.OWNER, PostgresServer.PASSWORD));
    for (List<String> store : List.of(List.of(file.toString()), server)) {
      List<String> said = WritingProcess.startAsModule(errors, 2, store).saidToTheEnd();
      assertThat(said).hasSize(3);
      assertThat(said.get(2)).endsWith("module dev.connections.store.jdbc");
    }
  }
}
