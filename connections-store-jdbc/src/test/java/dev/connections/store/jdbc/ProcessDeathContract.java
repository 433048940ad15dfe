package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.Connections;
import dev.connections.core.TenantConnections;
import dev.connections.core.TestStatus;
import dev.connections.core.TestSummary;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.history.HistoryQuery;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.SchemaDrift;
import dev.connections.core.secrets.KeySource;
import dev.connections.store.host.GrantingProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed in the middle of what it does, with no time for anything: the next start puts
 * it right, or goes on with it. A store's test extends it.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
abstract class ProcessDeathContract {
  static final Actor ADA = Actor.of("acme", "ada", Role.ADMIN);
  static final int TABLES = 700;
  static final int MIDDLE = 500;

  /** As long as a test may take, and the time after which it counts as given up. */
  private static final Duration GIVEN_UP = Duration.ofSeconds(91);

  @TempDir Path directory;
  GrantingServer server;
  Connections here;
  TenantConnections ada;
  String id;

  /** {@return one more store of the database of this test} */
  abstract DatabaseStore store();

  /** {@return what a process has to be told of that store} */
  abstract List<String> address();

  /** {@return the number that an administrator reads} */
  abstract long askedByHand(String sql) throws Exception;

  abstract void byHand(String sql) throws Exception;

  @BeforeEach
  final void open() throws IOException {
    server = new GrantingServer("seed");
    server.tables(TABLES, 3);
    here = started(Clock.systemUTC());
    ada = here.as(ADA);
    id =
        ada.create(
                ConnectionDraft.of("granting", "CRM")
                    .set("server", server.address())
                    .set("authentication.refresh_token", "seed"))
            .id();
    assertThat(ada.test(id).passed()).isTrue();
  }

  @AfterEach
  final void close() {
    server.close();
    here.close();
  }

  private Path key() {
    return directory.resolve("key/connections.key");
  }

  final Connections started(Clock clock) {
    return Connections.builder()
        .store(store())
        .keys(KeySource.localFile(key()))
        .provider(new GrantingProvider())
        .pluginLoader(Optional.empty())
        .clock(clock)
        .build();
  }

