package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.Connections;
import dev.connections.core.RotationReport;
import dev.connections.core.SecretKeys;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.secrets.SecretKey;
import dev.connections.testkit.SyntheticSource;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys replaced while two doors, and another process, are on one file. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class RotationInSqliteTest {
  private static final Actor ADA = Actor.of("acme", "ada", Role.ADMIN);
  private static final Actor OLGA = Actor.of("operations", "olga", Role.ADMIN);
  private static final int COUNT = 2_000;

  @TempDir Path directory;
  private final SyntheticSource source = SyntheticSource.create();

  private Connections open() {
    return Connections.builder()
        .store(SqliteStore.at(directory.resolve("connections.db")))
        .keys(KeySource.localFile(directory.resolve("key/connections.key")))
        .provider(source.provider())
        .pluginLoader(Optional.empty())
        .build();
  }

  private List<String> made(int count) {
    List<String> ids = new ArrayList<>();
    try (SqliteStore store = SqliteStore.at(directory.resolve("connections.db"));
        Connections connections =
            Connections.builder()
                .store(store)
                .keys(KeySource.localFile(directory.resolve("key/connections.key")))
                .provider(source.provider())
                .pluginLoader(Optional.empty())
                .build()) {
      TenantConnections ada = connections.as(ADA);
      store.atomically(
          "acme",
          () -> {
            for (int i = 0; i < count; i++) {
              ids.add(
                  ada.create(
                          ConnectionDraft.of("synthetic", "c" + i)
                              .configuration(source.configuration()))
                      .id());
            }
            return ids;
          });
    }
    return ids;
  }

  /** Reads what is there again and again, until it is told to stop. */
  private static int read(TenantConnections ada, List<String> ids, AtomicBoolean over) {
    int reads = 0;
    while (!over.get()) {
      Connection read = ada.get(ids.get(reads % ids.size()));
      assertThat(read.problems()).as("read %s", reads).isEmpty();
      reads++;
    }
    return reads;
  }

  @Test
  void a_killed_rotation_goes_on_where_it_was_and_no_read_fails_meanwhile() throws Exception {
    List<String> ids = made(COUNT);
    Random random = new Random(42);
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Connections here = open()) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(threads.submit(() -> read(here.as(ADA), ids, over)));
      }
      SecretKeys keys = here.keys(OLGA);
      int cutOff = 0;
      for (int round = 0; round < 4; round++) {
        Process process =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.connections.store.host.RotatingHost",
                    directory.resolve("connections.db").toString(),
                    directory.resolve("key/connections.key").toString())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
          int lines = 1 + random.nextInt(20);
          String last = "";
          for (int i = 0; i < lines && last != null; i++) {
            last = said.readLine();
          }
        }
        process.toHandle().destroyForcibly();
        process.waitFor();
        assertThat(keys.status().total()).isEqualTo(COUNT);
        cutOff += keys.status().rotated() ? 0 : 1;
      }
      assertThat(cutOff).as("rotations that the kill has cut off").isPositive();
      RotationReport report = keys.rotate().join();
      assertThat(report.stopped()).isEmpty();
      assertThat(report.complete()).isTrue();
      assertThat(keys.retireFormer().keys()).hasSize(1);
      over.set(true);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
      assertThat(here.as(ADA).test(ids.get(0)).passed()).isTrue();
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
    try (SqliteStore store = SqliteStore.at(directory.resolve("connections.db"))) {
      assertThat(store.sealedRows().countByKey()).hasSize(1).containsValue((long) COUNT);
      assertThat(store.audit().firstBroken("acme")).isEmpty();
      assertThat(store.audit().firstBroken("operations")).isEmpty();
      assertThat(store.audit().records("operations", 0, 1000))
          .isNotEmpty()
          .allSatisfy(
              record -> assertThat(record.operation()).isEqualTo(AuditOperation.ROTATE_KEYS));
    }
  }

  @Test
  void a_door_that_knew_the_former_keys_only_writes_with_the_new_one() throws Exception {
    List<String> ids = made(3);
    try (Connections here = open();
        Connections there = open()) {
      assertThat(here.as(ADA).get(ids.get(0)).problems()).isEmpty();
      SecretKeys theirs = there.keys(OLGA);
      theirs.addKey();
      assertThat(theirs.rotate().join().complete()).isTrue();
      assertThat(theirs.retireFormer().keys()).hasSize(1);
      Connection late =
          here.as(ADA)
              .create(
                  ConnectionDraft.of("synthetic", "late").configuration(source.configuration()));
      assertThat(there.as(ADA).test(late.id()).passed()).isTrue();
      SecretKey present = theirs.status().present();
      assertThat(present.rows()).isEqualTo(4);
      assertThat(theirs.status().rotated()).isTrue();
    }
  }

  @Test
  void two_rotations_at_once_do_each_other_no_harm() throws Exception {
    List<String> ids = made(600);
    CountDownLatch together = new CountDownLatch(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Connections here = open();
        Connections there = open()) {
      List<Future<RotationReport>> reports = new ArrayList<>();
      for (Connections door : List.of(here, there)) {
        reports.add(
            threads.submit(
                () -> {
                  SecretKeys keys = door.keys(OLGA);
                  together.countDown();
                  together.await();
                  keys.addKey();
                  return keys.rotate().join();
                }));
      }
      for (Future<RotationReport> report : reports) {
        assertThat(report.get().stopped()).isEmpty();
        assertThat(report.get().unreadable()).isZero();
      }
      assertThat(here.keys(OLGA).rotate().join().complete()).isTrue();
      for (String id : ids) {
        assertThat(there.as(ADA).get(id).problems()).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void the_file_shows_the_keys_numbers_and_no_secret() throws Exception {
    made(1);
    try (Connections here = open()) {
      SecretKeys keys = here.keys(OLGA);
      keys.addKey();
      keys.rotate().join();
    }
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        source
            .password()
            .assertAbsentFrom(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
  }
}
