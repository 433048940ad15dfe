package dev.connections.core.store;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.PlainText;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.secrets.SecretErrorCode;
import java.util.List;

/** The failures every store answers with, in the same words. */
public final class StoreFailures {
  private static final int LONGEST_NAME = 100;

  private StoreFailures() {}

  /**
   * {@return that a name is taken} In the same words whoever asks: of what has the name nothing is
   * told, since who asks may not be allowed to see it.
   *
   * @param name the name, as it was asked for
   */
  public static ConnectionException nameTaken(String name) {
    return Failure.of(
            CoreErrorCode.NAME_TAKEN,
            "The name '" + PlainText.of(name, LONGEST_NAME) + "' isn't free.")
        .withRemedy("Choose another name.")
        .withFieldPaths(List.of("name"))
        .asException();
  }

  /** {@return that a connection was changed since it was read} */
  public static ConnectionException staleVersion() {
    return Failure.of(
            CoreErrorCode.STALE_VERSION,
            "The connection was changed by somebody else since it was read.")
        .withRemedy("Read the connection again, and repeat the change on it.")
        .asException();
  }

  /** {@return that a row is encrypted with a key which isn't one of the store's any more} */
  public static ConnectionException keyRetired() {
    return Failure.of(
            SecretErrorCode.KEY_RETIRED,
            "The secrets weren't stored, because their key has just been replaced.")
        .withRemedy("Try again in a moment.")
        .asException();
  }

  /** {@return that a key can't be given up yet} */
  public static ConnectionException keyInUse() {
    return Failure.of(
            SecretErrorCode.KEY_IN_USE, "The key can't be retired: secrets are encrypted with it.")
        .withRemedy("Rotate the keys to their end first, and see which secrets that reports.")
        .asException();
  }

  /** {@return that a page token isn't one of the list it was used for} */
  public static ConnectionException foreignPageToken() {
    return Failure.of(
            CoreErrorCode.INVALID_ARGUMENT,
            "The page token doesn't belong to a list in this order.")
        .withRemedy("Use the token of the page before with the same order, or begin at the first.")
        .asException();
  }
}
