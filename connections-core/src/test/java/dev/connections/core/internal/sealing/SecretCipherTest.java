package dev.connections.core.internal.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.mac.PredefinedMacParameters;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.secrets.KeysetStore;
import dev.connections.core.secrets.SecretErrorCode;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCipherTest {
  private static final SealedPlace HERE = new SealedPlace("acme", "c1");
  private static final String FIELD = "authentication.password";

  private final KeySource source = KeySource.ephemeral();
  private final KeysetStore store = KeysetStore.inMemory();
  private final SecretCipher cipher = SecretCipher.open(source, store);

  private static ConnectionException invalid(Runnable call) {
    ConnectionException failure = catchThrowableOfType(ConnectionException.class, call::run);
    assertThat(failure).isNotNull();
    assertThat(failure.is(SecretErrorCode.INVALID_ENCRYPTED_VALUE)).isTrue();
    return failure;
  }

  static Stream<byte[]> values() {
    byte[] large = new byte[64 * 1024];
    new Random(42).nextBytes(large);
    return Stream.of(
        new byte[0], new byte[] {0}, "x".getBytes(UTF_8), "pässwörd 密码 🔑".getBytes(UTF_8), large);
  }

  @ParameterizedTest
  @MethodSource("values")
  void what_is_sealed_opens_again_where_it_was_sealed(byte[] value) {
    String sealed = cipher.seal(HERE, FIELD, value);
    assertThat(cipher.open(HERE, FIELD, sealed)).isEqualTo(value);
    assertThat(SecretCipher.open(source, store).open(HERE, FIELD, sealed)).isEqualTo(value);
    assertThat(sealed).matches("sealed:1:[0-9]{1,10}:[A-Za-z0-9_-]+");
    assertThat(SecretCipher.isSealed(sealed)).isTrue();
  }

  @Test
  void one_value_sealed_twice_gives_two_texts_with_the_key_of_the_keyset() {
    Set<String> texts = new HashSet<>();
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      String sealed = cipher.seal(HERE, FIELD, "hunter2".getBytes(UTF_8));
      texts.add(sealed);
      keys.add(sealed.split(":")[2]);
    }
    assertThat(texts).hasSize(100);
    assertThat(keys).hasSize(1);
    assertThat(store.load().orElseThrow()).contains("\"primaryKeyId\":" + keys.iterator().next());
  }

  @Test
  void a_value_does_not_open_in_another_account_connection_or_field() {
    String sealed = cipher.seal(HERE, FIELD, "hunter2".getBytes(UTF_8));
    invalid(() -> cipher.open(new SealedPlace("other", "c1"), FIELD, sealed));
    invalid(() -> cipher.open(new SealedPlace("acme", "c2"), FIELD, sealed));
    invalid(() -> cipher.open(HERE, "authentication.token", sealed));
  }

  @Test
  void parts_of_a_place_can_not_be_shifted_into_one_another() {
    String sealed = cipher.seal(new SealedPlace("ab", "c"), "d", "hunter2".getBytes(UTF_8));
    invalid(() -> cipher.open(new SealedPlace("a", "bc"), "d", sealed));
    invalid(() -> cipher.open(new SealedPlace("abc", "d"), "", sealed));
    invalid(() -> cipher.open(new SealedPlace("ab", "cd"), "", sealed));
    invalid(() -> cipher.open(new SealedPlace("a", "b"), "cd", sealed));
  }

  @Test
  void every_flipped_bit_of_the_ciphertext_is_refused() {
    String sealed = cipher.seal(HERE, FIELD, "hunter2".getBytes(UTF_8));
    int start = sealed.lastIndexOf(':') + 1;
    byte[] bytes = Base64.getUrlDecoder().decode(sealed.substring(start));
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      String text =
          sealed.substring(0, start)
              + Base64.getUrlEncoder().withoutPadding().encodeToString(flipped);
      invalid(() -> cipher.open(HERE, FIELD, text));
    }
  }

  @Test
  void every_flipped_bit_of_the_text_is_refused() {
    String sealed = cipher.seal(HERE, FIELD, "hunter22".getBytes(UTF_8));
    for (int at = 0; at < sealed.length(); at++) {
      for (int bit = 0; bit < 16; bit++) {
        StringBuilder flipped = new StringBuilder(sealed);
        flipped.setCharAt(at, (char) (sealed.charAt(at) ^ (1 << bit)));
        invalid(() -> cipher.open(HERE, FIELD, flipped.toString()));
      }
    }
  }

  @Test
  void a_cut_or_lengthened_text_is_refused() {
    String sealed = cipher.seal(HERE, FIELD, "hunter2".getBytes(UTF_8));
    for (int length = 0; length < sealed.length(); length++) {
      String cut = sealed.substring(0, length);
      invalid(() -> cipher.open(HERE, FIELD, cut));
    }
    for (String more : List.of("A", "=", "==", " ", "\n", ":", "\0")) {
      invalid(() -> cipher.open(HERE, FIELD, sealed + more));
      invalid(() -> cipher.open(HERE, FIELD, more + sealed));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "******",
        "sealed:",
        "sealed:1:",
        "sealed:1::",
        "sealed:1:1:",
        "sealed:1:0:AAAAAAAA",
        "sealed:2:1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "sealed:1:1:!!!!",
        "encrypted:00:00:00",
        "encrypted:000102030405060708090a0b0c0d0e0f:00:000102030405060708090a0b0c0d0e0f"
      })
  void what_was_never_sealed_is_refused_without_saying_why(String text) {
    ConnectionException failure = invalid(() -> cipher.open(HERE, FIELD, text));
    assertThat(failure.failure())
        .isEqualTo(
            Failure.of(
                    SecretErrorCode.INVALID_ENCRYPTED_VALUE,
                    "Invalid encrypted value in the field authentication.password.")
                .withRemedy("Enter the value again.")
                .withFieldPaths(List.of(FIELD)));
    assertThat(failure).hasNoCause();
    invalid(() -> cipher.reseal(HERE, FIELD, text));
  }

  @Test
  void a_value_sealed_with_the_keys_of_another_store_is_refused() {
    String sealed = cipher.seal(HERE, FIELD, "hunter2".getBytes(UTF_8));
    SecretCipher other = SecretCipher.open(source, KeysetStore.inMemory());
    invalid(() -> other.open(HERE, FIELD, sealed));
  }

  @Test
  void a_made_up_field_name_is_shown_short_and_plain() {
    String name = "x\n\u202e" + "y".repeat(100);
    assertThat(invalid(() -> cipher.open(HERE, name, "")).failure().message())
        .isEqualTo("Invalid encrypted value in the field x??" + "y".repeat(57) + "….");
  }

  @Test
  void a_place_has_well_formed_names() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SealedPlace("", "c"));
    assertThatIllegalArgumentException().isThrownBy(() -> new SealedPlace("a", ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new SealedPlace("a\ud800", "c"));
    assertThatIllegalArgumentException().isThrownBy(() -> new SealedPlace("a", "\udc00c"));
    assertThat(new SealedPlace("🦉", "c").account()).isEqualTo("🦉");
  }

  @Test
  void the_stored_keyset_shows_no_key_and_opens_with_its_source_only() {
    String wrapped = store.load().orElseThrow();
    assertThat(wrapped).contains("encryptedKeyset").doesNotContain("\"value\"");
    ConnectionException refused =
        catchThrowableOfType(
            ConnectionException.class, () -> SecretCipher.open(KeySource.ephemeral(), store));
    assertThat(refused.is(SecretErrorCode.KEY_REFUSED)).isTrue();
    assertThat(refused.failure().remedy()).isPresent();
    assertThat(store.load()).contains(wrapped);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "not json", "{\"encryptedKeyset\":\"AAAA\"}", "[1]"})
  void a_damaged_keyset_is_told_and_kept(String damaged) {
    KeysetStore broken = KeysetStore.inMemory();
    broken.replace(Optional.empty(), damaged, Set.of());
    ConnectionException refused =
        catchThrowableOfType(ConnectionException.class, () -> SecretCipher.open(source, broken));
    assertThat(refused.is(SecretErrorCode.KEY_REFUSED)).isTrue();
    assertThat(broken.load()).contains(damaged);
  }

  @Test
  void who_comes_second_uses_the_keys_of_who_came_first() {
    KeysetStore shared = KeysetStore.inMemory();
    SecretCipher[] first = new SecretCipher[1];
    KeysetStore late =
        new KeysetStore() {
          @Override
          public Optional<String> load() {
            return shared.load();
          }

          @Override
          public boolean replace(Optional<String> expected, String replacement, Set<Long> keys) {
            first[0] = SecretCipher.open(source, shared); // just before us
            return shared.replace(expected, replacement, keys);
          }
        };
    SecretCipher second = SecretCipher.open(source, late);
    String sealed = first[0].seal(HERE, FIELD, "hunter2".getBytes(UTF_8));
    assertThat(second.open(HERE, FIELD, sealed)).asString(UTF_8).isEqualTo("hunter2");
  }

  @Test
  void a_store_that_keeps_nothing_is_a_defect() {
    KeysetStore forgetful =
        new KeysetStore() {
          @Override
          public Optional<String> load() {
            return Optional.empty();
          }

          @Override
          public boolean replace(Optional<String> expected, String replacement, Set<Long> keys) {
            return false;
          }
        };
    assertThatIllegalStateException().isThrownBy(() -> SecretCipher.open(source, forgetful));
  }

  @Test
  void a_source_of_the_host_may_fail_in_its_own_way_and_its_text_is_not_shown() {
    for (boolean typed : new boolean[] {true, false}) {
      KeySource failing =
          new KeySource() {
            @Override
            public byte[] wrap(byte[] keyset, byte[] context) {
              throw typed
                  ? Failure.of(StandardErrorCode.UNAVAILABLE, "The key service is away.")
                      .asException()
                  : new UnsupportedOperationException("token=hunter2");
            }

            @Override
            public byte[] unwrap(byte[] wrapped, byte[] context) {
              return wrap(wrapped, context);
            }
          };
      for (KeysetStore used : List.of(KeysetStore.inMemory(), store)) {
        ConnectionException failure =
            catchThrowableOfType(ConnectionException.class, () -> SecretCipher.open(failing, used));
        assertThat(failure.code())
            .isEqualTo(typed ? StandardErrorCode.UNAVAILABLE : StandardErrorCode.INTERNAL);
        assertThat(failure).hasMessageNotContaining("hunter2");
      }
    }
  }

  @Test
  void a_keyset_of_another_kind_of_key_is_told() throws GeneralSecurityException {
    MacConfig.register();
    KeysetHandle signing =
        KeysetHandle.newBuilder()
            .addEntry(
                KeysetHandle.generateEntryFromParameters(
                        PredefinedMacParameters.HMAC_SHA256_128BITTAG)
                    .withRandomId()
                    .makePrimary())
            .build();
    Aead wrapping =
        new Aead() {
          @Override
          public byte[] encrypt(byte[] plaintext, byte[] associatedData) {
            return source.wrap(plaintext, associatedData);
          }

          @Override
          public byte[] decrypt(byte[] ciphertext, byte[] associatedData) {
            return source.unwrap(ciphertext, associatedData);
          }
        };
    KeysetStore other = KeysetStore.inMemory();
    other.replace(
        Optional.empty(),
        TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(
            signing,
            wrapping,
            "dev.connections keyset 1".getBytes(UTF_8),
            RegistryConfiguration.get()),
        Set.of());
    ConnectionException refused =
        catchThrowableOfType(ConnectionException.class, () -> SecretCipher.open(source, other));
    assertThat(refused.failure().message()).isEqualTo("The store's stored keys can't be used.");
    assertThat(refused.is(SecretErrorCode.KEY_REFUSED)).isTrue();
  }

  @Test
  void a_java_installation_that_does_not_encrypt_is_told() {
    Aead failing =
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
    SecretCipher broken =
        new SecretCipher(
            source, store, new Keyring("", List.of(1L), 1, failing, Map.of(1L, failing)));
    ConnectionException failure =
        catchThrowableOfType(
            ConnectionException.class, () -> broken.seal(HERE, FIELD, new byte[1]));
    assertThat(failure.code()).isEqualTo(StandardErrorCode.INTERNAL);
    assertThat(failure).hasMessageNotContaining("foreign text");
  }
}
