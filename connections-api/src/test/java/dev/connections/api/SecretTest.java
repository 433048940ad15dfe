package dev.connections.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SecretTest {
  private static final String CANARY = "c4nary-ß-漢-🔑";

  @Test
  void a_secret_shows_itself_only_to_the_block_that_uses_it() {
    Secret secret = Secret.of(CANARY);

    assertThat(secret.<String>use(String::new)).isEqualTo(CANARY);
    assertThat(secret.toString()).isEqualTo("******");
    assertThat(String.valueOf(new Object[] {secret}[0])).doesNotContain("c4nary");
  }

  @Test
  void the_copy_handed_out_is_wiped_afterwards() {
    AtomicReference<char[]> kept = new AtomicReference<>(new char[0]);
    AtomicReference<byte[]> keptBytes = new AtomicReference<>(new byte[0]);
    Secret secret = Secret.of(CANARY);

    secret.use(
        characters -> {
          kept.set(characters);
          return true;
        });
    secret.useUtf8(
        bytes -> {
          keptBytes.set(bytes);
          return true;
        });

    assertThat(kept.get()).hasSize(CANARY.length()).containsOnly('\0');
    assertThat(keptBytes.get()).isNotEmpty().containsOnly(0);
  }

  @Test
  void the_callers_array_may_be_overwritten_after_the_secret_is_made() {
    char[] characters = CANARY.toCharArray();
    Secret secret = Secret.of(characters);

    Arrays.fill(characters, 'x');

    assertThat(secret.<String>use(String::new)).isEqualTo(CANARY);
  }

  @Test
  void any_text_survives_its_utf8_form() {
    Random random = new Random(42);
    for (int length : new int[] {0, 1, 2, 17, 4_096, 65_536}) {
      String text =
          random
              .ints(length, 1, 0xD7FF)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      Secret there = Secret.of(text);
      Secret back = there.useUtf8(bytes -> Secret.ofUtf8(bytes.clone()));

      assertThat(back).isEqualTo(there);
      assertThat(back.<String>use(String::new)).isEqualTo(text);
      assertThat(back.isEmpty()).isEqualTo(length == 0);
    }
  }

  @Test
  void equality_is_by_value_and_the_hash_tells_nothing() {
    assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).isNotEqualTo(Secret.of("b"));
    assertThat(Secret.of("a")).isNotEqualTo("a");
    assertThat(Secret.of("a").hashCode()).isEqualTo(Secret.of("b").hashCode());
  }
}
