package dev.connections.core.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What sources said of their allowances, in memory. */
final class InMemoryQuotas implements QuotaRows {
  private final Function<String, AccountRows> accounts;

  InMemoryQuotas(Function<String, AccountRows> accounts) {
    this.accounts = accounts;
  }

  @Override
  public void keep(String account, Collection<QuotaRow> given) {
    AccountRows rows = accounts.apply(account);
    rows.atomically(
        () -> {
          for (QuotaRow row : given) {
            if (rows.find(row.connection()) != null) {
              keep(rows.belongings(row.connection()), row, rows);
            }
          }
          return given;
        });
  }

  private static void keep(Belongings belongings, QuotaRow row, AccountRows rows) {
    List<QuotaRow> before = belongings.quotas();
    List<QuotaRow> after = new ArrayList<>(before);
    Optional<QuotaRow> present = before.stream().filter(kept -> isSame(kept, row)).findFirst();
    if (present.isPresent() && present.get().seen().seenAt().isAfter(row.seen().seenAt())) {
      return;
    }
    after.removeIf(kept -> isSame(kept, row));
    after.add(row);
    rows.onUndo(() -> belongings.quotas(before));
    belongings.quotas(List.copyOf(after));
  }

  private static boolean isSame(QuotaRow one, QuotaRow other) {
    return one.seen().quota().name().equals(other.seen().quota().name());
  }

  @Override
  public List<QuotaRow> find(String account, String connection) {
    AccountRows rows = accounts.apply(account);
    return rows.atomically(
        () -> {
          if (rows.find(connection) == null) {
            return List.of();
          }
          Set<String> shared =
              rows.belongings(connection).quotas().stream()
                  .flatMap(row -> row.budget().stream())
                  .collect(Collectors.toUnmodifiableSet());
          return rows.all().stream()
              .flatMap(row -> rows.belongings(row.id()).quotas().stream())
              .filter(
                  row ->
                      row.connection().equals(connection)
                          || row.budget().filter(shared::contains).isPresent())
              .toList();
        });
  }
}
