package dev.connections.testkit;

import dev.connections.api.ConfigurationValues;
import java.util.Objects;

/**
 * A configuration as it was stored under an earlier version of the spec, and that must still work.
 *
 * @param version the version it was stored under
 * @param values the values as they were stored, secrets included
 */
public record StoredExample(int version, ConfigurationValues values) {
  /**
   * Checks that there are values.
   *
   * @param version the version it was stored under
   * @param values the values as they were stored
   */
  public StoredExample {
    Objects.requireNonNull(values, "values");
  }
}
