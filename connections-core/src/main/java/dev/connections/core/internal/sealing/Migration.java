package dev.connections.core.internal.sealing;

import dev.connections.api.ConfigurationValues;

/**
 * Brings values of an earlier version of a spec to the present one, as {@link
 * dev.connections.api.ConnectionAdapterProvider#migrate} does.
 */
@FunctionalInterface
public interface Migration {
  /**
   * {@return the values in the present form}
   *
   * @param version the version they were stored under
   * @param values the stored values, secrets included
   */
  ConfigurationValues migrate(int version, ConfigurationValues values);
}
