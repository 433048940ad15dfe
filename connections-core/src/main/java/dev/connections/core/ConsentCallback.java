package dev.connections.core;

import dev.connections.api.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * With what a browser came back from the service. All of it is foreign: none of it is ever shown.
 *
 * @param connection the id of the connection that the state names
 * @param state what was sent along
 * @param code what the service gave, if it gave something
 */
record ConsentCallback(String connection, Secret state, Optional<Secret> code) {
  private static final int LONGEST = 16_384;

  /** {@return what an address holds; empty if it isn't one that a service sends a browser to} */
  static Optional<ConsentCallback> of(URI address) {
    String query = Optional.ofNullable(address.getRawQuery()).orElse("");
    if (query.length() > LONGEST) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = decoded(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
      if (parameters.put(name, value) != null) {
        twice.add(name);
      }
    }
    if (Stream.of("state", "code", "error").anyMatch(twice::contains)) {
      return Optional.empty();
    }
    String state = parameters.getOrDefault("state", "");
    int dot = state.indexOf('.');
    if (dot < 1) {
      return Optional.empty();
    }
    Optional<Secret> code =
        Optional.ofNullable(parameters.get("code"))
            .filter(text -> !text.isEmpty() && !parameters.containsKey("error"))
            .map(Secret::of);
    return Optional.of(new ConsentCallback(state.substring(0, dot), Secret.of(state), code));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }
}
