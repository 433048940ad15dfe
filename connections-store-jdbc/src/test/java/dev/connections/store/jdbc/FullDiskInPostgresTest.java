package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.ConnectionException;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.ListRequest;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.store.StoredConfiguration;
import dev.connections.core.store.StoredConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose disk for the store's tables really is full, and then has room again. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class FullDiskInPostgresTest {
  private static final int MEGABYTES = 24;

  @TempDir Path directory;

  private final Random random = new Random(42);

  /** Of random text, which the server can't make small. */
  private StoredConnection large(int number) {
    byte[] bytes = new byte[20_000];
    random.nextBytes(bytes);
    StoredConfiguration configuration =
        new StoredConfiguration(1, "{\"x\":\"" + HexFormat.of().formatHex(bytes) + "\"}");
    return Rows.row("acme", "Connection " + number).toBuilder()
        .configuration(configuration)
        .build();
  }

  private static void store(PostgresStore store, StoredConnection row) {
    store.atomically(
        "acme",
        () -> {
          store.insert(row);
          store
              .audit()
              .append(
                  AuditRecord.of(AuditOperation.CREATE, Rows.NOON, "acme", "ada")
                      .connection(row.id())
                      .build());
          return row;
        });
  }

  private List<StoredConnection> filled(PostgresStore store) {
    List<StoredConnection> stored = new ArrayList<>();
    while (true) {
      StoredConnection row = large(stored.size());
      try {
        store(store, row);
        stored.add(row);
      } catch (ConnectionException full) {
        assertThat(full.code()).isEqualTo(StoreErrorCode.STORE_FULL);
        assertThat(full.failure().vendorCode()).contains("53100");
        assertThat(full.failure().remedy()).isPresent();
        return stored;
      }
    }
  }

  private static void assertWhole(PostgresStore store, List<StoredConnection> stored) {
    for (StoredConnection row : stored) {
      assertThat(store.find("acme", row.id())).contains(row);
    }
    assertThat(store.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(stored.size());
    assertThat(store.list(Rows.ADMIN, ConnectionFilter.all(), ListRequest.first()).items())
        .hasSize(Math.min(stored.size(), ListRequest.DEFAULT_LIMIT));
    assertThat(OtherProcessTest.audited(store)).hasSize(stored.size());
    assertThat(store.audit().check("acme").sound()).isTrue();
  }

  @Test
  void a_full_disk_is_told_what_is_stored_can_be_read_and_with_room_it_goes_on() throws Exception {
    assumeTrue(SmallDisk.isPossible(directory), "this system gives no process a disk of its own");
    SmallDisk disk = new SmallDisk(Files.createDirectory(directory.resolve("small")), MEGABYTES);
    try (CrashingServer server = new CrashingServer(directory, disk)) {
      server.start();
      server.moveTo(disk);
      try (PostgresStore store = PostgresStore.at(server.settings().build())) {
        List<StoredConnection> stored = filled(store);
        assertThat(stored).hasSizeGreaterThan(50);
        assertWhole(store, stored);
        StoredConnection first = stored.get(0);
        Rows.failing(
            () ->
                store.atomically(
                    "acme",
                    () -> {
                      store.delete("acme", first.id(), first.version());
                      for (int i = 0; i < 100; i++) { // what is left of a page takes some of them
                        store.insert(large(1000 + i));
                      }
                      return first;
                    }),
            StoreErrorCode.STORE_FULL);
        assertWhole(store, stored);
        disk.makeRoom(server.pid());
        StoredConnection more = large(10_000);
        store(store, more);
        stored.add(more);
        assertWhole(store, stored);
      }
    }
  }
}
