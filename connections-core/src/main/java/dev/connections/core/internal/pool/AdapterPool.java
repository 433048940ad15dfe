package dev.connections.core.internal.pool;

import dev.connections.api.Category;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.Registration;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open adapters: one for each version of a connection's configuration, lent by reference count.
 * An adapter is closed when it was idle for a time, when it made room for another, or when its
 * configuration was replaced; never while it is lent, but at the very end.
 *
 * <p>This is the only place where a provider is asked to open an adapter. Opening is done once for
 * all who wait for it, and a failure isn't kept.
 */
public final class AdapterPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdapterPool.class);

  private final int most;
  private final long idleNanos;
  private final LongSupplier ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Map<AdapterKey, PoolEntry> entries = new HashMap<>();
  private final List<PoolEntry> retiring = new ArrayList<>();
  private boolean closed;

  /**
   * Makes an empty pool.
   *
   * @param most how many adapters are open at most
   * @param idle after how long an idle adapter is closed, by {@link #closeIdle}
   * @param ticker nanoseconds, such as {@code System::nanoTime}
   */
  public AdapterPool(int most, Duration idle, LongSupplier ticker) {
    this.most = most;
    this.idleNanos = idle.toNanos();
    this.ticker = ticker;
  }

  /**
   * Lends the adapter of a configuration, and opens it first if need be.
   *
   * @param key which configuration
   * @param admission asked first of all, also where the adapter is open already
   * @param opening asked only if the adapter must be opened; decrypts
   * @param operation how long to wait for another who opens it, or for room
   * @return the lease, to be closed in try-with-resources
   * @throws ConnectionException what the admission or the opening threw, or that the wait ended
   */
  public Lease lease(
      AdapterKey key, Admission admission, Supplier<Opening> opening, Operation operation) {
    admission.admit();
    while (true) {
      operation.checkpoint();
      Optional<Claim> claim = claim(key, operation);
      if (claim.isPresent()) {
        PoolEntry entry = claim.get().entry;
        Optional<ConnectionAdapter> adapter =
            claim.get().first ? Optional.of(open(entry, opening)) : await(entry, operation);
        if (adapter.isPresent()) {
          return lent(entry, adapter.get());
        }
      }
    }
  }

  /** An adapter that was opened while the pool closed is unknown to {@link #close}. */
  private Lease lent(PoolEntry entry, ConnectionAdapter adapter) {
    lock.lock();
    try {
      if (!closed) {
        return new PooledLease(entry, adapter);
      }
    } finally {
      lock.unlock();
    }
    release(entry);
    closeQuietly(adapter);
    throw StandardFailures.cancelled().asException();
  }

  /** A place among an entry's users. The first has to open the adapter. */
  private record Claim(PoolEntry entry, boolean first) {}

  /**
   * Opens an adapter for one call, outside the pool: of a draft, whose configuration isn't stored.
   *
   * @param admission asked first of all
   * @param opening decrypts where need be
   * @return the lease; closing it closes the adapter
   * @throws ConnectionException what the admission or the opening threw
   */
  public Lease once(Admission admission, Supplier<Opening> opening) {
    admission.admit();
    ConnectionAdapter adapter = opened(opening);
    AtomicBoolean given = new AtomicBoolean();
    return new Lease() {
      @Override
      public ConnectionAdapter adapter() {
        return adapter;
      }

      @Override
      public void close() {
        if (given.compareAndSet(false, true)) {
          closeQuietly(adapter);
        }
      }
    };
  }

  private static ConnectionAdapter opened(Supplier<Opening> opening) {
    return Defects.caught(
        "opening an adapter",
        () -> {
          Opening parts = opening.get();
          return new GuardedAdapter(parts.provider().open(parts.configuration(), parts.context()));
        });
  }

  /** Empty after a wait for room, when it must be tried again. */
  @SuppressWarnings("try") // the hook is there to be closed
  private Optional<Claim> claim(AdapterKey key, Operation operation) {
    List<PoolEntry> leftovers = new ArrayList<>();
    try (Registration wake = operation.onCancel(this::wakeAll)) {
      lock.lock();
      try {
        if (closed) {
          throw StandardFailures.cancelled().asException();
        }
        PoolEntry present = entries.get(key);
        if (present != null) {
          present.users++;
          return Optional.of(new Claim(present, false));
        }
        retire(entry -> entry.key.isReplacedBy(key), leftovers);
        if (entries.size() + retiring.size() >= most && !evictIdlest(leftovers)) {
          awaitRoom(operation);
          return Optional.empty();
        }
        PoolEntry entry = new PoolEntry(key);
        entries.put(key, entry);
        return Optional.of(new Claim(entry, true));
      } finally {
        lock.unlock();
        closeAll(leftovers);
      }
    }
  }

  private boolean evictIdlest(List<PoolEntry> leftovers) {
    Optional<PoolEntry> idlest =
        entries.values().stream()
            .filter(PoolEntry::idle)
            .min(Comparator.comparingLong(entry -> entry.idleSince - ticker.getAsLong()));
    idlest.ifPresent(
        entry -> {
          entries.remove(entry.key);
          leftovers.add(entry);
        });
    return idlest.isPresent();
  }

  @SuppressWarnings("WaitNotInLoop") // the caller looks again after each wait
  private void awaitRoom(Operation operation) {
    long nanos = nanos(operation);
    try {
      if (nanos <= 0 || room.awaitNanos(nanos) <= 0) {
        operation.checkpoint();
        throw noRoom();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw StandardFailures.cancelled().asException(interrupted);
    }
  }

  private static long nanos(Operation operation) {
    try {
      return operation.remaining().toNanos();
    } catch (ArithmeticException centuries) {
      return Long.MAX_VALUE;
    }
  }

  private ConnectionException noRoom() {
    return Failure.of(
            StandardErrorCode.UNAVAILABLE,
            "All " + most + " adapters that may be open at once are in use.")
        .withRemedy("Try again in a while, or let the application open more of them.")
        .asException();
  }

  private void wakeAll() {
    lock.lock();
    try {
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private ConnectionAdapter open(PoolEntry entry, Supplier<Opening> opening) {
    boolean done = false;
    try {
      ConnectionAdapter adapter = opened(opening);
      entry.opened.complete(adapter);
      done = true;
      return adapter;
    } catch (ConnectionException failed) {
      entry.opened.completeExceptionally(failed);
      throw failed;
    } finally {
      if (!done) {
        entry.opened.completeExceptionally(StandardFailures.cancelled().asException());
        drop(entry);
      }
    }
  }

  /**
   * Waits for another caller's opening; empty if that was taken back and it must be tried again.
   */
  @SuppressWarnings("try") // the hook is there to be closed
  private Optional<ConnectionAdapter> await(PoolEntry entry, Operation operation) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    boolean done = false;
    try (Registration hook = operation.onCancel(() -> ended.complete(null))) {
      CompletableFuture.anyOf(entry.opened, ended).get(nanos(operation), TimeUnit.NANOSECONDS);
      if (entry.opened.isDone()) {
        ConnectionAdapter adapter = entry.opened.join();
        done = true;
        return Optional.of(adapter);
      }
      operation.checkpoint();
      return Optional.empty();
    } catch (TimeoutException late) {
      operation.checkpoint();
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw StandardFailures.cancelled().asException(interrupted);
    } catch (ExecutionException | CompletionException failed) {
      if (failed.getCause() instanceof ConnectionException failure
          && failure.category() != Category.CANCELLED) {
        throw failure;
      }
      return Optional.empty();
    } finally {
      if (!done) {
        release(entry);
      }
    }
  }

  /** Takes an entry whose adapter didn't open out of the pool. */
  private void drop(PoolEntry entry) {
    lock.lock();
    try {
      entries.remove(entry.key, entry);
      retiring.remove(entry);
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void release(PoolEntry entry) {
    boolean last = false;
    lock.lock();
    try {
      entry.users--;
      if (entry.idle()) {
        entry.idleSince = ticker.getAsLong();
        last = retiring.remove(entry);
        room.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (last) {
      closeAll(List.of(entry));
    }
  }

  /** Takes entries out of the pool; those nobody uses are leftovers. Holds the lock. */
  private void retire(Predicate<PoolEntry> which, List<PoolEntry> leftovers) {
    Iterator<PoolEntry> all = entries.values().iterator();
    while (all.hasNext()) {
      PoolEntry entry = all.next();
      if (which.test(entry)) {
        all.remove();
        (entry.idle() ? leftovers : retiring).add(entry);
      }
    }
    if (!leftovers.isEmpty()) {
      room.signalAll();
    }
  }

  private void retire(Predicate<PoolEntry> which) {
    List<PoolEntry> leftovers = new ArrayList<>();
    lock.lock();
    try {
      retire(which, leftovers);
    } finally {
      lock.unlock();
    }
    closeAll(leftovers);
  }

  private static void closeAll(List<PoolEntry> leftovers) {
    leftovers.forEach(entry -> entry.adapter().ifPresent(AdapterPool::closeQuietly));
  }

  /** What a plugin's close throws is logged as a defect, and nobody's failure. */
  private static void closeQuietly(ConnectionAdapter adapter) {
    try {
      adapter.close();
    } catch (ConnectionException logged) {
      LOG.debug("An adapter couldn't be closed: {}.", logged.code().id());
    }
  }

  /** Closes the adapters that were idle for the time given to the constructor. */
  public void closeIdle() {
    long now = ticker.getAsLong();
    retire(entry -> entry.idle() && now - entry.idleSince >= idleNanos);
  }

  /**
   * Closes a connection's adapters: at once those that are idle, the others with their last lease.
   *
   * @param account the tenant
   * @param connection the connection's id
   */
  public void retire(String account, String connection) {
    AdapterKey any = new AdapterKey(account, connection, 0);
    retire(entry -> entry.key.sameConnection(any));
  }

  /** {@return how many adapters are open, or are being opened or closed with their last lease} */
  public int size() {
    lock.lock();
    try {
      return entries.size() + retiring.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes every adapter, also those that are lent: their running calls end. To be called when the
   * calls had their time. Nothing is lent any more.
   */
  @Override
  public void close() {
    List<PoolEntry> all = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      all.addAll(entries.values());
      all.addAll(retiring);
      entries.clear();
      retiring.clear();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    closeAll(all);
  }

  private final class PooledLease implements Lease {
    private final PoolEntry entry;
    private final ConnectionAdapter adapter;
    private final AtomicBoolean given = new AtomicBoolean();

    PooledLease(PoolEntry entry, ConnectionAdapter adapter) {
      this.entry = entry;
      this.adapter = adapter;
    }

    @Override
    public ConnectionAdapter adapter() {
      return adapter;
    }

    @Override
    public void close() {
      if (given.compareAndSet(false, true)) {
        release(entry);
      }
    }
  }
}
