package dev.connections.core.internal.tokens;

import dev.connections.api.ConsentFlow;
import java.time.Instant;
import java.util.Objects;

/**
 * A consent that was begun: what has to come back, and from whom. Kept with the tokens, so that
 * every process with the store can complete it, and one of them only.
 *
 * @param visit what the visit to the service is recognised by
 * @param user who began it
 * @param until when it is too late
 */
public record PendingConsent(ConsentFlow.Visit visit, String user, Instant until) {
  /**
   * Checks that no part is null.
   *
   * @param visit what the visit is recognised by
   * @param user who began it
   * @param until when it is too late
   */
  public PendingConsent {
    Objects.requireNonNull(visit, "visit");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(until, "until");
  }
}
