package dev.connections.core.secrets;

import dev.connections.api.Category;
import dev.connections.api.ErrorCode;

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
  /**
   * A stored value can't be decrypted: it was changed, comes from another connection or field, or
   * its key is gone. Which of these it is isn't told.
   */
  INVALID_ENCRYPTED_VALUE(Category.DATA);

  private final Category category;

  SecretErrorCode(Category category) {
    this.category = category;
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
