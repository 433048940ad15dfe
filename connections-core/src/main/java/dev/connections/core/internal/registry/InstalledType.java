package dev.connections.core.internal.registry;

import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionType;
import dev.connections.api.Preset;
import java.util.Optional;
import java.util.Set;

/**
 * A type whose plugin is installed, as it was found under one of its names.
 *
 * @param provider opens its adapters
 * @param type what the provider said of the type when it was found
 * @param configuration the type's spec, asked for once
 * @param features what its adapters may offer, asked for once
 * @param preset the preset that the name stands for, if it stands for one
 */
public record InstalledType(
    ConnectionAdapterProvider provider,
    ConnectionType type,
    ConfigurationSpec configuration,
    Set<Class<?>> features,
    Optional<Preset> preset) {
  /**
   * Keeps an immutable copy of the features.
   *
   * @param provider opens its adapters
   * @param type what the type is
   * @param configuration the type's spec
   * @param features what its adapters may offer
   * @param preset the preset that the name stands for
   */
  public InstalledType {
    features = Set.copyOf(features);
  }

  InstalledType with(Optional<Preset> wanted) {
    return new InstalledType(provider, type, configuration, features, wanted);
  }
}
