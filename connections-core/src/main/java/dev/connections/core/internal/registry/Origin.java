package dev.connections.core.internal.registry;

import java.net.URL;
import java.security.CodeSource;

/**
 * Where a provider comes from, for people.
 *
 * @param className the provider's class
 * @param location the address of its jar or directory; empty if nobody knows
 */
record Origin(String className, String location) {

  static Origin of(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    return new Origin(type.getName(), location == null ? "" : location.toString());
  }

  /** {@return the class and its jar, for example {@code com.example.Provider (example-1.0.jar)}} */
  String brief() {
    String path = location.replaceAll("[!/]+$", "");
    String jar = path.substring(path.lastIndexOf('/') + 1);
    return jar.isEmpty() ? className : className + " (" + jar + ")";
  }

  /** {@return the class and where its jar lies} */
  String full() {
    return location.isEmpty() ? className : className + " (" + location + ")";
  }
}
