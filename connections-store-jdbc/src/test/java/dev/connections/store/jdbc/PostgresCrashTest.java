package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConnectionException;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.ListRequest;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.store.StoredConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed, stopped and restarted while several threads write. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class PostgresCrashTest {
  private static final int ROUNDS = 20;
  private static final int WRITERS = 4;
  private static final Set<String> EXPECTED =
      Set.of("STORE_UNREACHABLE", "OUTCOME_UNKNOWN", "STORE_BUSY");

  @TempDir Path directory;

  private final AtomicInteger number = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final Semaphore written = new Semaphore(0);

  /** A connection and its audit record, once; what fails isn't tried again. */
  private void write(PostgresStore store) {
    StoredConnection row = Rows.row("acme", "Connection " + number.incrementAndGet());
    try {
      store.atomically(
          "acme",
          () -> {
            store
                .audit()
                .append(
                    AuditRecord.of(AuditOperation.CREATE, Rows.NOON, "acme", "ada")
                        .connection(row.id())
                        .build());
            store.insert(row);
            return row;
          });
      acknowledged.add(row.id());
      written.release();
    } catch (ConnectionException failed) {
      failures.merge(failed.code().id(), 1, Integer::sum);
      if (failed.is(StoreErrorCode.OUTCOME_UNKNOWN)) {
        unknown.add(row.id());
      }
    }
  }

  private List<Future<?>> writers(ExecutorService threads, PostgresStore store) {
    List<Future<?>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(
          threads.submit(
              () -> {
                while (!over.get()) {
                  write(store);
                }
              }));
    }
    return writers;
  }

  private static PostgresStore open(CrashingServer server) {
    return PostgresStore.at(
        PostgresServer.settings(CrashingServer.DATABASE, server.port())
            .poolSize(WRITERS)
            .patience(Duration.ofSeconds(20))
            .build());
  }

  /** Nothing that was acknowledged is gone, and nothing is there that failed for certain. */
  private void assertWhole(PostgresStore store) {
    OtherProcessTest.assertWhole(store, acknowledged);
    Set<String> allowed = new HashSet<>(acknowledged);
    allowed.addAll(unknown);
    long stored = store.count(Rows.ADMIN, ConnectionFilter.all());
    Set<String> there = new HashSet<>(OtherProcessTest.audited(store));
    assertThat(allowed).containsAll(there);
    assertThat(stored).isEqualTo(there.size());
    assertThat(EXPECTED).containsAll(failures.keySet());
  }

  @Test
  void a_server_that_is_killed_twenty_times_loses_nothing_that_it_had_acknowledged()
      throws Exception {
    Random random = new Random(42);
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try (CrashingServer server = new CrashingServer(directory)) {
      server.start();
      try (PostgresStore store = open(server)) {
        List<Future<?>> writers = writers(threads, store);
        for (int round = 0; round < ROUNDS; round++) {
          written.acquire(1 + random.nextInt(20));
          if (round % 2 == 0) {
            server.kill();
          } else {
            server.stopAtOnce();
          }
          server.start();
        }
        written.acquire(20);
        over.set(true);
        for (Future<?> writer : writers) {
          writer.get();
        }
        assertWhole(store);
        assertThat(failures).isNotEmpty();
      }
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
  }

  @Test
  void while_a_server_restarts_under_load_reads_wait_for_it_and_writes_fail_typed_or_are_done()
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 2);
    try (CrashingServer server = new CrashingServer(directory)) {
      server.start();
      try (PostgresStore store = open(server)) {
        List<Future<?>> busy = writers(threads, store);
        for (int i = 0; i < 2; i++) {
          busy.add(
              threads.submit(
                  () -> {
                    while (!over.get()) {
                      store.list(Rows.ADMIN, ConnectionFilter.all(), ListRequest.first());
                    }
                  }));
        }
        for (int round = 0; round < 5; round++) {
          written.acquire(20);
          server.restart();
        }
        written.acquire(20);
        over.set(true);
        for (Future<?> each : busy) {
          each.get();
        }
        assertWhole(store);
      }
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
  }
}
