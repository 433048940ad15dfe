package dev.connections.api;

import java.util.OptionalLong;

/**
 * Hears how far an operation has come. Called from any thread; it must be quick and must not throw.
 */
@FunctionalInterface
public interface ProgressListener {
  /** Hears nothing. */
  ProgressListener NONE = (phase, done, total) -> {};

  /**
   * Tells progress.
   *
   * @param phase what is going on, in one or two words, for example {@code listing}
   * @param done how many steps of it are done
   * @param total how many steps there are, if that is known
   */
  void progress(String phase, long done, OptionalLong total);
}
