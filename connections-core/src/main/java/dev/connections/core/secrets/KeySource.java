package dev.connections.core.secrets;

import dev.connections.api.ConnectionException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Encrypts and decrypts the keyset which secrets are encrypted with. The keyset itself lies in the
 * store; what a source stands for lies elsewhere: in an environment variable, in a file that only
 * its owner reads, or in a service that manages keys.
 *
 * <p>A host may implement it, for instance over such a service: {@link #wrap} is called once in the
 * life of a store, and at each rotation; {@link #unwrap} once at each start. Implementations are
 * safe for any thread and authenticate what they encrypt: {@code unwrap} refuses whatever {@code
 * wrap} didn't make with the same context.
 */
public interface KeySource {
  /**
   * Encrypts a keyset. Called before there is a stored keyset, so a source that keeps its own key
   * may make one now.
   *
   * @param keyset what is encrypted; never empty, at most a few kilobytes
   * @param context what the result is bound to; not secret
   * @return the encrypted keyset, in a form of the source's own
   * @throws ConnectionException if there is no usable key; one of {@link SecretErrorCode} says why
   */
  byte[] wrap(byte[] keyset, byte[] context);

  /**
   * Decrypts a keyset. Never makes a key: without the right one nothing is decrypted.
   *
   * @param wrapped what {@link #wrap} gave back
   * @param context what it was bound to
   * @return the keyset
   * @throws ConnectionException if there is no usable key, or with {@link
   *     SecretErrorCode#KEY_REFUSED} if it is another one or {@code wrapped} was changed
   */
  byte[] unwrap(byte[] wrapped, byte[] context);

  /**
   * {@return a source that wraps with this one, and unwraps what this one or a former one has
   * wrapped} For the time in which the key around a store's keys is replaced.
   *
   * @param former what the keyset was wrapped with until now
   */
  default KeySource replacing(KeySource former) {
    return new ReplacingSource(this, former);
  }

  /**
   * {@return a source whose key is in an environment variable} The variable holds 32 random bytes
   * in base64, as {@code openssl rand -base64 32} prints them. It is read at each use and not kept.
   *
   * @param name the variable's name
   */
  static KeySource fromEnvironment(String name) {
    return new EnvironmentKey(name, System::getenv);
  }

  /**
   * {@return a source whose key is in a file} The file is made at the first {@link #wrap}, readable
   * and writable by its owner only, in a directory that is made likewise if there is none. Where
   * several processes start at once they end up with one file and one key. A file that others may
   * read or write is refused, on file systems that know such rights.
   *
   * <p>Who has the file and the store has the secrets; who loses the file has lost them. So back it
   * up, and keep it apart from the backups of the store.
   *
   * @param file the key file
   */
  static KeySource localFile(Path file) {
    return new LocalKeyFile(file);
  }

  /**
   * {@return a source whose key never leaves the service that keeps it} A call that takes longer
   * than ten seconds is given up.
   *
   * @param client asks the service
   * @param key the key's name in the service
   * @throws IllegalArgumentException if the name is blank
   */
  static KeySource fromKms(KmsClient client, String key) {
    return fromKms(client, key, Duration.ofSeconds(10));
  }

  /**
   * {@return a source whose key never leaves the service that keeps it} When keys are made, what
   * the service encrypted is decrypted once, so that a key which may only encrypt is told before
   * anything depends on it.
   *
   * @param client asks the service
   * @param key the key's name in the service
   * @param deadline how long one call may take; positive
   * @throws IllegalArgumentException if the name is blank or the deadline isn't positive
   */
  static KeySource fromKms(KmsClient client, String key, Duration deadline) {
    return new KmsKey(client, key, deadline);
  }

  /**
   * {@return a source with a given key, for a host that keeps keys in a place of its own}
   *
   * @param key 32 random bytes; they are copied
   * @throws IllegalArgumentException if there are more or fewer
   */
  static KeySource ofKey(byte[] key) {
    return new GivenKey(key);
  }

  /**
   * {@return a source with a new random key that nobody else has} What is stored with it can't be
   * read after the process ended: for tests, and for stores that live in memory.
   */
  static KeySource ephemeral() {
    return new GivenKey(KeyEncryptionKey.randomBytes());
  }
}
