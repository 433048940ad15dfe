package dev.connections.core.secrets;

import dev.connections.api.Failure;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A key in an environment variable. */
final class EnvironmentKey implements KeySource {
  private final String name;
  private final Function<String, @Nullable String> environment;

  EnvironmentKey(String name, Function<String, @Nullable String> environment) {
    this.name = name;
    this.environment = environment;
  }

  @Override
  public byte[] wrap(byte[] keyset, byte[] context) {
    return key().encrypt(keyset, context);
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] context) {
    return key()
        .decrypt(
            wrapped,
            context,
            Failure.of(
                    SecretErrorCode.KEY_REFUSED,
                    "The key in the environment variable "
                        + name
                        + " doesn't open the store's stored keys.")
                .withRemedy(
                    "Set "
                        + name
                        + " to the key with which this store was made, and start again."));
  }

  private KeyEncryptionKey key() {
    String text = Optional.ofNullable(environment.apply(name)).orElse("");
    if (text.isBlank()) {
      throw Failure.of(
              SecretErrorCode.KEY_MISSING, "The environment variable " + name + " isn't set.")
          .withRemedy(
              "Set "
                  + name
                  + " to 32 random bytes in base64, made by: openssl rand -base64 32. For a store"
                  + " that has connections already, set it to the key they were stored with.")
          .asException();
    }
    return KeyEncryptionKey.parse(text)
        .orElseThrow(
            () ->
                Failure.of(
                        SecretErrorCode.KEY_MALFORMED,
                        "The environment variable " + name + " doesn't hold a key.")
                    .withRemedy(
                        "It must be 32 bytes in base64, which is 44 characters, without quotes"
                            + " around them. A new one is made by: openssl rand -base64 32")
                    .asException());
  }

  /** {@return the variable's name; never the key} */
  @Override
  public String toString() {
    return "KeySource[environment variable " + name + "]";
  }
}
