package dev.connections.store.host;

import dev.connections.core.access.Actor;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Role;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.store.StoredConfiguration;
import dev.connections.core.store.StoredConnection;
import dev.connections.store.jdbc.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * A process of its own that stores connections one after the other, and prints the id of each when
 * the store has said that it is kept. Sees what the module exports and nothing else.
 */
public final class WritingHost {
  private WritingHost() {}

  /** Takes the file, and how many to store. */
  public static void main(String[] arguments) {
    try (SqliteStore store = SqliteStore.at(Path.of(arguments[0]))) {
      long count = Long.parseLong(arguments[1]);
      for (long i = 0; i < count; i++) {
        String id = UUID.randomUUID().toString();
        store.atomically("acme", () -> stored(store, id));
        System.out.println(id);
        System.out.flush();
      }
      System.out.println(WritingHost.class.getModule() + " " + SqliteStore.class.getModule());
    }
  }

  private static String stored(SqliteStore store, String id) {
    Instant now = Instant.now();
    Ownership ownership = Ownership.startingWith(Actor.of("acme", "ada", Role.MEMBER));
    store.insert(
        StoredConnection.builder(id, ownership, id, "MSSQL", new StoredConfiguration(1, "{}"))
            .created("ada", now)
            .build());
    store
        .audit()
        .append(AuditRecord.of(AuditOperation.CREATE, now, "acme", "ada").connection(id).build());
    return id;
  }
}
