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
  private final InMemoryTokenRows tokens;

  InMemorySealedRows(Map<String, AccountRows> accounts, InMemoryTokenRows tokens) {
    this.accounts = accounts;
    this.tokens = tokens;
  }

  private record Keyed(SealedRow row, long keyId) {}

  @Override
  public Map<Long, Long> countByKey() {
    Map<Long, Long> counts = new HashMap<>();
    for (SealedRow.Part part : SealedRow.Part.values()) {
      all(part).forEach(keyed -> counts.merge(keyed.keyId, 1L, Long::sum));
    }
    return counts;
  }

  private Stream<Keyed> all(SealedRow.Part part) {
    return switch (part) {
      case CONFIGURATION ->
          accounts.values().stream()
              .flatMap(rows -> rows.all().stream())
              .flatMap(row -> keyed(row).stream());
      case TOKENS -> tokens.all().map(InMemorySealedRows::keyed);
    };
  }

  private static Optional<Keyed> keyed(StoredConnection row) {
    StoredConfiguration configuration = row.configuration();
    return configuration.keyId().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Keyed(
                new SealedRow(
                    row.account(),
                    row.id(),
                    SealedRow.Part.CONFIGURATION,
                    configuration.specVersion(),
                    configuration.json()),
                configuration.keyId().getAsLong()));
  }

  private static Keyed keyed(TokenRow row) {
    return new Keyed(
        new SealedRow(row.account(), row.connection(), SealedRow.Part.TOKENS, 1, row.text()),
        row.keyId().orElseThrow());
  }

  private Stream<SealedRow> all(SealedRow.Part part, long keyId) {
    return all(part).filter(keyed -> keyed.keyId == keyId).map(Keyed::row);
  }

  @Override
  public Optional<String> nextAccount(SealedRow.Part part, long keyId, String after) {
    return all(part, keyId)
        .map(SealedRow::account)
        .filter(account -> account.compareTo(after) > 0)
        .min(Comparator.naturalOrder());
  }

  @Override
  public List<SealedRow> list(
      String account, SealedRow.Part part, long keyId, String after, int limit) {
    return all(part, keyId)
        .filter(row -> row.account().equals(account))
        .filter(row -> row.connection().compareTo(after) > 0)
        .sorted(Comparator.comparing(SealedRow::connection))
        .limit(limit)
        .toList();
  }

  @Override
  public int replace(String account, List<SealedRow.Change> changes) {
    AccountRows rows = accounts.get(account);
    return rows == null
        ? 0
        : rows.atomically(
            () -> (int) changes.stream().filter(change -> replace(account, rows, change)).count());
  }

  private boolean replace(String account, AccountRows rows, SealedRow.Change change) {
    return switch (change.before().part()) {
      case CONFIGURATION -> replace(rows, change);
      case TOKENS -> change.before().account().equals(account) && tokens.reencrypt(change);
    };
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
