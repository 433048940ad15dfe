package dev.connections.core.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.crypto.tink.Aead;
import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySourceTest {
  private static final byte[] KEYSET = "what is wrapped".getBytes(UTF_8);
  private static final byte[] CONTEXT = "where".getBytes(UTF_8);
  private static final byte[] KEY = new byte[32];

  static {
    for (int i = 0; i < KEY.length; i++) {
      KEY[i] = (byte) (i * 7 + 1);
    }
  }

  private static final String KEY_TEXT = Base64.getEncoder().encodeToString(KEY);

  private final Map<String, String> environment = new HashMap<>();
  private final KeySource variable = new EnvironmentKey("CONNECTIONS_KEY", environment::get);

  static ConnectionException failing(Runnable call) {
    ConnectionException failure = catchThrowableOfType(ConnectionException.class, call::run);
    assertThat(failure).as("the failure").isNotNull();
    assertThat(failure.failure().remedy()).as("what to do").isPresent();
    assertThat(failure.failure().toString() + failure)
        .as("no key in the failure")
        .doesNotContain(KEY_TEXT)
        .doesNotContain(KEY_TEXT.substring(5, 20));
    return failure;
  }

  @Test
  void what_a_source_wraps_it_unwraps_in_the_same_context_only() {
    environment.put("CONNECTIONS_KEY", KEY_TEXT);
    for (KeySource source :
        new KeySource[] {variable, KeySource.ofKey(KEY), KeySource.ephemeral()}) {
      byte[] wrapped = source.wrap(KEYSET, CONTEXT);
      assertThat(source.unwrap(wrapped, CONTEXT)).isEqualTo(KEYSET);
      assertThat(new String(wrapped, UTF_8)).doesNotContain("wrapped");
      ConnectionException refused =
          failing(() -> source.unwrap(wrapped, "elsewhere".getBytes(UTF_8)));
      assertThat(refused.is(SecretErrorCode.KEY_REFUSED)).isTrue();
      wrapped[3] ^= 1;
      assertThat(failing(() -> source.unwrap(wrapped, CONTEXT)).is(SecretErrorCode.KEY_REFUSED))
          .isTrue();
      assertThat(failing(() -> source.unwrap(new byte[2], CONTEXT)).is(SecretErrorCode.KEY_REFUSED))
          .isTrue();
    }
  }

  @Test
  void one_key_is_the_same_key_from_every_source() {
    environment.put("CONNECTIONS_KEY", " " + KEY_TEXT + "\n");
    byte[] wrapped = variable.wrap(KEYSET, CONTEXT);
    assertThat(KeySource.ofKey(KEY).unwrap(wrapped, CONTEXT)).isEqualTo(KEYSET);
  }

  @Test
  void another_key_is_refused_and_the_variable_is_named() {
    byte[] wrapped = KeySource.ephemeral().wrap(KEYSET, CONTEXT);
    environment.put("CONNECTIONS_KEY", KEY_TEXT);
    ConnectionException refused = failing(() -> variable.unwrap(wrapped, CONTEXT));
    assertThat(refused.is(SecretErrorCode.KEY_REFUSED)).isTrue();
    assertThat(refused.failure().message()).contains("CONNECTIONS_KEY");
    assertThat(refused.category()).isEqualTo(Category.CONFIGURATION);
    assertThat(failing(() -> KeySource.ofKey(KEY).unwrap(wrapped, CONTEXT)).code())
        .isEqualTo(SecretErrorCode.KEY_REFUSED);
  }

  @Test
  void two_ephemeral_sources_have_two_keys() {
    byte[] wrapped = KeySource.ephemeral().wrap(KEYSET, CONTEXT);
    assertThat(failing(() -> KeySource.ephemeral().unwrap(wrapped, CONTEXT)).code())
        .isEqualTo(SecretErrorCode.KEY_REFUSED);
  }

  @Test
  void a_variable_that_is_not_set_is_a_missing_key_and_the_remedy_says_how_to_make_one() {
    for (String blank : new String[] {null, "", "  "}) {
      environment.put("CONNECTIONS_KEY", blank);
      ConnectionException missing = failing(() -> variable.wrap(KEYSET, CONTEXT));
      assertThat(missing.is(SecretErrorCode.KEY_MISSING)).isTrue();
      assertThat(missing.failure().message())
          .isEqualTo("The environment variable CONNECTIONS_KEY isn't set.");
      assertThat(missing.failure().remedy().orElseThrow()).contains("openssl rand -base64 32");
      assertThat(failing(() -> variable.unwrap(KEYSET, CONTEXT)).code())
          .isEqualTo(SecretErrorCode.KEY_MISSING);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not base64!",
        "AQgPFh0kKzI5QEdOVVxjanF4f4aNlJuiqbC3vsXM0w==",
        "AQgPFh0kKzI5QEdOVVxjanF4f4aNlJuiqbC3vsXM09oB",
        "\"AQgPFh0kKzI5QEdOVVxjanF4f4aNlJuiqbC3vsXM09o=\"",
        "=",
      })
  void a_variable_that_holds_no_key_is_malformed_and_its_content_is_not_told(String content) {
    environment.put("CONNECTIONS_KEY", content);
    ConnectionException malformed = failing(() -> variable.wrap(KEYSET, CONTEXT));
    assertThat(malformed.is(SecretErrorCode.KEY_MALFORMED)).isTrue();
    assertThat(malformed.failure().message()).contains("CONNECTIONS_KEY").doesNotContain(content);
    assertThat(malformed.failure().remedy().orElseThrow()).contains("44 characters");
  }

  @Test
  void the_process_environment_is_what_a_host_reads_from() {
    KeySource absent = KeySource.fromEnvironment("CONNECTIONS_TEST_VARIABLE_THAT_NOBODY_SETS");
    assertThat(failing(() -> absent.wrap(KEYSET, CONTEXT)).code())
        .isEqualTo(SecretErrorCode.KEY_MISSING);
    KeySource noKey = KeySource.fromEnvironment("PATH");
    assertThat(failing(() -> noKey.wrap(KEYSET, CONTEXT)).code())
        .isEqualTo(SecretErrorCode.KEY_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 31, 33})
  void a_given_key_has_32_bytes(int length) {
    assertThatIllegalArgumentException().isThrownBy(() -> KeySource.ofKey(new byte[length]));
  }

  @Test
  void a_given_key_is_copied() {
    byte[] mine = KEY.clone();
    KeySource source = KeySource.ofKey(mine);
    mine[0] ^= 1;
    assertThat(KeySource.ofKey(KEY).unwrap(source.wrap(KEYSET, CONTEXT), CONTEXT))
        .isEqualTo(KEYSET);
  }

  @Test
  void a_source_says_what_it_is_and_not_its_key() {
    environment.put("CONNECTIONS_KEY", KEY_TEXT);
    assertThat(variable).hasToString("KeySource[environment variable CONNECTIONS_KEY]");
    assertThat(KeySource.ofKey(KEY)).hasToString("KeySource[given key]");
  }

  @Test
  void codes_of_keys_have_their_categories_and_only_passing_failures_are_retried() {
    for (SecretErrorCode code : SecretErrorCode.values()) {
      Category category =
          switch (code) {
            case INVALID_ENCRYPTED_VALUE, CONFIGURATION_ALTERED -> Category.DATA;
            // The next attempt knows the present keys, or finds the service again.
            case KEY_RETIRED, KMS_UNAVAILABLE -> Category.UNAVAILABLE;
            case KMS_TIMEOUT, REFERENCE_TIMEOUT -> Category.TIMEOUT;
            case KMS_DENIED -> Category.PERMISSION;
            default -> Category.CONFIGURATION;
          };
      assertThat(code.id()).isEqualTo(code.name());
      assertThat(code.category()).isEqualTo(category);
      assertThat(code.transientFailure())
          .isEqualTo(category == Category.UNAVAILABLE || category == Category.TIMEOUT);
    }
  }

  @Test
  void a_source_that_replaces_another_wraps_with_itself_and_unwraps_what_either_has_wrapped() {
    KeySource former = KeySource.ephemeral();
    KeySource next = KeySource.ephemeral();
    KeySource both = next.replacing(former);
    assertThat(both.unwrap(former.wrap(KEYSET, CONTEXT), CONTEXT)).isEqualTo(KEYSET);
    assertThat(next.unwrap(both.wrap(KEYSET, CONTEXT), CONTEXT)).isEqualTo(KEYSET);
    byte[] foreign = KeySource.ephemeral().wrap(KEYSET, CONTEXT);
    ConnectionException neither = failing(() -> both.unwrap(foreign, CONTEXT));
    assertThat(neither.is(SecretErrorCode.KEY_REFUSED)).isTrue();
    assertThat(neither.getSuppressed()).hasSize(1);
    assertThat(both.toString()).doesNotContain(Base64.getEncoder().encodeToString(KEY));
  }

  @Test
  void a_keyset_in_memory_is_replaced_only_by_who_saw_it() {
    KeysetStore store = KeysetStore.inMemory();
    assertThat(store.load()).isEmpty();
    assertThat(store.replace(Optional.of("other"), "mine", Set.of())).isFalse();
    assertThat(store.replace(Optional.empty(), "mine", Set.of())).isTrue();
    assertThat(store.replace(Optional.empty(), "late", Set.of())).isFalse();
    assertThat(store.replace(Optional.of(new String("mine")), "next", Set.of())).isTrue();
    assertThat(store.load()).contains("next");
    assertThat(KeysetStore.inMemory().load()).isEmpty();
  }

  @Test
  void a_java_installation_that_does_not_encrypt_is_told() {
    Aead broken =
        new Aead() {
          @Override
          public byte[] encrypt(byte[] plaintext, byte[] associatedData)
              throws GeneralSecurityException {
            throw new GeneralSecurityException("foreign text");
          }

          @Override
          public byte[] decrypt(byte[] ciphertext, byte[] associatedData) {
            return ciphertext;
          }
        };
    ConnectionException failure =
        failing(() -> new KeyEncryptionKey(broken).encrypt(KEYSET, CONTEXT));
    assertThat(failure.category()).isEqualTo(Category.INTERNAL);
    assertThat(failure).hasMessageNotContaining("foreign text");
  }
}
