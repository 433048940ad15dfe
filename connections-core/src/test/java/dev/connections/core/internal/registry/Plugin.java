package dev.connections.core.internal.registry;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionType;
import dev.connections.api.Field;

/** A provider that only describes itself: the registry never opens an adapter. */
abstract class Plugin implements ConnectionAdapterProvider {
  @Override
  public ConfigurationSpec configuration() {
    return ConfigurationSpec.version(1).group("all", "All", Field.text("path")).build();
  }

  @Override
  public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
    throw new AssertionError("the registry opens nothing");
  }

  static ConnectionType.Builder type(String id, String displayName) {
    return ConnectionType.of(id, displayName, ConnectionType.Family.OTHER);
  }
}