  /** Starts a process, and waits until the source has its request. */
  private Process startedAt(CountDownLatch reached, String what) throws Exception {
    Path said = directory.resolve("said");
    List<String> arguments = new ArrayList<>(List.of(key().toString(), id, what));
    arguments.addAll(address());
    Process process = WritingProcess.host("SigningInHost", said, arguments);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!reached.await(100, TimeUnit.MILLISECONDS)) {
      assertThat(process.isAlive()).as(Files.readString(said)).isTrue();
      assertThat(System.nanoTime()).isLessThan(end);
    }
    return process;
  }

  /** Kills it when the source has its request. */
  final void killedAt(CountDownLatch reached, String what, Check meanwhile) throws Exception {
    Process process = startedAt(reached, what);
    try {
      meanwhile.hold();
    } finally {
      process.toHandle().destroyForcibly();
      process.waitFor();
    }
    assertThat(process.exitValue()).isEqualTo(WritingProcess.KILLED);
  }

  private static void signal(Process process, String name) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  interface Check {
    void hold() throws Exception;
  }

  @Test
  void a_test_whose_process_is_killed_leaves_the_connection_its_former_status() throws Exception {
    TestSummary former = ada.get(id).test();
    assertThat(former.status()).isEqualTo(TestStatus.SUCCESS);
    killedAt(
        server.holdUses(),
        "1",
        () -> {
          try (Connections next = started(Clock.systemUTC())) {
            assertThat(next.as(ADA).get(id).test().status()).isEqualTo(TestStatus.PENDING);
          }
        });
    server.letGo();
    Clock later = Clock.offset(Clock.system(ZoneOffset.UTC), GIVEN_UP);
    try (Connections next = started(later)) {
      assertThat(next.as(ADA).get(id).test()).isEqualTo(former);
      assertThat(next.as(ADA).history().tests(HistoryQuery.ofTests()).items()).hasSize(1);
    }
    try (Connections next = started(Clock.systemUTC())) {
      assertThat(next.as(ADA).test(id).passed()).as("nobody has to wait to test it").isTrue();
      TestSummary now = next.as(ADA).get(id).test();
      assertThat(now.status()).isEqualTo(TestStatus.SUCCESS);
      assertThat(now.at().orElseThrow()).isAfter(former.at().orElseThrow());
    }
  }

  final ImportReport imported() {
    return ada.importMetadata(id, ImportOptions.all(), ImportListener.NONE).join().orThrow();
  }

  @Test
  void an_import_whose_process_is_killed_leaves_what_the_one_before_has_found() throws Exception {
    assertThat(imported().datasets()).isEqualTo(TABLES);
    Connection before = ada.get(id);
    server.tables(TABLES, 4);
    killedAt(
        server.holdTableAt(MIDDLE),
        "import",
        () ->
            assertThat(askedByHand("SELECT count(*) FROM snapshot_changes"))
                .as("it has written a part of what it has found")
                .isPositive());
    server.letGo();
    server.tables(TABLES, 3);
    assertThat(ada.get(id).lastImport()).isEqualTo(before.lastImport());
    assertThat(ada.history().imports(HistoryQuery.ofImports()).items()).hasSize(1);
    assertThat(ada.getTableMetadata(id, new TableName(SchemaName.of("crm"), "t1")).columns())
        .hasSize(3);

    ImportReport uncompared = imported();
    assertThat(uncompared.datasets()).isEqualTo(TABLES);
    assertThat(uncompared.drift()).as("the dead process has the snapshot for a while").isEmpty();

    byHand("UPDATE leases SET until = 0"); // as when that while is over
    SchemaDrift drift = imported().drift().orElseThrow();
    assertThat(drift.tables()).as("nothing the dead process has found is part of it").isEmpty();
    assertThat(askedByHand("SELECT count(*) FROM snapshot_changes")).isZero();
    server.tables(TABLES - 1, 3);
    assertThat(imported().drift().orElseThrow().tables()).hasSize(1);
    try (DatabaseStore store = store()) {
      assertThat(store.audit().check("acme").sound()).isTrue();
      assertThat(store.audit().records("acme", 0, 1000))
          .filteredOn(record -> record.operation() == AuditOperation.IMPORT)
          .as("also the one that was killed")
          .hasSize(5);
    }
  }

  @Test
  void an_import_that_stood_still_until_another_took_over_writes_nothing_when_it_wakes_up()
      throws Exception {
    assertThat(imported().datasets()).isEqualTo(TABLES);
    server.tables(TABLES, 4);
    Process sleeper = startedAt(server.holdTableAt(MIDDLE), "import");
    try {
      assertThat(askedByHand("SELECT count(*) FROM snapshot_changes")).isPositive();
      signal(sleeper, "STOP");
      byHand("UPDATE leases SET until = 0"); // as when it has stood still for a while
      server.letGo();
      server.tables(TABLES, 3);
      assertThat(imported().drift().orElseThrow().tables()).isEmpty();
      signal(sleeper, "CONT");
      assertThat(sleeper.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(sleeper.exitValue()).as(Files.readString(directory.resolve("said"))).isZero();
    } finally {
      sleeper.destroyForcibly();
    }
    assertThat(askedByHand("SELECT count(*) FROM snapshot_changes")).isZero();
    assertThat(imported().drift().orElseThrow().tables())
        .as("the snapshot is the successor's")
        .isEmpty();
  }

  @Test
  void a_process_that_is_killed_while_it_asks_for_tokens_holds_nobody_up_for_long()
      throws Exception {
    server.revoke();
    killedAt(server.holdTokens(), "1", () -> {});
    server.letGo();
    assertThat(ada.test(id).steps()).allSatisfy(step -> assertThat(step.failure()).isEmpty());
    assertThat(server.granted()).isEqualTo(2);
    assertThat(server.spentTwice()).isZero();
  }
}
