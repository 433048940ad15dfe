package dev.connections.databricks.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A statement for a warehouse. Values go along as named parameters and are never part of the text;
 * names are {@link SqlNames quoted}.
 *
 * @param name what it does, in a few words and without values
 * @param text with {@code :name} where a parameter's value belongs
 * @param parameters texts by name
 * @param brief whether the warehouse is to end it by itself if it isn't done soon; such a statement
 *     costs one round trip
 */
record SqlStatement(String name, String text, Map<String, String> parameters, boolean brief) {
  SqlStatement {
    parameters = Map.copyOf(parameters);
  }

  static SqlStatement of(String name, String text) {
    return new SqlStatement(name, text, Map.of(), false);
  }

  SqlStatement with(String parameter, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(parameter, value);
    return new SqlStatement(name, text, more, brief);
  }

  SqlStatement inOneRoundTrip() {
    return new SqlStatement(name, text, parameters, true);
  }
}
