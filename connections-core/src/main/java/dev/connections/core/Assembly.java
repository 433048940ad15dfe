package dev.connections.core;

import dev.connections.api.ConnectionException;
import dev.connections.api.Registration;
import dev.connections.core.audit.LoggingAuditLog;
import dev.connections.core.internal.cache.CacheLimits;
import dev.connections.core.internal.cache.MetadataCache;
import dev.connections.core.internal.calls.CallRuntime;
import dev.connections.core.internal.observe.GuardedObserver;
import dev.connections.core.internal.pool.AdapterPool;
import dev.connections.core.internal.registry.AdapterRegistry;
import dev.connections.core.internal.sealing.ConfigurationSealing;
import dev.connections.core.internal.sealing.SecretCipher;
import dev.connections.core.internal.sealing.StoreKeys;
import dev.connections.core.internal.tokens.TokenStores;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.InMemoryConnectionStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of a {@link Connections} together, and takes them apart again. */
record Assembly(Workings workings, AutoCloseable sweeper) {
  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);

  /** How soon a key that another process has added is known here, at the latest. */
  private static final Duration LOOK_AT_KEYS = Duration.ofSeconds(60);

  /** How soon other nodes know what a source said of its allowances here, about. */
  private static final Duration KEEP_QUOTAS = Duration.ofSeconds(5);

  static Assembly of(Connections.Builder builder) {
    ConnectionStore store = builder.store.orElseGet(InMemoryConnectionStore::create);
    KeySource keys =
        builder.keys.orElseGet(
            () ->
                store instanceof InMemoryConnectionStore
                    ? KeySource.ephemeral()
                    : KeySource.localFile(Connections.Builder.keyFile()));
    SecretCipher cipher = SecretCipher.open(keys, store.keyset());
    AdapterRegistry registry = AdapterRegistry.of(builder.providers, builder.pluginLoader);
    CallRuntime runtime = new CallRuntime(builder.clock, builder.egress, builder.executor);
    AdapterPool pool = new AdapterPool(builder.mostAdapters, builder.adapterIdle, System::nanoTime);
    CacheSettings cache = builder.cache;
    QuotaBook quotas = new QuotaBook(store.quotas(), builder.clock);
    runtime.onQuota(quotas::observed);
    Workings workings =
        new Workings(
            store,
            builder.auditLog.or(store::auditLog).orElseGet(LoggingAuditLog::create),
            new GuardedObserver(builder.observer),
            registry,
            new Configurations(new ConfigurationSealing(cipher), registry, builder.clock),
            cipher,
            new StoreKeys(keys, store.keyset(), cipher),
            new References(Map.copyOf(builder.resolvers)),
            runtime,
            new TokenStores(runtime, builder.clock),
            pool,
            new MetadataCache(
                new CacheLimits(cache.weight(), cache.fresh()), runtime::execute, System::nanoTime),
            builder.clock,
            new RunningCalls(runtime),
            builder.comparesImports,
            cache,
            builder.history,
            builder.auditRequired,
            builder.auditReads,
            quotas);
    Duration pause = builder.adapterIdle.dividedBy(2).plusMillis(1);
    Registration idle = runtime.every(pause, pool::closeIdle);
    Registration keysAnew = runtime.every(LOOK_AT_KEYS, () -> refreshed(cipher));
    Registration allowances = runtime.every(KEEP_QUOTAS, quotas::write);
    PastRuns past = workings.pastRuns();
    Registration oldRuns = runtime.every(past.pause(), () -> past.deleteOld(builder.clock));
    return new Assembly(
        workings,
        () -> {
          idle.close();
          keysAnew.close();
          allowances.close();
          oldRuns.close();
        });
  }

  private static void refreshed(SecretCipher cipher) {
    try {
      cipher.refresh();
    } catch (ConnectionException later) {
      LOG.warn("The store's keys couldn't be looked at: {}.", later.code().id());
    }
  }

  /** To be called when no call is under way any more. */
  static void release(Workings workings, AutoCloseable sweeper, Duration patience) {
    quietly(sweeper);
    within(patience, workings);
    workings.cache().clear();
    quietly(workings.runtime());
    quietly(workings.quotas()::write);
    quietly(workings.store());
  }

  /** A plugin may take its time to close an adapter; it doesn't keep the host from ending. */
  private static void within(Duration patience, Workings workings) {
    AdapterPool pool = workings.pool();
    try {
      CompletableFuture.runAsync(() -> quietly(pool), workings.runtime()::execute)
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      LOG.warn("Adapters that take longer than {} to close are left to themselves.", patience);
    } catch (RejectedExecutionException noThread) {
      quietly(pool); // the host has ended its executor already
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException defect) {
      LOG.warn("Adapters couldn't be closed: {}.", defect.getClass().getName());
    }
  }

  /** One part that can't be released keeps no other from it. */
  private static void quietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn(
          "{} couldn't be released: {}.", part.getClass().getSimpleName(), e.getClass().getName());
    }
  }
}
