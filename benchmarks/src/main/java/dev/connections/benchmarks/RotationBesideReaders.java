package dev.connections.benchmarks;

import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.core.Connections;
import dev.connections.core.RotationReport;
import dev.connections.core.SecretKeys;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Role;
import dev.connections.core.internal.sealing.ConfigurationSealing;
import dev.connections.core.internal.sealing.SealedPlace;
import dev.connections.core.internal.sealing.SecretCipher;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.store.StoredConnection;
import dev.connections.store.jdbc.SqliteStore;
import dev.connections.testkit.SyntheticSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Encrypts a hundred thousand connections of a thousand accounts anew, in an SQLite file that waits
 * for the disk, while four threads read them. Each connection has two encrypted values.
 */
final class RotationBesideReaders implements Case {
  private static final int ACCOUNTS = 1_000;
  private static final int EACH = 100;
  private static final int READERS = 4;
  private static final double LEAST_PER_SECOND = 5_000;

  private final SyntheticSource source = SyntheticSource.create();
  private final KeySource keys = KeySource.ephemeral();
  private final AtomicBoolean over = new AtomicBoolean();
  private final LongAdder reads = new LongAdder();
  private final LongAdder failed = new LongAdder();

  @Override
  public String name() {
    return "rotation";
  }

  @Override
  public List<Row> measure() throws Exception {
    Path directory = Files.createTempDirectory("rotation");
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    try (SqliteStore store = SqliteStore.at(directory.resolve("connections.db"));
        Connections connections =
            Connections.builder()
                .store(store)
                .keys(keys)
                .provider(source.provider())
                .pluginLoader(Optional.empty())
                .build()) {
      fill(store);
      SecretKeys operated = connections.keys(Actor.of("operations", "olga", Role.ADMIN));
      for (int i = 0; i < READERS; i++) {
        Random random = new Random(i);
        readers.execute(() -> read(connections, random));
      }
      operated.addKey();
      long start = System.nanoTime();
      RotationReport report = operated.rotate().join();
      double seconds = (System.nanoTime() - start) / 1e9;
      over.set(true);
      readers.shutdown();
      readers.awaitTermination(1, TimeUnit.MINUTES);
      return List.of(row(report, seconds));
    } finally {
      over.set(true);
      readers.shutdownNow();
      delete(directory);
    }
  }

  private Row row(RotationReport report, double seconds) {
    double perSecond = report.reencrypted() / seconds;
    boolean whole = report.complete() && report.reencrypted() == (long) ACCOUNTS * EACH;
    return new Row(
        "keys of 100,000 connections on SQLite rotated while 4 threads read",
        String.format(
            Locale.ROOT,
            "%,.0f rows/s, %,d reads, %d failed",
            perSecond,
            reads.sum(),
            failed.sum()),
        "",
        "",
        "≥ 5,000 rows/s, 0 failed reads",
        whole && perSecond >= LEAST_PER_SECOND && failed.sum() == 0 && reads.sum() > 0);
  }

  private static String account(int number) {
    return "account-" + number;
  }

  private static String id(int account, int number) {
    return "connection-" + account + "-" + number;
  }

  private void fill(SqliteStore store) {
    ConfigurationSealing sealing =
        new ConfigurationSealing(SecretCipher.open(keys, store.keyset()));
    ConfigurationSpec spec = source.provider().configuration();
    ConfigurationValues values = source.configuration();
    for (int a = 0; a < ACCOUNTS; a++) {
      int number = a;
      Ownership ownership = Ownership.startingWith(Actor.of(account(a), "ada", Role.ADMIN));
      store.atomically(
          account(a),
          () -> {
            for (int i = 0; i < EACH; i++) {
              String id = id(number, i);
              store.insert(
                  StoredConnection.builder(
                          id,
                          ownership,
                          id,
                          "synthetic",
                          sealing.seal(new SealedPlace(account(number), id), spec, values))
                      .created("ada", Instant.EPOCH)
                      .build());
            }
            return number;
          });
    }
  }

  private void read(Connections connections, Random random) {
    while (!over.get()) {
      int account = random.nextInt(ACCOUNTS);
      TenantConnections ada = connections.as(Actor.of(account(account), "ada", Role.ADMIN));
      try {
        if (!ada.get(id(account, random.nextInt(EACH))).problems().isEmpty()) {
          failed.increment();
        }
      } catch (RuntimeException e) {
        failed.increment();
      }
      reads.increment();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
