package dev.connections.databricks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Collects the values of an extension in their order; what isn't known has none. */
final class ExtensionValues {
  private final Map<String, Object> values = new LinkedHashMap<>();

  ExtensionValues with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  ExtensionValues with(String name, Optional<String> value) {
    value.ifPresent(text -> values.put(name, text));
    return this;
  }

  ExtensionValues with(String name, Collection<?> value) {
    if (!value.isEmpty()) {
      values.put(name, value);
    }
    return this;
  }

  Map<String, Object> map() {
    return values;
  }
}
