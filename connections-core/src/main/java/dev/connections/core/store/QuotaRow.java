package dev.connections.core.store;

import dev.connections.core.SeenQuota;
import java.util.Objects;
import java.util.Optional;

/**
 * What a source said of an allowance, as a store keeps it.
 *
 * @param connection the id of the connection whose calls heard it
 * @param budget the name of the budget that it shares with other connections of the account, if it
 *     does
 * @param seen what was said, and when
 */
public record QuotaRow(String connection, Optional<String> budget, SeenQuota seen) {
  /**
   * Checks that no part is null.
   *
   * @param connection the connection's id
   * @param budget the name of the shared budget
   * @param seen what was said, and when
   */
  public QuotaRow {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(budget, "budget");
    Objects.requireNonNull(seen, "seen");
  }
}
