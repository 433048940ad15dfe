package dev.connections.core.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.connections.api.ConnectionException;
import dev.connections.api.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class EarlierSecretsTest {
  /** The key, the token and the text of the specification's own example. */
  private static final String SPEC_KEY = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";

  private static final String SPEC_TOKEN =
      "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";

  private static final byte[] KEY = new byte[32];

  static {
    Arrays.fill(KEY, (byte) 7);
  }

  private final EarlierSecrets gcm = EarlierSecrets.withoutKeys().withKey(KEY);
  private final EarlierSecrets fernet = EarlierSecrets.withoutKeys().withFernetKey(SPEC_KEY);

  private static String encrypted(byte[] nonce, String text) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new GCMParameterSpec(128, nonce));
    byte[] whole = cipher.doFinal(text.getBytes(UTF_8));
    HexFormat hex = HexFormat.of();
    return "encrypted:%s:%s:%s"
        .formatted(
            hex.formatHex(nonce),
            hex.formatHex(whole, 0, whole.length - 16),
            hex.formatHex(whole, whole.length - 16, whole.length));
  }

  /** A token as the specification builds it, made without the code under test. */
  private static String token(String key, byte[] clear) throws GeneralSecurityException {
    return token(key, clear, "AES/CBC/PKCS5Padding");
  }

  private static String token(String key, byte[] clear, String mode)
      throws GeneralSecurityException {
    byte[] keys = Base64.getUrlDecoder().decode(key);
    byte[] nonce = new byte[16];
    Cipher cipher = Cipher.getInstance(mode);
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(keys, 16, 16, "AES"), new IvParameterSpec(nonce));
    byte[] text = cipher.doFinal(clear);
    ByteBuffer token = ByteBuffer.allocate(1 + 8 + 16 + text.length + 32);
    token.put((byte) 0x80).putLong(1_700_000_000L).put(nonce).put(text);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(keys, 0, 16, "HmacSHA256"));
    mac.update(token.array(), 0, token.position());
    token.put(mac.doFinal());
    return Base64.getUrlEncoder().encodeToString(token.array());
  }

  private static void invalid(EarlierSecrets secrets, String value) {
    ConnectionException failure = KeySourceTest.failing(() -> secrets.open("a.b", value));
    assertThat(failure.code()).isEqualTo(SecretErrorCode.INVALID_ENCRYPTED_VALUE);
    assertThat(failure.failure().message()).isEqualTo("Invalid encrypted value");
    assertThat(failure.failure().fields()).containsExactly("a.b");
    assertThat(failure).hasNoCause();
  }

  @Test
  void the_first_form_opens_with_a_nonce_of_16_bytes_and_of_12() throws Exception {
    for (int length : new int[] {16, 12}) {
      String value = encrypted(new byte[length], "pässwörd 🔑");
      assertThat(EarlierSecrets.isEarlier(value)).isTrue();
      assertThat(gcm.open("f", value)).isEqualTo(Secret.of("pässwörd 🔑"));
      assertThat(gcm.open("f", value.replace('a', 'A')))
          .as("hexadecimal in upper case")
          .isEqualTo(Secret.of("pässwörd 🔑"));
    }
    assertThat(gcm.open("f", encrypted(new byte[16], "")).isEmpty()).isTrue();
  }

  @Test
  void the_example_of_the_fernet_specification_opens() {
    assertThat(EarlierSecrets.isEarlier(SPEC_TOKEN)).isTrue();
    assertThat(fernet.open("f", SPEC_TOKEN)).isEqualTo(Secret.of("hello"));
    assertThat(fernet.open("f", "fernet:" + SPEC_TOKEN)).isEqualTo(Secret.of("hello"));
  }

  @Test
  void each_key_is_tried() throws Exception {
    String otherKey = Base64.getUrlEncoder().encodeToString(KEY);
    EarlierSecrets all = gcm.withFernetKey(SPEC_KEY).withFernetKey(otherKey).withKey(new byte[32]);
    assertThat(all.open("f", token(otherKey, "one".getBytes(UTF_8)))).isEqualTo(Secret.of("one"));
    assertThat(all.open("f", SPEC_TOKEN)).isEqualTo(Secret.of("hello"));
    assertThat(all.open("f", encrypted(new byte[16], "two"))).isEqualTo(Secret.of("two"));
    assertThat(all).hasToString("EarlierSecrets[4 keys]");
  }

  @Test
  void every_flipped_bit_of_the_first_form_is_refused() throws Exception {
    String value = encrypted(new byte[16], "hunter2");
    for (int part = 1; part <= 3; part++) {
      byte[] bytes = HexFormat.of().parseHex(value.split(":")[part]);
      for (int bit = 0; bit < bytes.length * 8; bit++) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        String[] parts = value.split(":");
        parts[part] = HexFormat.of().formatHex(flipped);
        invalid(gcm, String.join(":", parts));
      }
    }
  }

  @Test
  void every_flipped_bit_of_a_fernet_token_is_refused() {
    byte[] bytes = Base64.getUrlDecoder().decode(SPEC_TOKEN);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      invalid(fernet, "fernet:" + Base64.getUrlEncoder().encodeToString(flipped));
    }
  }

  @Test
  void what_is_malformed_is_refused_without_saying_why() throws Exception {
    String value = encrypted(new byte[16], "hunter2");
    String[] parts = value.split(":");
    for (String bad :
        List.of(
            "",
            "encrypted:",
            "encrypted:::",
            "encrypted:zz:00:00",
            value + ":00",
            value.substring(0, value.length() - 2),
            value.substring(0, value.length() - 1),
            "encrypted:" + parts[1] + ":" + parts[2] + ":" + parts[3].substring(0, 8),
            "encrypted:" + parts[1].substring(2) + ":" + parts[2] + ":" + parts[3],
            "Encrypted:" + parts[1] + ":" + parts[2] + ":" + parts[3])) {
      invalid(gcm, bad);
    }
    for (String bad :
        List.of("", "fernet:", "gAAAAA", "gAAAAA!!", SPEC_TOKEN.substring(0, 40), "hello")) {
      invalid(fernet, bad);
    }
    invalid(gcm, SPEC_TOKEN);
    invalid(fernet, value);
    invalid(EarlierSecrets.withoutKeys(), value);
  }

  @Test
  void a_signed_token_that_holds_no_text_is_refused() throws Exception {
    invalid(fernet, token(SPEC_KEY, new byte[] {(byte) 0xc3, 0x28}));
    invalid(fernet, token(SPEC_KEY, new byte[16], "AES/CBC/NoPadding"));
  }

  @Test
  void a_password_is_not_taken_for_an_earlier_form() {
    for (String plain : List.of("", "hunter2", "encrypted", "fernet", "sealed:1:2:x", "gAAAA")) {
      assertThat(EarlierSecrets.isEarlier(plain)).isFalse();
    }
  }

  @Test
  void a_key_of_another_length_is_refused_and_not_shown() {
    assertThatIllegalArgumentException().isThrownBy(() -> gcm.withKey(new byte[16]));
    for (String bad : List.of("", "hunter2", "AAAA")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> gcm.withFernetKey(bad))
          .withMessageNotContaining("hunter2");
    }
  }
}
