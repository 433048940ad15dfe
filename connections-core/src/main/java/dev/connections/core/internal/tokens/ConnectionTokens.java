package dev.connections.core.internal.tokens;

import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.ProgressListener;
import dev.connections.api.Registration;
import dev.connections.api.StandardFailures;
import dev.connections.api.TokenStore;
import dev.connections.core.CancelToken;
import dev.connections.core.internal.calls.CallOperation;
import dev.connections.core.internal.calls.CallRuntime;
import dev.connections.core.internal.calls.CallThread;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The tokens of one connection. However many callers need a new one, the source is asked once, and
 * all of them get what it granted, or its failure. That holds for the processes that share a store,
 * too: see {@link SignIn}.
 *
 * <p>The source is asked on a thread of its own and with a deadline of its own. Were it the first
 * caller's, a cancel at the wrong moment would lose a refresh token that the source has just
 * exchanged for the old one, and with it the connection. Each caller waits only as long as its own
 * operation lasts.
 */
public final class ConnectionTokens implements TokenStore {
  private static final Duration LONGEST_SIGN_IN = Duration.ofSeconds(60);
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  /** How long the others wait for a process that died while it asked. */
  private static final Duration LEASE = Duration.ofSeconds(6);

  private final CallRuntime runtime;
  private final Clock clock;
  private final TokenPlace place;
  private final Duration lease;
  private final Object turn = new Object();
  private Optional<CompletableFuture<Token>> underWay = Optional.empty();

  /** What this process has seen last: it saves a look into the store at each use. */
  private StoredTokens known = StoredTokens.NONE;

  /**
   * Makes the tokens of a connection; there is one of these for it, however many adapters.
   *
   * @param runtime its threads and deadlines
   * @param clock tells whether a token has expired
   * @param place where they are kept
   */
  public ConnectionTokens(CallRuntime runtime, Clock clock, TokenPlace place) {
    this(runtime, clock, place, LEASE);
  }

  ConnectionTokens(CallRuntime runtime, Clock clock, TokenPlace place, Duration lease) {
    this.runtime = runtime;
    this.clock = clock;
    this.place = place;
    this.lease = lease;
  }

  @Override
  public Token current(Operation operation, Source source) {
    return get(token -> true, operation, source);
  }

  @Override
  public Token replace(Token refused, Operation operation, Source source) {
    return get(token -> !token.access().equals(refused.access()), operation, source);
  }

  private Token get(Predicate<Token> wanted, Operation operation, Source source) {
    CallThread.refuseNesting("The request for a token");
    operation.checkpoint();
    CompletableFuture<Token> flight;
    synchronized (turn) {
      if (underWay.isEmpty()) {
        Optional<Token> present = stillGood(known).filter(wanted);
        if (present.isPresent()) {
          return present.get();
        }
        flight = begin(source, wanted);
      } else {
        flight = underWay.get();
      }
    }
    return await(flight, operation);
  }

  private CompletableFuture<Token> begin(Source source, Predicate<Token> wanted) {
    CompletableFuture<Token> flight = new CompletableFuture<>();
    underWay = Optional.of(flight);
    try {
      runtime.execute(() -> obtain(source, wanted, flight));
    } catch (RejectedExecutionException closed) {
      underWay = Optional.empty();
      throw StandardFailures.cancelled().asException(closed);
    }
    return flight;
  }

  private void obtain(Source source, Predicate<Token> wanted, CompletableFuture<Token> flight) {
    try (CallOperation signIn =
        runtime.start("sign-in", LONGEST_SIGN_IN, new CancelToken(), ProgressListener.NONE)) {
      SignIn.Outcome outcome =
          new SignIn(
                  runtime, clock, place, lease, source, tokens -> stillGood(tokens).filter(wanted))
              .outcome(signIn);
      synchronized (turn) {
        known = outcome.kept();
      }
      end(() -> flight.complete(outcome.token()));
    } catch (ConnectionException failure) {
      end(() -> flight.completeExceptionally(failure));
    } catch (RuntimeException | Error defect) {
      end(
          () ->
              flight.completeExceptionally(StandardFailures.internal(defect).asException(defect)));
    }
  }

  /** Who comes after this reads the row; who came before hears of the flight. */
  private void end(Runnable completion) {
    synchronized (turn) {
      underWay = Optional.empty();
    }
    completion.run();
  }

  private static Token await(CompletableFuture<Token> flight, Operation operation) {
    CountDownLatch woken = new CountDownLatch(1);
    CompletableFuture<Token> told = flight.whenComplete((token, failure) -> woken.countDown());
    Registration hook = operation.onCancel(woken::countDown);
    try {
      Duration left = operation.remaining();
      while (!left.isZero() && !woken.await(left.toNanos(), TimeUnit.NANOSECONDS)) {
        left = operation.remaining();
      }
    } catch (InterruptedException byHost) {
      Thread.currentThread().interrupt();
      throw StandardFailures.cancelled().asException(byHost);
    } finally {
      hook.close();
    }
    if (!flight.isDone()) {
      operation.checkpoint();
      throw StandardFailures.timedOut("sign-in").asException();
    }
    try {
      return told.join();
    } catch (CompletionException failed) {
      throw ownCopy(failed);
    }
  }

  /** Each caller gets an exception of its own, with its own stack. */
  private static ConnectionException ownCopy(CompletionException failed) {
    if (failed.getCause() instanceof ConnectionException shared) {
      ConnectionException own = ConnectionException.of(shared.failure(), shared);
      return shared.retryAfter().map(own::retryAfter).orElse(own);
    }
    return StandardFailures.internal(failed).asException(failed);
  }

  /** A token is spent a little before it expires; a short-lived one isn't spent from the start. */
  private Optional<Token> stillGood(StoredTokens stored) {
    return stored
        .token()
        .filter(
            token ->
                token
                    .expiresAt()
                    .map(end -> clock.instant().isBefore(end.minus(leeway(stored, end))))
                    .orElse(true));
  }

  private static Duration leeway(StoredTokens stored, Instant end) {
    Duration quarter = Duration.between(stored.obtainedAt(), end).dividedBy(4);
    return quarter.compareTo(LEEWAY) < 0 ? quarter : LEEWAY;
  }
}
