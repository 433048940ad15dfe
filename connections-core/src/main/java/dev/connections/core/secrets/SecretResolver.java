package dev.connections.core.secrets;

import dev.connections.api.ConnectionException;
import dev.connections.api.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds secrets that connections only refer to, as <code>${scheme:name}</code>. None is there
 * unless the host adds it: who may edit a connection could otherwise read the host's own secrets
 * and send them where he likes. A host may add one over a vault of its own.
 *
 * <p>It is asked when an adapter is opened, after the audit log was told, and what it gives is
 * never stored. Each call has a deadline. Implementations are safe for any thread and trust no part
 * of a reference.
 */
public interface SecretResolver {
  /** {@return what references begin with; lower-case letters, digits and hyphens} */
  String scheme();

  /**
   * {@return the secret}
   *
   * @param reference where it is
   * @throws ConnectionException with {@link SecretErrorCode#REFERENCE_REFUSED}, {@link
   *     SecretErrorCode#REFERENCE_MISSING} or {@link SecretErrorCode#REFERENCE_UNREADABLE}, without
   *     the secret
   */
  Secret resolve(SecretReference reference);

  /**
   * {@return a resolver of the scheme {@code env}, for environment variables} It gives away what is
   * in those variables to everybody who may edit a connection: restrict it further with {@link
   * #onlyFor} where accounts must not share them.
   *
   * @param names the variables it may read; a name that ends with {@code *} stands for all that
   *     begin so
   * @throws IllegalArgumentException if there is no name, or one would allow every variable
   */
  static SecretResolver environment(String... names) {
    return new EnvironmentSecrets(Set.of(names), System::getenv);
  }

  /**
   * {@return a resolver of the scheme {@code file}, for files that hold one secret each} A line
   * break at the end doesn't belong to it. Files are read from these directories and those below
   * them; a link that leads out of them is refused.
   *
   * @param directories where secrets lie, such as those a container is given
   * @throws IllegalArgumentException if there is no directory, or one is a root
   */
  static SecretResolver files(Path... directories) {
    return new FileSecrets(List.of(directories));
  }

  /**
   * {@return this resolver for some references; others are refused}
   *
   * @param allowed which of them, for instance by their account
   */
  default SecretResolver onlyFor(Predicate<SecretReference> allowed) {
    return new RestrictedSecrets(this, allowed);
  }
}
