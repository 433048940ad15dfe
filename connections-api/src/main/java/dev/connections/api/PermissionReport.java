package dev.connections.api;

import java.util.Set;

/** A feature: tells what the connection's login may see, and what to grant so that it sees more. */
public interface PermissionReport {
  /**
   * {@return what the login may see of some sections} Reads names and rights, no metadata beyond.
   *
   * @param sections which parts of the metadata are wanted; the grants are the least for them
   * @param operation deadline and cancellation
   * @throws ConnectionException if the rights can't be read
   */
  PermissionMatrix permissions(Set<Section> sections, Operation operation);
}
