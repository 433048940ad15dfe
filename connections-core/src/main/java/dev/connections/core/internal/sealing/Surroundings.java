package dev.connections.core.internal.sealing;

import dev.connections.api.ConfigurationValues;
import dev.connections.core.internal.text.Sha256;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a stored configuration isn't sealed, as one digest that the sealed values are bound to:
 * the address that secrets are sent to, how it is reached, and how one signs in there. Whoever can
 * write the store and hasn't its key can't have a secret sent elsewhere, then.
 *
 * <p>All of it, and not only the fields that a spec calls destinations: whether a certificate is
 * checked decides as much where a secret goes, and a digest that needs no spec can be checked while
 * the type's plugin is absent.
 */
final class Surroundings {
  private Surroundings() {}

  /**
   * {@return the digest}
   *
   * @param specVersion the version of the type's specification that the values have: it says what
   *     they mean
   * @param stored the values as they are read back from the store; sealed ones are left out
   */
  static String digest(int specVersion, ConfigurationValues stored) {
    Map<String, Object> clear = new TreeMap<>();
    for (String path : stored.paths()) {
      Object value = stored.find(path).orElseThrow();
      if (!(value instanceof String text && SecretCipher.isSealed(text))) {
        clear.put(path, value);
      }
    }
    String text = specVersion + " " + JsonValues.write(clear);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(text));
  }
}
