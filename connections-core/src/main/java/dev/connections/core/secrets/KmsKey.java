package dev.connections.core.secrets;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardFailures;
import dev.connections.core.internal.calls.TimedCall;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A key that a service keeps. */
final class KmsKey implements KeySource {
  private final KmsClient client;
  private final String key;
  private final Duration deadline;

  KmsKey(KmsClient client, String key, Duration deadline) {
    if (key.isBlank() || deadline.isZero() || deadline.isNegative()) {
      throw new IllegalArgumentException("a key has a name, and a call some time");
    }
    this.client = client;
    this.key = key;
    this.deadline = deadline;
  }

  /** What can't be decrypted again is told before anything is encrypted with it. */
  @Override
  public byte[] wrap(byte[] keyset, byte[] context) {
    byte[] wrapped = asked(() -> client.encrypt(key, keyset, context));
    byte[] again = unwrap(wrapped, context);
    try {
      if (!Arrays.equals(again, keyset)) {
        throw refused().asException();
      }
      return wrapped;
    } finally {
      Arrays.fill(again, (byte) 0);
    }
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] context) {
    return asked(() -> client.decrypt(key, wrapped, context));
  }

  private byte[] asked(Callable<byte[]> call) {
    try {
      return TimedCall.of("key-service", deadline, call);
    } catch (TimeoutException late) {
      throw Failure.of(
              SecretErrorCode.KMS_TIMEOUT,
              "The key service hasn't answered within " + deadline.toMillis() + " ms.")
          .withRemedy("Check that it can be reached from here, and try again.")
          .asException();
    } catch (ExecutionException thrown) {
      throw told(thrown);
    }
  }

  private ConnectionException told(ExecutionException thrown) {
    return thrown.getCause() instanceof KmsException known
        ? ConnectionException.of(failure(known.reason()), known)
        : StandardFailures.internal(thrown).asException(thrown);
  }

  private Failure failure(KmsException.Reason reason) {
    return switch (reason) {
      case UNAVAILABLE ->
          Failure.of(
                  SecretErrorCode.KMS_UNAVAILABLE,
                  "The key service can't be reached or has failed.")
              .withRemedy("Check that it can be reached from here, and try again.");
      case DENIED ->
          Failure.of(SecretErrorCode.KMS_DENIED, "The application may not use the key " + key + ".")
              .withRemedy("Allow it to encrypt and to decrypt with this key.");
      case NO_SUCH_KEY ->
          Failure.of(
                  SecretErrorCode.KEY_MISSING,
                  "The key service has no key " + key + " that can be used.")
              .withRemedy(
                  "Check the key's name and that it is switched on. The store's secrets can be read"
                      + " with it only.");
      case REFUSED -> refused();
    };
  }

  private Failure refused() {
    return Failure.of(
            SecretErrorCode.KEY_REFUSED,
            "The key " + key + " of the key service doesn't open the store's stored keys.")
        .withRemedy("Name the key with which this store was made.");
  }

  /** {@return which key it is} */
  @Override
  public String toString() {
    return "KeySource[key service, key " + key + "]";
  }
}
