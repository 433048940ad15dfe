package dev.connections.core.secrets;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads secrets in the two forms of the earlier system, so that they can be encrypted anew. They
 * are read and never written.
 *
 * <ul>
 *   <li><code>encrypted:&lt;iv&gt;:&lt;ciphertext&gt;:&lt;tag&gt;</code>, each in hexadecimal:
 *       AES-256-GCM with a nonce of 16 bytes, or of 12.
 *   <li>Fernet tokens, with <code>fernet:</code> before them or without.
 * </ul>
 *
 * <p>Immutable; holds keys, so keep it no longer than needed. Safe for any thread.
 */
public final class EarlierSecrets {
  private static final EarlierSecrets NO_KEYS = new EarlierSecrets(List.of());

  private final List<EarlierForm> forms;

  private EarlierSecrets(List<EarlierForm> forms) {
    this.forms = List.copyOf(forms);
  }

  /** {@return a reader without a key: it knows the forms, and opens none of them} */
  public static EarlierSecrets withoutKeys() {
    return NO_KEYS;
  }

  /**
   * {@return a reader that opens the first form, too}
   *
   * @param key 32 bytes; they are copied. The earlier system had them in the variable {@code
   *     ENCRYPTION_KEY}
   * @throws IllegalArgumentException if there are more or fewer
   */
  public EarlierSecrets withKey(byte[] key) {
    return and(new HexGcm(key));
  }

  /**
   * {@return a reader that opens Fernet tokens, too} Where several keys are added each is tried.
   *
   * @param key 32 bytes in URL-safe base64
   * @throws IllegalArgumentException if it isn't such a key; the message doesn't show it
   */
  public EarlierSecrets withFernetKey(String key) {
    return and(new Fernet(key));
  }

  private EarlierSecrets and(EarlierForm form) {
    List<EarlierForm> more = new ArrayList<>(forms);
    more.add(form);
    return new EarlierSecrets(more);
  }

  /**
   * {@return whether a value is meant to be a secret of the earlier system, well-formed or not}
   *
   * @param value any value of a configuration
   */
  public static boolean isEarlier(String value) {
    return value.startsWith(HexGcm.PREFIX) || Fernet.isMeant(value);
  }

  /**
   * {@return the secret}
   *
   * @param field the path of the field, for the message
   * @param value what is stored
   * @throws ConnectionException with {@link SecretErrorCode#INVALID_ENCRYPTED_VALUE} if it is
   *     malformed, was changed, or none of the keys opens it; which of these isn't told
   */
  public Secret open(String field, String value) {
    return forms.stream()
        .map(form -> form.open(value))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> invalid(field));
  }

  private static ConnectionException invalid(String field) {
    return Failure.of(SecretErrorCode.INVALID_ENCRYPTED_VALUE, "Invalid encrypted value")
        .withRemedy("Enter the value again, or import it with the key it was encrypted with.")
        .withFieldPaths(List.of(field))
        .asException();
  }

  /** {@return how many keys it has} */
  @Override
  public String toString() {
    return "EarlierSecrets[" + forms.size() + " keys]";
  }
}
