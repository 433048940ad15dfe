package dev.connections.core.store;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * A configuration as it is kept: JSON text in which every protected value is encrypted. A store
 * never looks into it.
 *
 * @param specVersion the version of the type's configuration that the values have
 * @param json the JSON text
 * @param keyId the number of the key that its values are encrypted with; empty if none is encrypted
 */
public record StoredConfiguration(int specVersion, String json, OptionalLong keyId) {
  /**
   * Checks the parts.
   *
   * @param specVersion at least 1
   * @param json the JSON text
   * @param keyId the number of the key
   * @throws IllegalArgumentException if the version is less than 1
   */
  public StoredConfiguration {
    Objects.requireNonNull(json, "json");
    Objects.requireNonNull(keyId, "keyId");
    if (specVersion < 1) {
      throw new IllegalArgumentException("versions begin at 1");
    }
  }

  /**
   * Takes a configuration in which nothing is encrypted.
   *
   * @param specVersion at least 1
   * @param json the JSON text
   * @throws IllegalArgumentException if the version is less than 1
   */
  public StoredConfiguration(int specVersion, String json) {
    this(specVersion, json, OptionalLong.empty());
  }

  /** {@return the versions; the rest is nobody's business in a log} */
  @Override
  public String toString() {
    return "StoredConfiguration[version " + specVersion + "]";
  }
}
