package dev.connections.api;

import java.util.Objects;

/**
 * What an adapter gives out to recognise later whether something changed: a time, a version, a
 * fingerprint. Only the adapter understands it; others keep it and compare it.
 *
 * @param value the adapter's own text
 */
public record ChangeMarker(String value) {
  /**
   * Checks that there is a value.
   *
   * @param value the adapter's own text
   */
  public ChangeMarker {
    Objects.requireNonNull(value, "value");
  }
}
