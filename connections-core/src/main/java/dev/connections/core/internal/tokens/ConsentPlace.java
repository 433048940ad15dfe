package dev.connections.core.internal.tokens;

import dev.connections.api.TokenStore.Granted;
import dev.connections.core.store.StoreFailures;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The consents of one connection, in the place of its tokens. Each change is made only to what was
 * read, so of several who bring the same consent one gets it.
 */
public final class ConsentPlace {
  /** A row comes into being by a lease; this one keeps nobody waiting for long. */
  private static final Duration LEASE = Duration.ofSeconds(1);

  private static final int MOST_WRITES = 20;

  private final TokenPlace place;
  private final Clock clock;

  /**
   * Makes it; nothing is read yet.
   *
   * @param place where the connection's tokens are kept
   * @param clock tells when tokens came
   */
  public ConsentPlace(TokenPlace place, Clock clock) {
    this.place = place;
    this.clock = clock;
  }

  /**
   * Keeps a consent that begins. One that was under way ends.
   *
   * @param consent what has to come back
   */
  public void begin(PendingConsent consent) {
    String holder = UUID.randomUUID().toString();
    boolean leased = place.lease(holder, LEASE);
    try {
      write(tokens -> tokens.withPending(Optional.of(consent)));
    } finally {
      if (leased) {
        place.release(holder);
      }
    }
  }

  /**
   * {@return the consent that is under way, if it is the one that is meant; from now on it isn't
   * any more}
   *
   * @param meant whether it is that one
   */
  public Optional<PendingConsent> take(Predicate<PendingConsent> meant) {
    for (int i = 0; i < MOST_WRITES; i++) {
      TokenPlace.Held held = place.read();
      Optional<PendingConsent> pending = held.tokens().pending().filter(meant);
      if (pending.isEmpty() || place.write(held, held.tokens().withPending(Optional.empty()))) {
        return pending;
      }
    }
    throw StoreFailures.staleVersion();
  }

  /**
   * Keeps what was granted, whatever tokens there are.
   *
   * @param granted what the service gave for a consent
   */
  public void keep(Granted granted) {
    write(
        before ->
            new StoredTokens(
                Optional.of(granted.token()),
                clock.instant(),
                granted.refreshToken(),
                before.pending()));
  }

  private void write(UnaryOperator<StoredTokens> change) {
    for (int i = 0; i < MOST_WRITES; i++) {
      TokenPlace.Held held = place.read();
      if (place.write(held, change.apply(held.tokens()))) {
        return;
      }
    }
    throw StoreFailures.staleVersion(); // the connection signs in otherwise by now, or is gone
  }
}
