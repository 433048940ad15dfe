package dev.connections.core.internal.calls;

import dev.connections.api.Quota;
import java.util.Optional;

/** Hears what sources say of their allowances. Called on the thread of the call, so it is quick. */
@FunctionalInterface
public interface QuotaListener {
  /**
   * Hears of one allowance.
   *
   * @param scope whose call heard it
   * @param budget the name of the budget that the connection shares, if it shares one
   * @param quota what the source said
   */
  void observed(CallScope scope, Optional<String> budget, Quota quota);
}
