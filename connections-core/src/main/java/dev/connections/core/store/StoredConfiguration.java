package dev.connections.core.store;

import java.util.Objects;

/**
 * A configuration as it is kept: JSON text in which every protected value is encrypted. A store
 * never looks into it.
 *
 * @param specVersion the version of the type's configuration that the values have
 * @param json the JSON text
 */
public record StoredConfiguration(int specVersion, String json) {
  /**
   * Checks the parts.
   *
   * @param specVersion at least 1
   * @param json the JSON text
   * @throws IllegalArgumentException if the version is less than 1
   */
  public StoredConfiguration {
    Objects.requireNonNull(json, "json");
    if (specVersion < 1) {
      throw new IllegalArgumentException("versions begin at 1");
    }
  }

  /** {@return the version; the rest is nobody's business in a log} */
  @Override
  public String toString() {
    return "StoredConfiguration[version " + specVersion + "]";
  }
}
