package dev.connections.core.internal.pool;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardFailures;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what isn't an answer into one: an exception of an adapter that isn't a {@link
 * ConnectionException} is a defect. It is logged with its type and stack, without its text, which
 * may hold a secret.
 */
public final class Defects {
  private static final Logger LOG = LoggerFactory.getLogger(Defects.class);

  private Defects() {}

  /**
   * {@return what some foreign code gives}
   *
   * @param what what it does, for the log
   * @param code the foreign code
   * @param <T> its result
   * @throws ConnectionException what it throws, or an internal one in its place
   */
  public static <T> T caught(String what, Supplier<T> code) {
    try {
      return Objects.requireNonNull(code.get(), "a plugin gave null");
    } catch (ConnectionException answer) {
      throw answer;
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError defect) {
      throw of(what, defect);
    }
  }

  /**
   * {@return an internal failure in the place of a defect, which is logged}
   *
   * @param what what was done, for the log
   * @param defect what was thrown
   */
  public static ConnectionException of(String what, Throwable defect) {
    ConnectionException internal = StandardFailures.internal(defect).asException(defect);
    LOG.error("A defect showed while {}.", what, internal);
    return internal;
  }
}
