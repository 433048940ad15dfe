package dev.connections.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a source told of itself.
 *
 * @param product what it is
 * @param version its version, if it has one
 * @param details further facts, each under a name a user understands, in order
 */
public record ServerInfo(String product, Optional<String> version, Map<String, String> details) {
  /**
   * Keeps an immutable copy of the details.
   *
   * @param product what it is
   * @param version its version
   * @param details further facts
   */
  public ServerInfo {
    Objects.requireNonNull(product, "product");
    Objects.requireNonNull(version, "version");
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }
}
