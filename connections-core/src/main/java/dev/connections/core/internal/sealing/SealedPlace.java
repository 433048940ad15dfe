package dev.connections.core.internal.sealing;

/**
 * Which connection sealed values belong to. They open nowhere else.
 *
 * @param account the tenant
 * @param connection the connection's id
 */
public record SealedPlace(String account, String connection) {
  /**
   * Checks the names.
   *
   * @param account the tenant
   * @param connection the connection's id
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
}
