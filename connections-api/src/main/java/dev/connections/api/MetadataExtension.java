package dev.connections.api;

import java.util.Map;

/**
 * What a vendor knows of a table or a column and what has no neutral place: a record of the plugin,
 * typed, instead of a map of strings.
 *
 * <p>Implementations are immutable, implement {@code equals}, and live in a package their module
 * exports.
 */
public interface MetadataExtension {
  /** {@return a stable lower-case name of the extension, for example {@code file_inference}} */
  String id();

  /**
   * {@return the extension's values under stable names, for snapshots and reports} Values are
   * texts, numbers, booleans, and lists and maps of such.
   */
  Map<String, Object> values();
}
