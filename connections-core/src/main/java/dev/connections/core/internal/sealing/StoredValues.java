package dev.connections.core.internal.sealing;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.store.StoredConfiguration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values of a stored configuration as they lie there, sealed ones as their texts.
 *
 * @param specVersion the version of the type's specification that they have
 * @param values by their paths
 */
record StoredValues(int specVersion, ConfigurationValues values) {
  /**
   * {@return the values}
   *
   * @param stored what the store has
   * @throws ConnectionException with {@code MALFORMED_DATA} if it isn't an object of JSON
   */
  static StoredValues parse(StoredConfiguration stored) {
    try {
      if (JsonValues.read(stored.json()) instanceof Map<?, ?> tree) {
        Map<String, Object> named = new LinkedHashMap<>();
        tree.forEach((name, value) -> named.put(String.valueOf(name), value));
        return new StoredValues(stored.specVersion(), ConfigurationValues.of(named));
      }
    } catch (JsonValues.MalformedJson told) {
      // As told below: what is there isn't shown.
    }
    throw Failure.of(
            StandardErrorCode.MALFORMED_DATA,
            "The stored configuration of the connection is damaged.")
        .withRemedy("Enter the connection's settings again, or bring the store back from a backup.")
        .asException();
  }

  /**
   * {@return values that are to be stored, as they will be read back: numbers may be of another
   * class then}
   *
   * @param specVersion the version of the type's specification that they have
   * @param values those that lie there in the clear
   */
  static StoredValues asReadBack(int specVersion, Map<String, Object> values) {
    String json = JsonValues.write(ConfigurationValues.of(values).toTree());
    return parse(new StoredConfiguration(specVersion, json));
  }

  /** {@return what opens and seals values that lie beside these} */
  SealedValue sealer(SecretCipher cipher, SealedPlace place) {
    return new SealedValue(cipher, place, () -> Surroundings.digest(specVersion, values));
  }

  /** {@return whether what lies there is sealed} */
  static boolean isSealed(Object value) {
    return value instanceof String text && SecretCipher.isSealed(text);
  }
}
