package dev.connections.store.host;

import dev.connections.core.access.Actor;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Role;
import dev.connections.core.audit.AuditLog;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.StoredConfiguration;
import dev.connections.core.store.StoredConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process of its own that stores connections, and prints the id of each when the store has said
 * that it is kept. In a file several threads do, so that they share commits. Sees what the module
 * exports and nothing else.
 */
public final class WritingHost {
  private static final int THREADS = 4;

  private WritingHost() {}

  /** Takes how many to store, and the store. */
  public static void main(String[] arguments) throws InterruptedException {
    List<String> told = Arrays.asList(arguments);
    try (ConnectionStore store = HostStore.open(told.subList(1, told.size()))) {
      AtomicLong left = new AtomicLong(Long.parseLong(arguments[0]));
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < (told.size() == 2 ? THREADS : 1); i++) {
        threads.add(new Thread(() -> write(store, left)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      System.out.println(WritingHost.class.getModule() + " " + store.getClass().getModule());
    }
  }

  private static void write(ConnectionStore store, AtomicLong left) {
    AuditLog audit = store.auditLog().orElseThrow();
    while (left.getAndDecrement() > 0) {
      String id = UUID.randomUUID().toString();
      store.atomically("acme", () -> stored(store, audit, id));
      System.out.println(id);
      System.out.flush();
    }
  }

  private static String stored(ConnectionStore store, AuditLog audit, String id) {
    Instant now = Instant.now();
    Ownership ownership = Ownership.startingWith(Actor.of("acme", "ada", Role.MEMBER));
    store.insert(
        StoredConnection.builder(id, ownership, id, "MSSQL", new StoredConfiguration(1, "{}"))
            .created("ada", now)
            .build());
    audit.append(AuditRecord.of(AuditOperation.CREATE, now, "acme", "ada").connection(id).build());
    return id;
  }
}
