package dev.connections.store.host;

import dev.connections.api.ConnectionException;
import dev.connections.core.ConnectionFilter;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A process of its own that fills a disk with connections, and says what the store says then. */
public final class FillingHost {
  private static final Actor ADMIN = Actor.of("acme", "ada", Role.ADMIN);
  private static final int BALLAST = 1_000_000;

  private FillingHost() {}

  /** Takes a directory on a small disk. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    Path ballast = Files.write(directory.resolve("ballast"), new byte[BALLAST]);
    try (SqliteStore store = SqliteStore.at(directory.resolve("connections.db"))) {
      List<String> stored = new ArrayList<>();
      say("failed with " + failure(store, stored));
      boolean read = stored.stream().allMatch(id -> store.find("acme", id).isPresent());
      say("all read, more than 20: " + (read && stored.size() > 20));
      say(
          "nothing by halves: "
              + (store.count(ADMIN, ConnectionFilter.all()) == stored.size()
                  && store.audit().records("acme", 0, 1000).size() == stored.size()
                  && store.audit().firstBroken("acme").isEmpty()));
      Files.delete(ballast);
      store(store, "more");
      say("goes on: " + store.find("acme", "more").isPresent());
    }
  }

  private static void say(String line) {
    System.out.println("> " + line);
  }

  private static String failure(SqliteStore store, List<String> stored) {
    while (true) {
      String id = "c" + stored.size();
      try {
        store(store, id);
        stored.add(id);
      } catch (ConnectionException full) {
        return full.code().id().toUpperCase(Locale.ROOT);
      }
    }
  }

  private static void store(SqliteStore store, String id) {
    Instant now = Instant.now();
    store.atomically(
        "acme",
        () -> {
          store.insert(
              StoredConnection.builder(
                      id,
                      Ownership.startingWith(ADMIN),
                      id,
                      "MSSQL",
                      new StoredConfiguration(1, "{\"x\":\"" + "x".repeat(5_000) + "\"}"))
                  .created("ada", now)
                  .build());
          store
              .audit()
              .append(
                  AuditRecord.of(AuditOperation.CREATE, now, "acme", "ada").connection(id).build());
          return id;
        });
  }
}
