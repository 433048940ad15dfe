package dev.connections.core.internal.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.secrets.KeyStatus;
import dev.connections.core.secrets.KeysetStore;
import dev.connections.core.secrets.SecretErrorCode;
import dev.connections.core.secrets.SecretKey;
import dev.connections.core.secrets.SecretKey.State;
import dev.connections.core.store.SealedRow;
import dev.connections.core.store.StoredConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class StoreKeysTest {
  private static final SealedPlace HERE = new SealedPlace("acme", "c1");
  private static final String FIELD = "authentication.password";

  private final KeySource source = KeySource.ephemeral();
  private final KeysetStore store = KeysetStore.inMemory();
  private final SecretCipher cipher = SecretCipher.open(source, store);
  private final StoreKeys keys = new StoreKeys(source, store, cipher);
  private final List<String> told = new ArrayList<>();

  private boolean tell(String what, BooleanSupplier replacement) {
    told.add(what);
    return replacement.getAsBoolean();
  }

  private String sealed(SecretCipher with) {
    return with.seal(HERE, FIELD, "hunter2".getBytes(UTF_8));
  }

  private static String keyOf(String sealed) {
    return sealed.split(":")[2];
  }

  private KeyStatus status() {
    return new KeyStatus(keys.keys(Map.of()));
  }

  private List<State> states() {
    return status().keys().stream().map(SecretKey::state).toList();
  }

  @Test
  void a_new_key_opens_before_it_seals_and_the_former_one_opens_until_it_is_retired() {
    String before = sealed(cipher);
    keys.add(this::tell);
    assertThat(states()).containsExactly(State.PRESENT, State.NEXT);
    assertThat(keyOf(sealed(cipher))).isEqualTo(keyOf(before));
    keys.add(this::tell);
    assertThat(states()).as("there is one that waits already").hasSize(2);
    keys.promote(this::tell);
    assertThat(states()).containsExactly(State.FORMER, State.PRESENT);
    String after = sealed(cipher);
    assertThat(keyOf(after)).isNotEqualTo(keyOf(before));
    assertThat(cipher.open(HERE, FIELD, before)).asString(UTF_8).isEqualTo("hunter2");
    keys.promote(this::tell);
    assertThat(states()).as("the newest seals already").hasSize(2);
    keys.retire(Long.parseLong(keyOf(after)), this::tell);
    assertThat(states()).as("the present key is never retired").hasSize(2);
    keys.retire(Long.parseLong(keyOf(before)), this::tell);
    assertThat(states()).containsExactly(State.PRESENT);
    assertThat(told)
        .containsExactly(
            "add key " + keyOf(after),
            "seal with key " + keyOf(after),
            "retire key " + keyOf(before));
    SecretCipher fresh = SecretCipher.open(source, store);
    assertThat(fresh.open(HERE, FIELD, after)).asString(UTF_8).isEqualTo("hunter2");
    assertThat(
            catchThrowableOfType(ConnectionException.class, () -> fresh.open(HERE, FIELD, before))
                .is(SecretErrorCode.INVALID_ENCRYPTED_VALUE))
        .isTrue();
    assertThat(cipher.open(HERE, FIELD, before))
        .as("who had read the row before its key was retired still opens it")
        .asString(UTF_8)
        .isEqualTo("hunter2");
  }

  @Test
  void a_process_that_started_before_a_rotation_opens_what_was_sealed_after_it() {
    SecretCipher elsewhere = SecretCipher.open(source, store);
    keys.add(this::tell);
    keys.promote(this::tell);
    String after = sealed(cipher);
    assertThat(elsewhere.open(HERE, FIELD, after)).asString(UTF_8).isEqualTo("hunter2");
    assertThat(keyOf(sealed(elsewhere))).isEqualTo(keyOf(after));
  }

  @Test
  void a_look_at_the_stored_keys_is_enough_to_seal_with_the_new_one() {
    SecretCipher elsewhere = SecretCipher.open(source, store);
    keys.add(this::tell);
    keys.promote(this::tell);
    elsewhere.refresh();
    assertThat(keyOf(sealed(elsewhere))).isEqualTo(keyOf(sealed(cipher)));
  }

  @Test
  void stored_keys_that_are_the_same_are_not_unwrapped_again() {
    AtomicInteger unwrapped = new AtomicInteger();
    KeySource counting =
        new KeySource() {
          @Override
          public byte[] wrap(byte[] keyset, byte[] context) {
            return source.wrap(keyset, context);
          }

          @Override
          public byte[] unwrap(byte[] wrapped, byte[] context) {
            unwrapped.incrementAndGet();
            return source.unwrap(wrapped, context);
          }
        };
    SecretCipher counted = SecretCipher.open(counting, store);
    String foreign = sealed(SecretCipher.open(source, KeysetStore.inMemory()));
    for (int i = 0; i < 3; i++) {
      counted.refresh();
      assertThatThrownBy(() -> counted.open(HERE, FIELD, foreign))
          .isInstanceOf(ConnectionException.class);
    }
    assertThat(unwrapped).hasValue(1);
  }

  @Test
  void keys_wrapped_anew_need_the_new_key_around_them_and_seal_as_before() {
    String before = sealed(cipher);
    KeySource next = KeySource.ephemeral();
    KeySource both = next.replacing(source);
    new StoreKeys(both, store, SecretCipher.open(both, store)).rewrap(this::tell);
    assertThat(told).containsExactly("wrap the keys anew");
    assertThat(SecretCipher.open(next, store).open(HERE, FIELD, before))
        .asString(UTF_8)
        .isEqualTo("hunter2");
    assertThat(
            catchThrowableOfType(ConnectionException.class, () -> SecretCipher.open(source, store))
                .is(SecretErrorCode.KEY_REFUSED))
        .isTrue();
  }

  @Test
  void who_is_overtaken_changes_what_the_other_has_made() {
    SecretCipher other = SecretCipher.open(source, store);
    boolean[] overtaken = {false};
    keys.add(
        (what, replacement) -> {
          if (!overtaken[0]) {
            overtaken[0] = true;
            new StoreKeys(source, store, other).rewrap((again, first) -> first.getAsBoolean());
          }
          return replacement.getAsBoolean();
        });
    assertThat(states()).containsExactly(State.PRESENT, State.NEXT);
  }

  @Test
  void who_is_overtaken_again_and_again_is_told() {
    ConnectionException told =
        catchThrowableOfType(
            ConnectionException.class, () -> keys.add((what, replacement) -> false));
    assertThat(told.is(CoreErrorCode.STALE_VERSION)).isTrue();
    assertThat(states()).containsExactly(State.PRESENT);
  }

  @Test
  void a_configuration_is_resealed_value_by_value_and_what_is_clear_stays_as_it_is() {
    ConfigurationSealing sealing = new ConfigurationSealing(cipher);
    ConfigurationValues values =
        ConfigurationValues.of(
            Map.of("host", "h", "authentication", Map.of("password", "p", "user", "u")));
    StoredConfiguration before =
        sealing.seal(HERE, 3, values, path -> path.startsWith("authentication."));
    long first = Long.parseLong(keyOf(sealed(cipher)));
    assertThat(before.keyId()).isEqualTo(OptionalLong.of(first));
    keys.add(this::tell);
    keys.promote(this::tell);
    StoredConfiguration after = sealing.reseal(HERE, before);
    long second = Long.parseLong(keyOf(sealed(cipher)));
    assertThat(after.keyId()).isEqualTo(OptionalLong.of(second));
    assertThat(after.specVersion()).isEqualTo(3);
    assertThat(after.json())
        .contains("\"host\":\"h\"", "sealed:2:" + second + ":")
        .doesNotContain(Long.toString(first));
    assertThat(sealing.reseal(HERE, new StoredConfiguration(1, "{\"host\":\"h\"}")).keyId())
        .isEmpty();
    assertThat(Optional.of(after.toString())).contains("StoredConfiguration[version 3]");
  }

  @Test
  void a_status_is_a_phrase_without_keys() {
    KeyStatus status =
        new KeyStatus(
            List.of(new SecretKey(1, State.FORMER, 30), new SecretKey(2, State.PRESENT, 70)));
    assertThat(status).hasToString("70 of 100 on the key 2");
    assertThat(status.rotated()).isFalse();
    assertThat(status.present().id()).isEqualTo(2);
  }

  @Test
  void tokens_and_fields_of_one_name_never_open_in_the_place_of_each_other() {
    SealedPlace tokens = new SealedPlace("acme", "c1", SealedRow.Part.TOKENS);
    byte[] value = "hunter2".getBytes(UTF_8);
    String token = cipher.seal(tokens, "tokens", value);
    String field = cipher.seal(HERE, "tokens", value);
    assertThat(cipher.open(tokens, "tokens", token)).isEqualTo(value);
    assertThatThrownBy(() -> cipher.open(HERE, "tokens", token))
        .isInstanceOf(ConnectionException.class);
    assertThatThrownBy(() -> cipher.open(tokens, "tokens", field))
        .isInstanceOf(ConnectionException.class);
    keys.add(this::tell);
    keys.promote(this::tell);
    String resealed = cipher.reseal(tokens, "tokens", token);
    assertThat(SecretCipher.keyOf(resealed)).isEqualTo(status().present().id());
    assertThat(cipher.open(tokens, "tokens", resealed)).isEqualTo(value);
  }
}
