package dev.connections.core.internal.sealing;

import dev.connections.core.store.SealedRow.Part;

/**
 * Which connection sealed values belong to. They open nowhere else.
 *
 * @param account the tenant
 * @param connection the connection's id
 * @param part what of the connection they belong to
 */
public record SealedPlace(String account, String connection, Part part) {
  /**
   * Checks the names.
   *
   * @param account the tenant
   * @param connection the connection's id
   * @param part what of the connection they belong to
   * @throws IllegalArgumentException if one of them is empty or isn't well-formed text
   */
  public SealedPlace {
    if (account.isEmpty() || connection.isEmpty()) {
      throw new IllegalArgumentException("a place without an account or a connection");
    }
    if (!Texts.wellFormed(account) || !Texts.wellFormed(connection)) {
      throw new IllegalArgumentException("a place whose name has half a character");
    }
  }

  /**
   * The place of a configuration's values.
   *
   * @param account the tenant
   * @param connection the connection's id
   * @throws IllegalArgumentException as above
   */
  public SealedPlace(String account, String connection) {
    this(account, connection, Part.CONFIGURATION);
  }
}
