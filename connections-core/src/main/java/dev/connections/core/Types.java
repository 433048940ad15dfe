package dev.connections.core;

import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionException;
import dev.connections.api.ConnectionType;
import dev.connections.api.StandardFailures;
import dev.connections.core.internal.registry.ProviderRegistry;
import dev.connections.core.internal.text.PlainText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The installed types, by any name that connections are stored with. */
record Types(ProviderRegistry registry) {
  private static final int LONGEST_TYPE = 60;

  Optional<ConnectionAdapterProvider> find(String type) {
    return registry.find(type);
  }

  ConnectionAdapterProvider require(String type) {
    return find(type).orElseThrow(() -> unsupported(type));
  }

  private ConnectionException unsupported(String type) {
    List<String> installed = registry.types().stream().map(ConnectionType::displayName).toList();
    return StandardFailures.unsupportedType(PlainText.of(type, LONGEST_TYPE), installed)
        .asException();
  }

  /** A filter's type names, each with all the names connections of that type are stored with. */
  Set<String> spellings(Set<String> names) {
    Set<String> all = new LinkedHashSet<>(names);
    for (String name : names) {
      find(name)
          .map(ConnectionAdapterProvider::type)
          .filter(type -> type.id().equalsIgnoreCase(name))
          .ifPresent(
              type -> {
                all.add(type.id());
                type.storedNames().forEach(stored -> all.add(stored.name()));
              });
    }
    return all;
  }
}
