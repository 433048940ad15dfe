package dev.connections.core;

import dev.connections.api.ConnectionException;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.SchemaDrift;
import dev.connections.core.importing.TableDrift;
import dev.connections.core.internal.cache.CacheObject;
import dev.connections.core.internal.cache.TenantKey;
import dev.connections.core.internal.importing.TableComparison;
import dev.connections.core.internal.json.Json;
import dev.connections.core.store.CachedMetadata;
import dev.connections.core.store.CachedMetadata.Place;
import dev.connections.core.store.CachedMetadata.Row;
import dev.connections.core.store.StoredConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears an import and sees to it that no cache gives a table as it was before. In memory each
 * imported table is dropped; in the store, where other nodes look, those are marked that are
 * otherwise now or gone. Some hundred tables are compared at a time.
 */
final class StaleTables implements ImportListener {
  private static final Logger LOG = LoggerFactory.getLogger(StaleTables.class);
  private static final int MOST_TABLES = 200;
  private static final int MOST_COLUMNS = 20_000;

  private final Workings workings;
  private final StoredConnection row;
  private final Map<TableName, TableMetadata> read = new LinkedHashMap<>();
  private Optional<CachedMetadata> shared;
  private int columns;

  StaleTables(Workings workings, StoredConnection row) {
    this.workings = workings;
    this.row = row;
    this.shared = workings.store().cachedMetadata();
  }

  @Override
  public void table(TableMetadata table) {
    workings
        .cache()
        .invalidate(
            new TenantKey<>(
                row.account(),
                row.id(),
                row.configurationVersion(),
                row.metadataVersion(),
                new CacheObject.Table(table.name())));
    if (shared.isPresent()) {
      read.put(Json.whole(table.name()), table);
      columns += table.columns().size();
      if (read.size() >= MOST_TABLES || columns >= MOST_COLUMNS) {
        markChanged();
      }
    }
  }

  @Override
  public void finished(ImportReport report) {
    markChanged();
    List<TableName> gone =
        report.drift().stream()
            .flatMap(drift -> drift.tables().stream())
            .filter(table -> table.kind() != TableDrift.Kind.CHANGED)
            .map(TableDrift::name)
            .toList();
    for (int from = 0; from < gone.size(); from += MOST_TABLES) {
      mark(gone.subList(from, Math.min(gone.size(), from + MOST_TABLES)));
    }
    if (!report.drift().map(SchemaDrift::isEmpty).orElse(false)) {
      forgetListings();
    }
  }

  /**
   * Where something is otherwise, or nothing says that all is as it was, no listing is believed.
   */
  private void forgetListings() {
    workings.cache().invalidateListings(row.account(), row.id());
    guarded(store -> store.markPagesStale(row.account(), row.id()));
  }

  private void markChanged() {
    if (!read.isEmpty()) {
      guarded(
          store -> {
            Map<TableName, Row> kept = store.tables(Place.of(row), read.keySet());
            List<TableName> changed = new ArrayList<>();
            read.forEach(
                (name, table) ->
                    Optional.ofNullable(kept.get(name))
                        .filter(before -> isOtherwise(before, table))
                        .ifPresent(otherwise -> changed.add(name)));
            markIn(store, changed);
          });
      read.clear();
      columns = 0;
    }
  }

  private static boolean isOtherwise(Row kept, TableMetadata now) {
    return SharedMetadata.read(kept)
        .map(before -> !TableComparison.of(before, now).isEmpty())
        .orElse(true);
  }

  private void mark(List<TableName> names) {
    guarded(store -> markIn(store, names.stream().map(Json::whole).toList()));
  }

  private void markIn(CachedMetadata store, List<TableName> names) {
    if (!names.isEmpty()) {
      store.markStale(row.account(), row.id(), names);
    }
  }

  private interface Work {
    void in(CachedMetadata store);
  }

  /** An import doesn't end because the cache can't be written: then all of it is old for it. */
  private void guarded(Work work) {
    try {
      shared.ifPresent(work::in);
    } catch (ConnectionException failure) {
      LOG.warn("Tables couldn't be marked as stale: {}.", failure.code().id());
      shared = Optional.empty();
    }
  }
}
