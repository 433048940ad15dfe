package dev.connections.core.internal.observe;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Events;
import dev.connections.core.observe.Observation;
import dev.connections.core.observe.ObservedOperation;
import dev.connections.core.observe.Observer;
import dev.connections.core.observe.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the host's observer so that nothing it does disturbs the work observed. */
public final class GuardedObserver {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedObserver.class);

  private final Observer observer;
  private final AtomicBoolean complained = new AtomicBoolean();

  /**
   * Guards an observer.
   *
   * @param observer the host's
   */
  public GuardedObserver(Observer observer) {
    this.observer = observer;
  }

  /**
   * Does some work and tells how it went.
   *
   * @param operation what it is
   * @param work does it
   * @param <T> its result
   * @return what the work gave
   */
  public <T> T timed(ObservedOperation operation, Supplier<T> work) {
    return timed(operation, work, result -> Optional.empty());
  }

  /**
   * Does some work whose result may tell of a failure, as a test's does.
   *
   * @param operation what it is
   * @param work does it
   * @param failed the kind of failure the result tells of, if it does
   * @param <T> its result
   * @return what the work gave
   */
  public <T> T timed(
      ObservedOperation operation, Supplier<T> work, Function<T, Optional<Category>> failed) {
    long start = System.nanoTime();
    Optional<Category> category = Optional.of(Category.INTERNAL);
    try {
      T result = work.get();
      category = failed.apply(result);
      return result;
    } catch (ConnectionException e) {
      category = Optional.of(e.category());
      throw e;
    } finally {
      tell(operation, category, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /**
   * Does some work of the host's, which may throw what it likes.
   *
   * @param operation what it is
   * @param work does it
   * @param <T> its result
   * @param <X> what it may throw
   * @return what the work gave
   * @throws X what the work threw
   */
  public <T, X extends Exception> T timedBlock(ObservedOperation operation, Block<T, X> work)
      throws X {
    long start = System.nanoTime();
    Optional<Category> category = Optional.of(Category.INTERNAL);
    try {
      T result = work.run();
      category = Optional.empty();
      return result;
    } catch (ConnectionException e) {
      category = Optional.of(e.category());
      throw e;
    } finally {
      tell(operation, category, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /**
   * Work that may throw.
   *
   * @param <T> its result
   * @param <X> what it may throw
   */
  @FunctionalInterface
  public interface Block<T, X extends Exception> {
    /**
     * {@return the result}
     *
     * @throws X if it fails
     */
    T run() throws X;
  }

  private void tell(ObservedOperation operation, Optional<Category> category, Duration took) {
    Outcome outcome = category.map(GuardedObserver::outcome).orElse(Outcome.SUCCEEDED);
    guarded(() -> observer.observed(new Observation(operation, outcome, category, took)));
  }

  private static Outcome outcome(Category category) {
    return category == Category.CANCELLED ? Outcome.CANCELLED : Outcome.FAILED;
  }

  /**
   * {@return where the adapters of a type tell their figures}
   *
   * @param type the type's id
   */
  public Events events(String type) {
    return new Events() {
      @Override
      public void took(String name, Duration time) {
        guarded(() -> observer.took(type, name, time));
      }

      @Override
      public void counted(String name, long count) {
        guarded(() -> observer.counted(type, name, count));
      }

      @Override
      public void level(String name, long value) {
        guarded(() -> observer.level(type, name, value));
      }
    };
  }

  private void guarded(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException | LinkageError e) {
      if (complained.compareAndSet(false, true)) {
        LOG.warn(
            "The observer {} throws {}; what it throws is ignored from now on.",
            observer.getClass().getName(),
            e.getClass().getName());
      }
    }
  }
}
