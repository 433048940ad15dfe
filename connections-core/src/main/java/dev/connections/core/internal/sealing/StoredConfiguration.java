package dev.connections.core.internal.sealing;

/**
 * A configuration as a store keeps it.
 *
 * @param specVersion the version of the spec it was stored under
 * @param json the values as a JSON object, nested as the fields' dotted paths say; what mustn't be
 *     in the clear is sealed
 */
public record StoredConfiguration(int specVersion, String json) {
  /** {@return the version; the rest says nothing to a reader of logs} */
  @Override
  public String toString() {
    return "StoredConfiguration[version " + specVersion + "]";
  }
}
