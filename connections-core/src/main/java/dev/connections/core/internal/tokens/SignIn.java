package dev.connections.core.internal.tokens;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Registration;
import dev.connections.api.StandardFailures;
import dev.connections.api.TokenStore.Granted;
import dev.connections.api.TokenStore.Source;
import dev.connections.api.TokenStore.Token;
import dev.connections.core.internal.calls.CallOperation;
import dev.connections.core.internal.calls.CallRuntime;
import dev.connections.core.store.StoreFailures;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One sign-in: of several processes one asks the source, the others wait for what it gets. What was
 * granted is written before anybody has it.
 *
 * <p>The lease is renewed while the source takes its time, and ends by itself if this process dies.
 * Should it be lost nevertheless, nothing is: who is refused because another process was granted
 * something meanwhile reads what that one has written.
 */
final class SignIn {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
  private static final int MOST_WRITES = 3;

  private final String holder = UUID.randomUUID().toString();
  private final CallRuntime runtime;
  private final Clock clock;
  private final TokenPlace place;
  private final Duration lease;
  private final Source source;
  private final Function<StoredTokens, Optional<Token>> good;
  private boolean ended;

  /** What a sign-in ended with: the token, and all that is kept now. */
  record Outcome(Token token, StoredTokens kept) {}

  SignIn(
      CallRuntime runtime,
      Clock clock,
      TokenPlace place,
      Duration lease,
      Source source,
      Function<StoredTokens, Optional<Token>> good) {
    this.runtime = runtime;
    this.clock = clock;
    this.place = place;
    this.lease = lease;
    this.source = source;
    this.good = good;
  }

  Outcome outcome(CallOperation operation) {
    while (true) {
      Optional<Outcome> stored = usable(place.read());
      if (stored.isPresent()) {
        return stored.get();
      }
      if (place.lease(holder, lease)) {
        return leased(operation);
      }
      pause(operation);
    }
  }

  private Optional<Outcome> usable(TokenPlace.Held held) {
    return good.apply(held.tokens()).map(token -> new Outcome(token, held.tokens()));
  }

  private Outcome leased(CallOperation operation) {
    Registration renewal = runtime.every(lease.dividedBy(3), this::renew);
    try {
      TokenPlace.Held held = place.read(); // another may have written before we had the lease
      Optional<Outcome> stored = usable(held);
      return stored.isPresent() ? stored.get() : asked(held, operation);
    } finally {
      renewal.close();
      end();
    }
  }

  private synchronized void renew() {
    if (!ended) {
      quietly(() -> place.lease(holder, lease));
    }
  }

  /** A renewal that comes late would take the lease again. */
  private synchronized void end() {
    ended = true;
    quietly(() -> place.release(holder));
  }

  /** A lease that can't be renewed or given back ends by itself. */
  private static void quietly(Runnable call) {
    try {
      call.run();
    } catch (ConnectionException later) {
      // As said.
    }
  }

  private Outcome asked(TokenPlace.Held held, CallOperation operation) {
    try {
      return written(held, source.obtain(held.tokens().refreshToken(), operation));
    } catch (ConnectionException refused) {
      if (refused.category() != Category.AUTHENTICATION) {
        throw refused;
      }
      TokenPlace.Held present = place.read();
      if (present.version() == held.version()) {
        throw refused;
      }
      // Our refresh token was spent by another process: what it got for it is there.
      Optional<Outcome> stored = usable(present);
      return stored.isPresent()
          ? stored.get()
          : written(present, source.obtain(present.tokens().refreshToken(), operation));
    }
  }

  private Outcome written(TokenPlace.Held read, Granted granted) {
    TokenPlace.Held before = read;
    for (int i = 0; i < MOST_WRITES; i++) {
      StoredTokens tokens =
          new StoredTokens(
              Optional.of(granted.token()),
              clock.instant(),
              granted.refreshToken().or(before.tokens()::refreshToken),
              before.tokens().pending());
      if (place.write(before, tokens)) {
        return new Outcome(granted.token(), tokens);
      }
      before = place.read();
      Optional<Outcome> theirs = usable(before);
      if (theirs.isPresent()) {
        return theirs.get(); // what is kept is what everybody uses
      }
    }
    throw StoreFailures.staleVersion(); // the connection signs in otherwise by now, or is gone
  }

  private void pause(CallOperation operation) {
    CountDownLatch woken = new CountDownLatch(1);
    Registration hook = operation.onCancel(woken::countDown);
    try {
      long nanos = Math.min(LOOK_AGAIN.toNanos(), operation.remaining().toNanos());
      if (woken.await(nanos, TimeUnit.NANOSECONDS) || operation.remaining().isZero()) {
        operation.checkpoint();
        throw StandardFailures.timedOut("sign-in").asException();
      }
    } catch (InterruptedException byHost) {
      Thread.currentThread().interrupt();
      throw StandardFailures.cancelled().asException(byHost);
    } finally {
      hook.close();
    }
  }
}
