package dev.connections.core.store;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Encrypted rows of a store in memory. */
final class InMemorySealedRows implements SealedRows {
  private final Map<String, AccountRows> accounts;

  InMemorySealedRows(Map<String, AccountRows> accounts) {
    this.accounts = accounts;
  }

  @Override
  public Map<Long, Long> countByKey() {
    return countByKey(accounts);
  }

  static Map<Long, Long> countByKey(Map<String, AccountRows> accounts) {
    Map<Long, Long> counts = new HashMap<>();
    for (AccountRows rows : accounts.values()) {
      for (StoredConnection row : rows.all()) {
        row.configuration().keyId().ifPresent(key -> counts.merge(key, 1L, Long::sum));
      }
    }
    return counts;
  }

  @Override
  public Optional<String> nextAccount(SealedRow.Part part, long keyId, String after) {
    return accounts.entrySet().stream()
        .filter(entry -> entry.getKey().compareTo(after) > 0)
        .filter(entry -> sealed(entry.getValue(), keyId).findAny().isPresent())
        .map(Map.Entry::getKey)
        .min(Comparator.naturalOrder());
  }

  private static Stream<StoredConnection> sealed(AccountRows rows, long keyId) {
    return rows.all().stream()
        .filter(row -> row.configuration().keyId().equals(OptionalLong.of(keyId)));
  }

  @Override
  public List<SealedRow> list(
      String account, SealedRow.Part part, long keyId, String after, int limit) {
    AccountRows rows = accounts.get(account);
    return rows == null
        ? List.of()
        : sealed(rows, keyId)
            .filter(row -> row.id().compareTo(after) > 0)
            .sorted(Comparator.comparing(StoredConnection::id))
            .limit(limit)
            .map(InMemorySealedRows::sealed)
            .toList();
  }

  private static SealedRow sealed(StoredConnection row) {
    return new SealedRow(
        row.account(),
        row.id(),
        SealedRow.Part.CONFIGURATION,
        row.configuration().specVersion(),
        row.configuration().json());
  }

  @Override
  public int replace(String account, List<SealedRow.Change> changes) {
    AccountRows rows = accounts.get(account);
    return rows == null
        ? 0
        : rows.atomically(
            () -> (int) changes.stream().filter(change -> replace(rows, change)).count());
  }

  private static boolean replace(AccountRows rows, SealedRow.Change change) {
    StoredConnection present = rows.find(change.before().connection());
    if (present == null || !present.configuration().json().equals(change.before().text())) {
      return false;
    }
    rows.put(
        present.toBuilder()
            .configuration(
                new StoredConfiguration(
                    present.configuration().specVersion(),
                    change.text(),
                    OptionalLong.of(change.keyId())))
            .build());
    return true;
  }
}
