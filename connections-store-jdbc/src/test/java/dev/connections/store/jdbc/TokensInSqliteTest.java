package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Secret;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.ConnectionUpdate;
import dev.connections.core.Connections;
import dev.connections.core.EgressRules;
import dev.connections.core.SecretKeys;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.secrets.KeySource;
import dev.connections.store.host.GrantingProvider;
import dev.connections.testkit.Canary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Refresh tokens that are good for one use, with two doors and two processes on one file. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class TokensInSqliteTest {
  private static final Actor ADA = Actor.of("acme", "ada", Role.ADMIN);

  @TempDir Path directory;
  private final Canary seed = Canary.create("a refresh token");
  private GrantingServer server;

  @BeforeEach
  void start() throws IOException {
    server = new GrantingServer(seed.value());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Connections open() {
    return Connections.builder()
        .store(SqliteStore.at(directory.resolve("connections.db")))
        .keys(KeySource.localFile(directory.resolve("key/connections.key")))
        .provider(new GrantingProvider())
        .egress(EgressRules.defaults())
        .pluginLoader(Optional.empty())
        .build();
  }

  private String made(Connections connections) {
    return connections
        .as(ADA)
        .create(
            ConnectionDraft.of("granting", "CRM")
                .set("server", server.address())
                .set("authentication.refresh_token", seed.secret()))
        .id();
  }

  private static void assertPasses(Connections connections, String id) {
    assertThat(connections.as(ADA).test(id).steps())
        .allSatisfy(step -> assertThat(step.failure()).isEmpty());
  }

  @Test
  void a_restart_goes_on_with_the_refresh_token_that_was_granted_last() {
    String id;
    try (Connections connections = open()) {
      id = made(connections);
      assertPasses(connections, id);
    }
    server.revoke();
    try (Connections connections = open()) {
      assertPasses(connections, id);
      assertPasses(connections, id);
    }
    assertThat(server.granted()).isEqualTo(2);
    assertThat(server.spentTwice()).isZero();
  }

  @Test
  void two_doors_on_one_file_spend_no_refresh_token_twice() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Connections here = open();
        Connections there = open()) {
      String id = made(here);
      for (int round = 0; round < 10; round++) {
        server.revoke();
        CountDownLatch together = new CountDownLatch(2);
        List<Future<?>> tests = new ArrayList<>();
        for (Connections door : List.of(here, there)) {
          tests.add(
              threads.submit(
                  () -> {
                    together.countDown();
                    together.await();
                    assertPasses(door, id);
                    return id;
                  }));
        }
        for (Future<?> test : tests) {
          test.get();
        }
        assertThat(server.granted()).isEqualTo(round + 1);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.spentTwice()).isZero();
  }

  @Test
  void another_process_on_the_file_spends_no_refresh_token_twice() throws Exception {
    try (Connections here = open()) {
      String id = made(here);
      server.usesPerToken(5);
      Path said = directory.resolve("said");
      Process process =
          WritingProcess.host(
              "SigningInHost",
              said,
              List.of(
                  directory.resolve("key/connections.key").toString(),
                  id,
                  "30",
                  directory.resolve("connections.db").toString()));
      while (process.isAlive()) {
        assertPasses(here, id);
      }
      // A later JDK warns of native libraries in between.
      assertThat(Files.readAllLines(said)).filteredOn("passed"::equals).hasSize(30);
      assertThat(process.exitValue()).isZero();
    }
    assertThat(server.granted()).isGreaterThan(3);
    assertThat(server.spentTwice()).isZero();
  }

  @Test
  void another_setting_keeps_the_tokens_and_another_secret_makes_them_void() {
    try (Connections here = open()) {
      String id = made(here);
      assertPasses(here, id);
      Connection changed = here.as(ADA).update(id, ConnectionUpdate.at(1).set("page_size", 20));
      assertThat(changed.configurationVersion()).isEqualTo(2);
      server.revoke();
      assertPasses(here, id);
      assertThat(server.spentTwice()).isZero();
      server.expect("entered again");
      here.as(ADA)
          .update(
              id,
              ConnectionUpdate.at(2)
                  .set("authentication.refresh_token", Secret.of("entered again")));
      assertPasses(here, id);
      assertThat(server.spentTwice()).isZero();
    }
  }

  @Test
  void tokens_go_with_their_connection_and_are_rotated_with_its_secrets() throws Exception {
    try (SqliteStore store = SqliteStore.at(directory.resolve("connections.db"));
        Connections here =
            Connections.builder()
                .store(store)
                .keys(KeySource.localFile(directory.resolve("key/connections.key")))
                .provider(new GrantingProvider())
                .pluginLoader(Optional.empty())
                .build()) {
      String id = made(here);
      assertPasses(here, id);
      SecretKeys keys = here.keys(ADA);
      assertThat(keys.status().total()).isEqualTo(2);
      keys.addKey();
      assertThat(keys.rotate().join().reencrypted()).isEqualTo(2);
      assertThat(keys.retireFormer().keys()).hasSize(1);
      server.revoke();
      assertPasses(here, id);
      assertThat(server.spentTwice()).isZero();
      here.as(ADA).delete(id);
      assertThat(store.tokenRows().find("acme", id)).isEmpty();
      assertThat(keys.status().total()).isZero();
    }
    String everything =
        Files.readString(directory.resolve("connections.db"), StandardCharsets.ISO_8859_1);
    seed.assertAbsentFrom("the file", everything);
    assertThat(everything).doesNotContain("access-1", "refresh-1");
  }
}
