package dev.connections.simulators.internal.servicenow;

import java.util.Optional;

/**
 * A column of a table of the instance.
 *
 * @param name its element
 * @param target the table that a reference points to; empty where the column is none
 * @param key the column of the target that the reference holds: {@code sys_id} for most
 * @param number whether values are compared as numbers
 */
record Column(String name, Optional<String> target, String key, boolean number) {
  static Column text(String name) {
    return new Column(name, Optional.empty(), "sys_id", false);
  }

  static Column number(String name) {
    return new Column(name, Optional.empty(), "sys_id", true);
  }

  static Column reference(String name, String target) {
    return new Column(name, Optional.of(target), "sys_id", false);
  }

  static Column referenceByName(String name, String target) {
    return new Column(name, Optional.of(target), "name", false);
  }
}
