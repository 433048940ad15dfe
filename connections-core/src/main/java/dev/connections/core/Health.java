package dev.connections.core;

import dev.connections.api.ConnectionException;
import dev.connections.api.Registration;
import dev.connections.core.access.Actor;
import dev.connections.core.health.HealthOptions;
import dev.connections.core.health.HealthReport;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tests many connections, now or again and again. Reached by {@link TenantConnections#health}.
 *
 * <p>A health check makes the same tests as {@link TenantConnections#test(String)}, as the same
 * actor: it changes the same status, and leaves the same records and the same history. If the
 * process dies meanwhile, the connections that were being tested have their former status again.
 *
 * <p>Safe for any thread.
 */
public final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);
  private static final Duration USUAL = Duration.ofHours(1);

  private final Actor actor;
  private final Workings workings;

  Health(Actor actor, Workings workings) {
    this.actor = actor;
    this.workings = workings;
  }

  /**
   * Tests the connections that the actor sees and that are switched on, some at once.
   *
   * @param options which of them, and how
   * @return what was found; a connection that fails, and a check that is cut short, are results
   * @throws ConnectionException with {@link CoreErrorCode#CLOSED}
   */
  public HealthReport check(HealthOptions options) {
    return workings
        .calls()
        .call(
            "health check",
            USUAL,
            options.call(),
            operation -> new HealthRun(actor, workings, options, operation).report());
  }

  /**
   * Checks again and again. The first time is some random part of the pause away, so that nodes
   * which start together don't test together; and a connection that was tested less than half the
   * pause ago, by whichever node, is left out.
   *
   * @param options which connections, and how
   * @param pause between the end of a check and the begin of the next; positive
   * @param executor the host's; a check takes one of its threads while it lasts
   * @param hears hears what each check has found; what it throws is logged and ignored
   * @return ends the repetition, and not the check under way; it also ends when the connections are
   *     closed
   * @throws IllegalArgumentException if the pause isn't positive
   */
  public Registration every(
      HealthOptions options,
      Duration pause,
      ScheduledExecutorService executor,
      Consumer<HealthReport> hears) {
    if (pause.isZero() || pause.isNegative()) {
      throw new IllegalArgumentException("a pause is positive");
    }
    workings.calls().refuseIfClosed();
    Duration half = pause.dividedBy(2);
    HealthOptions spread =
        options.untestedFor().compareTo(half) < 0 ? options.untestedFor(half) : options;
    long nanos = pause.toNanos();
    long first = ThreadLocalRandom.current().nextLong(nanos);
    Future<?> repeated =
        executor.scheduleWithFixedDelay(
            () -> checked(spread, hears), first, nanos, TimeUnit.NANOSECONDS);
    return () -> repeated.cancel(false);
  }

  /** What fails once is tried again the next time; only closing ends it for good. */
  private void checked(HealthOptions options, Consumer<HealthReport> hears) {
    try {
      hears.accept(check(options));
    } catch (ConnectionException failed) {
      if (failed.is(CoreErrorCode.CLOSED)) {
        throw failed;
      }
      LOG.warn("A health check couldn't be made: {}.", failed.code().id());
    } catch (RuntimeException | LinkageError thrown) {
      LOG.warn("Who hears of health checks throws {}.", thrown.getClass().getName());
    }
  }
}
