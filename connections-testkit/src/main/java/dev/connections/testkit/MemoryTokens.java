package dev.connections.testkit;

import dev.connections.api.Operation;
import dev.connections.api.Secret;
import dev.connections.api.TokenStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Tokens of one connection, kept in memory; one caller at a time asks the source. */
final class MemoryTokens implements TokenStore {
  private static final Duration LEEWAY = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock(true);
  private volatile Optional<Token> token = Optional.empty();
  private Optional<Secret> refreshToken = Optional.empty();

  MemoryTokens(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Token current(Operation operation, Source source) {
    AttemptThread.refuseNesting("The request for a token");
    Optional<Token> good = token.filter(this::stillGood);
    return good.isPresent() ? good.get() : refresh(this::stillGood, operation, source);
  }

  @Override
  public Token replace(Token refused, Operation operation, Source source) {
    AttemptThread.refuseNesting("The request for a token");
    return refresh(stored -> !stored.equals(refused) && stillGood(stored), operation, source);
  }

  private Token refresh(Predicate<Token> useful, Operation operation, Source source) {
    lock(operation);
    try {
      Optional<Token> stored = token.filter(useful);
      if (stored.isPresent()) {
        return stored.get();
      }
      Granted granted = source.obtain(refreshToken, operation);
      refreshToken = granted.refreshToken().or(() -> refreshToken);
      token = Optional.of(granted.token());
      return granted.token();
    } finally {
      lock.unlock();
    }
  }

  private void lock(Operation operation) {
    try {
      do {
        operation.checkpoint();
      } while (!lock.tryLock(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      throw PlainRemoteCalls.cancelledByInterrupt();
    }
  }

  private boolean stillGood(Token stored) {
    Instant soon = clock.instant().plus(LEEWAY);
    return stored.expiresAt().map(end -> end.isAfter(soon)).orElse(true);
  }
}
