package dev.connections.core.internal.calls;

import dev.connections.api.CallLimits;
import dev.connections.api.Quota;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The budgets in use: one for each connection, or for those of an account that share one. */
final class Budgets {
  private record Key(String account, boolean shared, String name) {}

  private final ConcurrentMap<Key, Budget> budgets = new ConcurrentHashMap<>();

  /** {@return the budget of a connection, which keeps its limits from now on} */
  Budget join(CallScope scope, CallLimits limits) {
    Key key =
        limits
            .sharedBudget()
            .map(name -> new Key(scope.account(), true, name))
            .orElseGet(() -> new Key(scope.account(), false, scope.connectionId()));
    return budgets.compute(
        key,
        (same, present) -> {
          Budget budget = present == null ? new Budget(limits) : present;
          budget.join(scope.connectionId(), limits);
          return budget;
        });
  }

  /** {@return the budget that a connection has for itself alone, if it has one} */
  Optional<Budget> own(CallScope scope) {
    return Optional.ofNullable(budgets.get(new Key(scope.account(), false, scope.connectionId())));
  }

  /** Forgets a connection, and the budgets that nobody has any more. */
  void leave(CallScope scope) {
    for (Key key : budgets.keySet()) {
      if (key.account().equals(scope.account())) {
        budgets.computeIfPresent(
            key, (same, budget) -> budget.leave(scope.connectionId()) ? null : budget);
      }
    }
  }

  List<Quota> quotas(CallScope scope) {
    return budgets.entrySet().stream()
        .filter(entry -> entry.getKey().account().equals(scope.account()))
        .filter(entry -> entry.getValue().has(scope.connectionId()))
        .flatMap(entry -> entry.getValue().quotas().stream())
        .toList();
  }
}
