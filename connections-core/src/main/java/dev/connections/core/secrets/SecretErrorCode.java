package dev.connections.core.secrets;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;

/** The failures of keys and of encrypted values. */
public enum SecretErrorCode implements ErrorCode {
  /** There is no key where one should be: the variable isn't set, or the key file is gone. */
  KEY_MISSING(Category.CONFIGURATION),
  /** What is there isn't a key: not base64, or not 32 bytes. */
  KEY_MALFORMED(Category.CONFIGURATION),
  /** The key file can't be read or made. */
  KEY_UNREADABLE(Category.CONFIGURATION),
  /** Others than its owner may read or write the key file. */
  KEY_EXPOSED(Category.CONFIGURATION),
  /** The key doesn't open the stored keyset: it is another key, or the keyset was changed. */
  KEY_REFUSED(Category.CONFIGURATION),
  /** The service that keeps the key can't be reached or has failed. */
  KMS_UNAVAILABLE(Category.UNAVAILABLE),
  /** The service that keeps the key hasn't answered in time. */
  KMS_TIMEOUT(Category.TIMEOUT),
  /** The service that keeps the key doesn't let the application use it. */
  KMS_DENIED(Category.PERMISSION),
  /** A secret refers to something that the host doesn't allow it to refer to. */
  REFERENCE_REFUSED(Category.CONFIGURATION),
  /** There is nothing where a reference leads. */
  REFERENCE_MISSING(Category.CONFIGURATION),
  /** What is there can't be read, or isn't a secret. */
  REFERENCE_UNREADABLE(Category.CONFIGURATION),
  /** What keeps the secret hasn't answered in time. */
  REFERENCE_TIMEOUT(Category.TIMEOUT),
  /** A key can't be retired: something is still encrypted with it. */
  KEY_IN_USE(Category.CONFIGURATION),
  /**
   * A row wasn't written: it is encrypted with a key that another process has retired. The same
   * call made again succeeds once the present keys are known here, which they soon are.
   */
  KEY_RETIRED(Category.UNAVAILABLE),
  /**
   * The library that encrypts doesn't work with what else is on the class path, such as an old
   * protobuf.
   */
  ENCRYPTION_UNUSABLE(Category.CONFIGURATION),
  /**
   * A stored value can't be decrypted: it was changed, comes from another connection or field, or
   * its key is gone. Which of these it is isn't told.
   */
  INVALID_ENCRYPTED_VALUE(Category.DATA),
  /**
   * What lies beside a stored secret isn't what lay there when the secret was entered: somebody has
   * changed the address, or another setting, past the library. The secret is sent nowhere.
   */
  CONFIGURATION_ALTERED(Category.DATA);

  private final Category category;

  SecretErrorCode(Category category) {
    this.category = category;
  }

  /**
   * {@return that the library which encrypts couldn't be loaded}
   *
   * @param thrown by the class loader, or by a class of the library as it was made ready
   */
  public static ConnectionException encryptionUnusable(LinkageError thrown) {
    return Failure.of(
            ENCRYPTION_UNUSABLE,
            "The library that encrypts secrets doesn't work with what else is on the class path.")
        .withRemedy(
            "It needs com.google.protobuf:protobuf-java 4.33.6 or later. See which version the"
                + " application brings, for instance with: mvn dependency:tree -Dincludes="
                + "com.google.protobuf")
        .asException(thrown);
  }

  @Override
  public String id() {
    return name();
  }

  @Override
  public Category category() {
    return category;
  }
}
