package dev.connections.core;

import dev.connections.core.audit.AuditLog;
import dev.connections.core.history.HistorySettings;
import dev.connections.core.internal.cache.MetadataCache;
import dev.connections.core.internal.calls.CallRuntime;
import dev.connections.core.internal.observe.GuardedObserver;
import dev.connections.core.internal.pool.AdapterPool;
import dev.connections.core.internal.registry.AdapterRegistry;
import dev.connections.core.internal.registry.InstalledType;
import dev.connections.core.internal.sealing.SecretCipher;
import dev.connections.core.internal.sealing.StoreKeys;
import dev.connections.core.internal.tokens.TokenStores;
import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.SnapshotStore;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What all tenants of one {@link Connections} share. */
record Workings(
    ConnectionStore store,
    AuditLog auditLog,
    GuardedObserver observer,
    AdapterRegistry registry,
    Configurations configurations,
    SecretCipher cipher,
    StoreKeys keys,
    References references,
    CallRuntime runtime,
    TokenStores tokens,
    AdapterPool pool,
    MetadataCache cache,
    Clock clock,
    RunningCalls calls,
    boolean comparesImports,
    CacheSettings cacheSettings,
    HistorySettings history,
    boolean auditRequired,
    boolean auditReads,
    QuotaBook quotas) {

  /** Where imports are compared with what was there before, if they are. */
  Optional<SnapshotStore> snapshots() {
    return comparesImports ? store.snapshots() : Optional.empty();
  }

  /** What other nodes have read, if the store keeps it. */
  Optional<SharedMetadata> shared() {
    return store.cachedMetadata().map(kept -> new SharedMetadata(kept, clock));
  }

  /** A filter in which each type's id stands with all the names its connections are stored with. */
  ConnectionFilter spelledOut(ConnectionFilter filter) {
    Set<String> all = new HashSet<>(filter.types());
    for (String name : filter.types()) {
      registry
          .find(name)
          .map(InstalledType::type)
          .filter(type -> type.id().equalsIgnoreCase(name))
          .ifPresent(type -> type.storedNames().forEach(stored -> all.add(stored.name())));
    }
    return filter.withTypes(all);
  }

  PastRuns pastRuns() {
    return new PastRuns(store.runs(), history);
  }

  Audit audit() {
    return new Audit(auditLog, clock, auditRequired);
  }

  Access access() {
    return new Access(store, audit());
  }

  Leases leases() {
    return new Leases(this);
  }
}
