package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.core.ConnectionDraft;
import dev.connections.core.Connections;
import dev.connections.core.RotationReport;
import dev.connections.core.SecretKeys;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.secrets.KeySource;
import dev.connections.store.host.GrantingProvider;
import dev.connections.testkit.SyntheticSource;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys and tokens of two nodes on one PostgreSQL, with row-level security between the accounts. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class RotationInPostgresTest {
  private static final Actor ADA = Actor.of("acme", "ada", Role.ADMIN);
  private static final Actor EVE = Actor.of("other", "eve", Role.ADMIN);
  private static final Actor OLGA = Actor.of("operations", "olga", Role.ADMIN);

  @TempDir Path directory;
  private final SyntheticSource source = SyntheticSource.create();
  private final KeySource keys = KeySource.ephemeral();
  private final String database = PostgresServer.newDatabase();

  private Connections node(PostgresStore store) {
    return Connections.builder()
        .store(store)
        .keys(keys)
        .provider(source.provider())
        .provider(new GrantingProvider())
        .pluginLoader(Optional.empty())
        .build();
  }

  private ConnectionDraft draft(String name) {
    return ConnectionDraft.of("synthetic", name).configuration(source.configuration());
  }

  @Test
  void keys_are_rotated_over_all_accounts_and_the_other_node_writes_with_the_new_one() {
    PostgresStore store = PostgresServer.open(database);
    try (Connections here = node(store);
        Connections there = node(PostgresServer.open(database))) {
      String mine = here.as(ADA).create(draft("mine")).id();
      String theirs = here.as(EVE).create(draft("theirs")).id();
      SecretKeys operated = there.keys(OLGA);
      operated.addKey();
      RotationReport report = operated.rotate().join();
      assertThat(report.stopped()).isEmpty();
      assertThat(report.complete()).isTrue();
      assertThat(report.reencrypted()).isEqualTo(2);
      assertThat(operated.retireFormer().keys()).hasSize(1);
      assertThat(here.as(ADA).test(mine).passed()).isTrue();
      assertThat(here.as(EVE).test(theirs).passed()).isTrue();
      String late = here.as(ADA).create(draft("late")).id();
      assertThat(there.as(ADA).test(late).passed()).isTrue();
      assertThat(operated.status().onPresent()).isEqualTo(3);
      assertThat(store.audit().records("operations", 0, 10))
          .hasSize(3)
          .allSatisfy(
              record -> assertThat(record.operation()).isEqualTo(AuditOperation.ROTATE_KEYS));
      assertThat(store.audit().firstBroken("acme")).isEmpty();
    }
  }

  /** A row of the second account is locked, so the process is in the middle when it is killed. */
  @Test
  void a_node_that_is_killed_while_it_rotates_leaves_whole_accounts_and_another_goes_on()
      throws Exception {
    Path key = directory.resolve("key/connections.key");
    PostgresStore store = PostgresServer.open(database);
    try (Connections here =
            Connections.builder()
                .store(store)
                .keys(KeySource.localFile(key))
                .provider(source.provider())
                .pluginLoader(Optional.empty())
                .build();
        java.sql.Connection hand = PostgresServer.administrator(database);
        Statement statement = hand.createStatement()) {
      List<String> mine = new ArrayList<>();
      List<String> theirs = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        mine.add(here.as(ADA).create(draft("mine " + i)).id());
        theirs.add(here.as(EVE).create(draft("theirs " + i)).id());
      }
      hand.setAutoCommit(false);
      statement.execute(
          "SELECT FROM connections.connections WHERE account_id = 'other' FOR UPDATE");
      List<String> arguments = new ArrayList<>(PostgresServer.address(database));
      arguments.add(key.toString());
      Process process = WritingProcess.host("RotatingHost", directory.resolve("said"), arguments);
      SecretKeys keys = here.keys(OLGA);
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (keys.status().onPresent() != mine.size()) {
        assertThat(process.isAlive()).as("what said says").isTrue();
        assertThat(System.nanoTime()).isLessThan(end);
      }
      process.toHandle().destroyForcibly();
      process.waitFor();
      hand.rollback();
      assertThat(keys.status().onPresent()).isEqualTo(mine.size());
      for (String id : theirs) {
        assertThat(here.as(EVE).test(id).passed()).isTrue();
      }
      RotationReport rest = keys.rotate().join();
      assertThat(rest.complete()).isTrue();
      assertThat(rest.reencrypted()).isEqualTo(theirs.size());
      for (String id : mine) {
        assertThat(here.as(ADA).test(id).passed()).isTrue();
      }
      assertThat(store.audit().firstBroken("acme")).isEmpty();
      assertThat(store.audit().firstBroken("other")).isEmpty();
    }
  }

  @Test
  void two_nodes_spend_no_refresh_token_twice() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (GrantingServer server = new GrantingServer("seed");
        Connections here = node(PostgresServer.open(database));
        Connections there = node(PostgresServer.open(database))) {
      String id =
          here.as(ADA)
              .create(
                  ConnectionDraft.of("granting", "CRM")
                      .set("server", server.address())
                      .set("authentication.refresh_token", "seed"))
              .id();
      for (int round = 0; round < 8; round++) {
        server.revoke();
        CountDownLatch together = new CountDownLatch(2);
        List<Future<?>> tests = new ArrayList<>();
        for (Connections node : List.of(here, there)) {
          tests.add(
              threads.submit(
                  () -> {
                    together.countDown();
                    together.await();
                    assertThat(node.as(ADA).test(id).steps())
                        .allSatisfy(step -> assertThat(step.failure()).isEmpty());
                    return id;
                  }));
        }
        for (Future<?> test : tests) {
          test.get();
        }
        assertThat(server.granted()).isEqualTo(round + 1);
      }
      assertThat(server.spentTwice()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }
}
