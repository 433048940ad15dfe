package dev.connections.api;

import java.time.Duration;

/**
 * Where an adapter tells figures about itself. They reach the host's observer, without tenant and
 * connection. Names are few, fixed and without values: {@code query.slow}, not the query.
 *
 * <p>Safe for any thread; never throws.
 */
public interface Events {
  /** Hears nothing. */
  Events NONE =
      new Events() {
        @Override
        public void took(String name, Duration time) {}

        @Override
        public void counted(String name, long count) {}
      };

  /**
   * Tells that something took a time.
   *
   * @param name a fixed name, dotted and in lower case
   * @param time how long it took
   */
  void took(String name, Duration time);

  /**
   * Tells that something happened a number of times.
   *
   * @param name a fixed name, dotted and in lower case
   * @param count how often
   */
  void counted(String name, long count);

  /**
   * Tells how high something stands at the moment, such as the connections in use.
   *
   * @param name a fixed name, dotted and in lower case
   * @param value the present value
   */
  default void level(String name, long value) {}
}
