package dev.connections.core.internal.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.Registration;
import dev.connections.api.StandardFailures;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Metadata that was read a moment ago. What is missing is read by one caller while the others wait
 * for him; what is getting old is given at once and read again in the background. A failure isn't
 * kept. What was being read when its connection was invalidated isn't kept either.
 */
public final class MetadataCache {
  private final Cache<TenantKey<?>, Kept> kept;
  private final ConcurrentHashMap<TenantKey<?>, CompletableFuture<Object>> reading =
      new ConcurrentHashMap<>();
  private final Executor background;
  private final Ticker ticker;
  private final long freshNanos;

  private static final class Kept {
    private final Object value;
    private final int weight;
    private final long lifeNanos;

    /** When the source was last asked, whether it answered or not. */
    private volatile long askedAt;

    Kept(Object value, int weight, long lifeNanos, long askedAt) {
      this.value = value;
      this.weight = weight;
      this.lifeNanos = lifeNanos;
      this.askedAt = askedAt;
    }
  }

  /**
   * Makes an empty cache.
   *
   * @param limits how much is kept and for how long
   * @param background where values are read again
   * @param ticker nanoseconds
   */
  public MetadataCache(CacheLimits limits, Executor background, Ticker ticker) {
    this.background = background;
    this.ticker = ticker;
    this.freshNanos = limits.fresh().toNanos();
    this.kept =
        Caffeine.newBuilder()
            .maximumWeight(limits.weight())
            .<TenantKey<?>, Kept>weigher((key, value) -> value.weight)
            .expireAfter(
                Expiry.<TenantKey<?>, Kept>writing(
                    (key, value) -> Duration.ofNanos(value.lifeNanos)))
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /**
   * {@return a value if it is kept} One that is getting old is read again in the background.
   *
   * @param key which value
   * @param again reads it again; called on another thread, later
   * @param <T> the value
   */
  public <T> Optional<T> find(TenantKey<T> key, Supplier<Fresh<T>> again) {
    Kept hit = kept.getIfPresent(key);
    if (hit == null) {
      return Optional.empty();
    }
    long now = ticker.read();
    if (now - hit.askedAt >= freshNanos) {
      // Noted before: a source that refuses isn't asked again by each hit, which may lock a login.
      hit.askedAt = now;
      refresh(key, again);
    }
    return Optional.of(valueOf(key, hit.value));
  }

  @SuppressWarnings({"unchecked", "unused"}) // a key's value was put under that very key
  private static <T> T valueOf(TenantKey<T> key, Object value) {
    return (T) value;
  }

  /**
   * {@return a value, read if it isn't kept}
   *
   * @param key which value
   * @param source reads it, on this thread
   * @param operation how long to wait for another who reads it
   * @param <T> the value
   * @throws ConnectionException what the source threw, or that the wait ended
   */
  public <T> T read(TenantKey<T> key, Supplier<Fresh<T>> source, Operation operation) {
    while (true) {
      operation.checkpoint();
      CompletableFuture<Object> mine = new CompletableFuture<>();
      CompletableFuture<Object> other = reading.putIfAbsent(key, mine);
      if (other == null) {
        // Between the miss and here another may have read it to the end.
        Kept hit = kept.getIfPresent(key);
        if (hit != null) {
          reading.remove(key, mine);
          mine.complete(hit.value);
          return valueOf(key, hit.value);
        }
        return readAs(key, mine, source);
      }
      Optional<Object> value = await(other, operation);
      if (value.isPresent()) {
        return valueOf(key, value.get());
      }
    }
  }

  private <T> T readAs(
      TenantKey<T> key, CompletableFuture<Object> mine, Supplier<Fresh<T>> source) {
    boolean done = false;
    try {
      Fresh<T> read = source.get();
      keep(key, mine, read);
      mine.complete(read.value());
      done = true;
      return read.value();
    } catch (ConnectionException failed) {
      mine.completeExceptionally(failed);
      throw failed;
    } finally {
      if (!done) {
        reading.remove(key, mine);
        mine.completeExceptionally(StandardFailures.cancelled().asException());
      }
    }
  }

  /** Keeps the value, unless the key was invalidated since the reading began. */
  private <T> void keep(TenantKey<T> key, CompletableFuture<Object> mine, Fresh<T> read) {
    Kept fresh =
        new Kept(
            read.value(),
            key.object().weight(read.value()),
            read.life().toNanos(),
            ticker.read() - read.age().toNanos());
    reading.computeIfPresent(
        key,
        (same, current) -> {
          if (current != mine) {
            return current;
          }
          kept.put(key, fresh);
          return null;
        });
  }

  /** Empty if the other reader was cancelled: then this one reads. */
  @SuppressWarnings("try") // the hook is there to be closed
  private static Optional<Object> await(CompletableFuture<Object> other, Operation operation) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    try (Registration hook = operation.onCancel(() -> ended.complete(null))) {
      CompletableFuture.anyOf(other, ended)
          .get(operation.remaining().toMillis() + 1, TimeUnit.MILLISECONDS);
      return other.isDone() ? Optional.of(other.join()) : Optional.empty();
    } catch (TimeoutException late) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw StandardFailures.cancelled().asException(interrupted);
    } catch (ExecutionException | CompletionException failed) {
      if (failed.getCause() instanceof ConnectionException failure && !wasHisOwn(failure)) {
        throw failure;
      }
      return Optional.empty();
    }
  }

  /** Whether a failure is of the other caller's call, not of the source. */
  private static boolean wasHisOwn(ConnectionException failure) {
    return failure.category() == Category.CANCELLED
        || failure.category() == Category.TIMEOUT
        || failure.category() == Category.PERMISSION;
  }

  private <T> void refresh(TenantKey<T> key, Supplier<Fresh<T>> again) {
    CompletableFuture<Object> mine = new CompletableFuture<>();
    if (reading.putIfAbsent(key, mine) != null) {
      return;
    }
    try {
      background.execute(() -> readAgain(key, mine, again));
    } catch (RejectedExecutionException closing) {
      reading.remove(key, mine);
      mine.completeExceptionally(StandardFailures.cancelled().asException());
    }
  }

  /** The old value stays until it expires if the source can't be read now. */
  private <T> void readAgain(
      TenantKey<T> key, CompletableFuture<Object> mine, Supplier<Fresh<T>> again) {
    try {
      readAs(key, mine, again);
    } catch (ConnectionException toldToWaiters) {
      if (toldToWaiters.category() == Category.NOT_FOUND) {
        kept.invalidate(key);
      }
    }
  }

  /**
   * Drops one value, also one that is being read.
   *
   * @param key which value
   */
  public void invalidate(TenantKey<?> key) {
    reading.remove(key);
    kept.invalidate(key);
  }

  /**
   * Drops what says which schemas and tables a connection has, also what is being read.
   *
   * @param account the tenant
   * @param connection the connection's id
   */
  public void invalidateListings(String account, String connection) {
    reading.keySet().removeIf(key -> key.isListingOf(account, connection));
    kept.asMap().keySet().removeIf(key -> key.isListingOf(account, connection));
  }

  /**
   * Drops all values of a connection, also those that are being read.
   *
   * @param account the tenant
   * @param connection the connection's id
   */
  public void invalidate(String account, String connection) {
    reading.keySet().removeIf(key -> key.isOf(account, connection));
    kept.asMap().keySet().removeIf(key -> key.isOf(account, connection));
  }

  /** Drops everything. */
  public void clear() {
    reading.clear();
    kept.invalidateAll();
  }
}
