package dev.connections.core.secrets;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.PlainText;
import java.util.List;
import java.util.Objects;

/**
 * Says where a secret is instead of what it is: <code>${env:CRM_PASSWORD}</code> as the whole value
 * of a secret field. It comes from whoever edits the connection, so it is never to be trusted.
 *
 * @param account the tenant that the connection belongs to
 * @param field the path of the field
 * @param scheme which resolver is meant; lower case
 * @param name what the resolver looks for
 */
public record SecretReference(String account, String field, String scheme, String name) {
  private static final int LONGEST_SHOWN = 100;

  /**
   * Checks that no part is null.
   *
   * @param account the tenant
   * @param field the path of the field
   * @param scheme which resolver is meant
   * @param name what the resolver looks for
   */
  public SecretReference {
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(scheme, "scheme");
    Objects.requireNonNull(name, "name");
  }

  /** {@return the scheme and the name, short and without control characters} */
  public String shown() {
    return PlainText.of(scheme + ":" + name, LONGEST_SHOWN);
  }

  /** {@return that the reference isn't allowed} */
  public ConnectionException refused() {
    return failure(
        SecretErrorCode.REFERENCE_REFUSED,
        " isn't allowed here.",
        "Enter the secret itself, or ask the operator of the application to allow the reference.");
  }

  /** {@return that there is nothing where the reference leads} */
  public ConnectionException missing() {
    return failure(
        SecretErrorCode.REFERENCE_MISSING,
        " leads to nothing.",
        "Check its spelling, and that the secret is there where the application runs.");
  }

  /** {@return that what is there can't be read as a secret} */
  public ConnectionException unreadable() {
    return failure(
        SecretErrorCode.REFERENCE_UNREADABLE,
        " leads to something that can't be read as a secret.",
        "It must be text of at most 64 KB which the application may read.");
  }

  /** {@return that it took too long to find out} */
  public ConnectionException late() {
    return failure(
        SecretErrorCode.REFERENCE_TIMEOUT,
        " took too long to be followed.",
        "Check that what keeps the secret can be reached, and try again.");
  }

  private ConnectionException failure(SecretErrorCode code, String what, String remedy) {
    return Failure.of(code, "The reference " + shown() + what)
        .withRemedy(remedy)
        .withFieldPaths(List.of(field))
        .asException();
  }
}
