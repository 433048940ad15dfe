package dev.connections.core.internal.cache;

import java.time.Duration;

/**
 * What was read, now or a while ago by somebody else.
 *
 * @param value what was read
 * @param age how long ago its source was asked
 * @param life how much longer it may be given
 * @param <T> what was read
 */
public record Fresh<T>(T value, Duration age, Duration life) {
  /**
   * {@return what was read just now}
   *
   * @param value what was read
   * @param life how long it may be given
   * @param <T> what was read
   */
  public static <T> Fresh<T> now(T value, Duration life) {
    return new Fresh<>(value, Duration.ZERO, life);
  }
}
