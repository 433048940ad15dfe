package dev.connections.api;

import java.util.List;
import java.util.Objects;

/**
 * How configurations of a type are written as one line, such as a JDBC URL: a host takes in what a
 * user pastes, and shows beside its form what the fields amount to.
 *
 * <p>Offline. Implementations are immutable and safe for any thread.
 */
public interface ConnectionString {
  /**
   * {@return whether a text begins like a line of this type} Whether it can be read is for {@link
   * #read} to say.
   *
   * @param text what a user pasted
   */
  boolean recognizes(String text);

  /**
   * Reads a line into the fields of the type.
   *
   * @param text what a user pasted; it may hold secrets
   * @return the values that it holds, and what has no field
   * @throws ConnectionException with {@link StandardErrorCode#INVALID_CONFIGURATION} if it isn't a
   *     line of this type; the message holds nothing of it
   */
  Imported read(String text);

  /**
   * {@return the line for some values} Secrets are shown as {@link Secret#MASK}, so it isn't meant
   * to be read again. What is missing is shown as the field's name in angle brackets.
   *
   * @param configuration values of the type's spec, perhaps not all: see {@link
   *     ConfigurationSpec#readLeniently}
   */
  String show(Configuration configuration);

  /**
   * What a line held.
   *
   * @param values what has a field; secrets as {@link Secret}s. They aren't validated
   * @param left what wasn't taken over, each with the reason
   */
  record Imported(ConfigurationValues values, List<Notice> left) {
    /**
     * Keeps an immutable copy of the notices.
     *
     * @param values what has a field
     * @param left what wasn't taken over
     */
    public Imported {
      Objects.requireNonNull(values, "values");
      left = List.copyOf(left);
    }
  }
}
