package dev.connections.core.observe;

import java.time.Duration;

/**
 * Hears figures, for metrics and traces: of core's operations, and those adapters tell of
 * themselves. No tenant and no connection is ever named. Lookups answered from the metadata cache
 * aren't told: they take less time than telling them would.
 *
 * <p>Called from any thread, on the thread that did the work; so it must be quick. What it throws
 * is logged once and otherwise ignored.
 */
@FunctionalInterface
public interface Observer {
  /** Hears nothing. */
  Observer NONE = observation -> {};

  /**
   * Tells that an operation ended.
   *
   * @param observation what, how and how long
   */
  void observed(Observation observation);

  /**
   * Tells a time that an adapter measured.
   *
   * @param type the connection type's id
   * @param name the adapter's name for it; few, fixed and without values
   * @param time how long it took
   */
  default void took(String type, String name, Duration time) {}

  /**
   * Tells a number that an adapter counted.
   *
   * @param type the connection type's id
   * @param name the adapter's name for it; few, fixed and without values
   * @param count how often
   */
  default void counted(String type, String name, long count) {}

  /**
   * Tells how high something of an adapter stands at the moment. There may be several adapters of a
   * type; each tells its own.
   *
   * @param type the connection type's id
   * @param name the adapter's name for it; few, fixed and without values
   * @param value the present value
   */
  default void level(String type, String name, long value) {}
}
