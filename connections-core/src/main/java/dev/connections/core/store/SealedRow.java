package dev.connections.core.store;

import java.util.Objects;

/**
 * What is encrypted in one row, for the rotation of keys.
 *
 * @param account the tenant
 * @param connection the id of the connection that the row belongs to
 * @param part what of the connection the row keeps
 * @param specVersion of a configuration, the version of the type's specification; else 1
 * @param text as it is stored, with the encrypted values in it
 */
public record SealedRow(
    String account, String connection, Part part, int specVersion, String text) {
  /** The tables that have encrypted values. */
  public enum Part {
    /** The connection's configuration. */
    CONFIGURATION,
    /** What it signs in with at present, where its source grants tokens. */
    TOKENS
  }

  /**
   * Checks that no part is null.
   *
   * @param account the tenant
   * @param connection the id of the connection
   * @param part what of the connection the row keeps
   * @param specVersion of a configuration
   * @param text as it is stored
   */
  public SealedRow {
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(text, "text");
  }

  /** {@return where it is; not what} */
  @Override
  public String toString() {
    return "SealedRow[" + part + " of " + connection + "]";
  }

  /**
   * A row as it shall be.
   *
   * @param before as it was read
   * @param text as it shall be stored
   * @param keyId the number of the key that its values are encrypted with now
   */
  public record Change(SealedRow before, String text, long keyId) {
    /**
     * Checks that no part is null.
     *
     * @param before as it was read
     * @param text as it shall be stored
     * @param keyId the number of the key
     */
    public Change {
      Objects.requireNonNull(before, "before");
      Objects.requireNonNull(text, "text");
    }

    /** {@return which row it is} */
    @Override
    public String toString() {
      return "Change[" + before + "]";
    }
  }
}
