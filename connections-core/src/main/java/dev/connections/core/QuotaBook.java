package dev.connections.core;

import dev.connections.api.ConnectionException;
import dev.connections.api.PlainText;
import dev.connections.api.Quota;
import dev.connections.core.internal.calls.CallScope;
import dev.connections.core.store.QuotaRow;
import dev.connections.core.store.QuotaRows;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What sources say of their allowances, kept for all nodes and for the next start. A source may say
 * so with each answer; it is written some seconds later, the latest only.
 */
final class QuotaBook {
  private static final Logger LOG = LoggerFactory.getLogger(QuotaBook.class);
  private static final int LONGEST_NAME = 200;

  private record Key(CallScope scope, String name) {}

  private final Optional<QuotaRows> store;
  private final Clock clock;
  private final Map<Key, QuotaRow> unwritten = new ConcurrentHashMap<>();

  QuotaBook(Optional<QuotaRows> store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  void observed(CallScope scope, Optional<String> budget, Quota quota) {
    if (store.isPresent()) {
      String name = PlainText.of(quota.name(), LONGEST_NAME);
      Quota plain = new Quota(name, quota.used(), quota.limit(), quota.resetsAt());
      SeenQuota seen = new SeenQuota(plain, clock.instant().truncatedTo(ChronoUnit.MICROS));
      unwritten.put(
          new Key(scope, name),
          new QuotaRow(
              scope.connectionId(), budget.map(text -> PlainText.of(text, LONGEST_NAME)), seen));
    }
  }

  /**
   * Writes what isn't written yet. What the store doesn't take is lost: the source says it again.
   */
  void write() {
    Map<String, List<QuotaRow>> byAccount = new HashMap<>();
    for (Map.Entry<Key, QuotaRow> entry : List.copyOf(unwritten.entrySet())) {
      if (unwritten.remove(entry.getKey(), entry.getValue())) {
        byAccount
            .computeIfAbsent(entry.getKey().scope().account(), none -> new ArrayList<>())
            .add(entry.getValue());
      }
    }
    byAccount.forEach(this::write);
  }

  private void write(String account, List<QuotaRow> rows) {
    try {
      store.ifPresent(kept -> kept.keep(account, rows));
    } catch (ConnectionException failure) {
      LOG.warn("What sources said of their allowances isn't kept: {}.", failure.code().id());
    }
  }

  /** The latest that is known of each allowance of a connection, by name. */
  Collection<SeenQuota> of(String account, String connection) {
    write();
    Map<String, SeenQuota> latest = new HashMap<>();
    store.stream()
        .flatMap(kept -> kept.find(account, connection).stream())
        .map(QuotaRow::seen)
        .forEach(seen -> latest.merge(seen.quota().name(), seen, QuotaBook::later));
    return latest.values();
  }

  private static SeenQuota later(SeenQuota one, SeenQuota other) {
    return one.seenAt().isBefore(other.seenAt()) ? other : one;
  }
}
