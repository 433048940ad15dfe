package dev.connections.core.secrets;

/**
 * A service that manages keys and never gives them away: it encrypts and decrypts on request. A
 * host implements it over the service it has, in a few lines, and hands it to {@link
 * KeySource#fromKms}.
 *
 * <p>It is called when a store's keys are made, wrapped anew or read for the first time, never for
 * a single secret. Each call has a deadline; one that takes longer is interrupted, and what it
 * gives afterwards is thrown away. Safe for any thread.
 */
public interface KmsClient {
  /**
   * {@return the text encrypted}
   *
   * @param key the key's name in the service
   * @param plaintext what is encrypted; a few kilobytes at most
   * @param context what the result is bound to, as additional authenticated data or encryption
   *     context; not secret
   * @throws KmsException if the service doesn't do it
   */
  byte[] encrypt(String key, byte[] plaintext, byte[] context) throws KmsException;

  /**
   * {@return the text in the clear}
   *
   * @param key the key's name in the service
   * @param ciphertext what {@link #encrypt} gave
   * @param context what it was bound to
   * @throws KmsException if the service doesn't do it
   */
  byte[] decrypt(String key, byte[] ciphertext, byte[] context) throws KmsException;
}
