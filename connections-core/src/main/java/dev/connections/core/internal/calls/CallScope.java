package dev.connections.core.internal.calls;

import java.util.Objects;

/**
 * Whose calls they are.
 *
 * @param account the tenant; budgets are never shared over it
 * @param connectionId the connection
 */
public record CallScope(String account, String connectionId) {
  /**
   * Checks that no part is null.
   *
   * @param account the tenant
   * @param connectionId the connection
   */
  public CallScope {
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(connectionId, "connectionId");
  }
}
