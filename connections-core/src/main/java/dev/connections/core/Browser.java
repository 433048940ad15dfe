package dev.connections.core;

import dev.connections.api.ConnectionAdapter;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.SchemaInfo;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.core.access.Actor;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.internal.cache.CacheObject;
import dev.connections.core.internal.cache.Fresh;
import dev.connections.core.internal.cache.TenantKey;
import dev.connections.core.observe.ObservedOperation;
import dev.connections.core.store.CachedMetadata;
import dev.connections.core.store.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Reads what a source holds, through the cache. Who is answered from the cache was found to have
 * the right just now; only what goes to the source is audited.
 */
record Browser(Workings workings) {
  private static final Duration USUAL = Duration.ofSeconds(60);

  /**
   * One kind of reading.
   *
   * @param observed what metrics call it
   * @param what what messages call it
   * @param purpose what the audit log calls it
   * @param source reads it
   */
  private record Reading<T>(
      ObservedOperation observed,
      String what,
      Leases.Purpose purpose,
      BiFunction<ConnectionAdapter, Operation, T> source) {}

  List<SchemaInfo> schemas(Actor actor, String id, CallOptions options) {
    return read(
        actor,
        id,
        new CacheObject.Schemas(),
        new Reading<>(
            ObservedOperation.LIST_SCHEMAS,
            "listing of schemas",
            Leases.Purpose.of(AuditOperation.INTROSPECT),
            (adapter, operation) -> adapter.listSchemas(operation)),
        options);
  }

  Page<TableInfo> tables(Actor actor, String id, TableQuery query, CallOptions options) {
    return read(
        actor,
        id,
        new CacheObject.Tables(query),
        new Reading<>(
            ObservedOperation.LIST_TABLES,
            "listing of tables",
            Leases.Purpose.of(AuditOperation.INTROSPECT, query.schema().display()),
            (adapter, operation) -> adapter.listTables(query, operation)),
        options);
  }

  TableMetadata table(Actor actor, String id, TableName table, CallOptions options) {
    return read(actor, id, new CacheObject.Table(table), reading(table), options);
  }

  private static Reading<TableMetadata> reading(TableName table) {
    return new Reading<>(
        ObservedOperation.READ_TABLE,
        "reading of the table",
        Leases.Purpose.of(AuditOperation.INTROSPECT, table.display()),
        (adapter, operation) -> adapter.getTableMetadata(table, operation));
  }

  private <T> T read(
      Actor actor, String id, CacheObject<T> object, Reading<T> reading, CallOptions options) {
    workings.calls().refuseIfClosed();
    StoredConnection row = workings.access().use(actor, id, AuditOperation.INTROSPECT);
    Wish<T> wish = new Wish<>(actor, row, object, reading);
    Optional<T> kept = workings.cache().find(key(row, object), () -> again(wish));
    return kept.isPresent() ? kept.get() : read(wish, options);
  }

  /** Who wants what of which connection, with the rights he had when he asked. */
  private record Wish<T>(
      Actor actor, StoredConnection row, CacheObject<T> object, Reading<T> reading) {}

  private <T> T read(Wish<T> wish, CallOptions options) {
    return workings
        .calls()
        .call(
            wish.reading.what,
            USUAL,
            options,
            operation ->
                workings
                    .cache()
                    .read(
                        key(wish.row, wish.object),
                        () -> fresh(wish, life(wish.row), operation),
                        operation));
  }

  /** Behind a caller's back, in a time of its own; another node may just have done it. */
  private <T> Fresh<T> again(Wish<T> wish) {
    return workings
        .calls()
        .call(
            wish.reading.what,
            USUAL,
            CallOptions.defaults(),
            operation -> fresh(wish, workings.cacheSettings().fresh(), operation));
  }

  /** From the store, if it was read less than some time ago; else from the source. */
  private <T> Fresh<T> fresh(Wish<T> wish, Duration youngerThan, Operation operation) {
    CachedMetadata.Place place = CachedMetadata.Place.of(wish.row);
    Optional<Fresh<T>> shared =
        workings.shared().flatMap(store -> store.find(place, wish.object, youngerThan));
    if (shared.isPresent()) {
      return shared.get();
    }
    Instant asked = workings.clock().instant();
    T value = observed(wish.actor, wish.row.id(), wish.reading, operation);
    Duration life = life(wish.row);
    workings.shared().ifPresent(store -> store.keep(place, wish.object, value, asked, life));
    return Fresh.now(value, life);
  }

  private Duration life(StoredConnection row) {
    return row.metadataExpiry().orElse(workings.cacheSettings().expiry());
  }

  private <T> T observed(Actor actor, String id, Reading<T> reading, Operation operation) {
    return workings
        .observer()
        .timed(
            reading.observed,
            () ->
                workings
                    .leases()
                    .with(
                        actor,
                        id,
                        reading.purpose,
                        operation,
                        adapter -> reading.source.apply(adapter, operation)));
  }

  private static <T> TenantKey<T> key(StoredConnection row, CacheObject<T> object) {
    return new TenantKey<>(
        row.account(), row.id(), row.configurationVersion(), row.metadataVersion(), object);
  }
}
