package dev.connections.filesystem.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextEncodingTest {

  @Test
  void a_byte_order_mark_says_the_encoding() {
    for (String name : List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
      Charset charset = Charset.forName(name);
      TextEncoding found = of("\uFEFFa,\u00fc\n".getBytes(charset)).orElseThrow();
      assertThat(found.charset()).isEqualTo(charset);
      assertThat(found.markLength()).isEqualTo("\uFEFF".getBytes(charset).length);
      assertThat(found.guessed()).isFalse();
    }
  }

  @Test
  void a_mark_that_is_repeated_is_no_text() {
    for (String name : new String[] {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
      Charset charset = Charset.forName(name);
      byte[] marks = "\uFEFF\uFEFF".getBytes(charset);
      TextEncoding found = of("\uFEFF\uFEFFa,\u00fc\n".getBytes(charset)).orElseThrow();
      assertThat(found.charset()).isEqualTo(charset);
      assertThat(found.markLength()).isEqualTo(marks.length);
      assertThat(of(marks).orElseThrow().markLength()).isEqualTo(marks.length);
    }
  }

  @Test
  void wide_characters_are_found_without_a_mark() {
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      assertThat(of("id,name\n1,\u4e2d\u6587\n".getBytes(charset)).orElseThrow().charset())
          .isEqualTo(charset);
    }
  }

  @Test
  void a_cut_last_character_is_no_error_in_a_sample() {
    byte[] cut = {'a', (byte) 0xE2, (byte) 0x82};
    assertThat(TextEncoding.of(cut, 3, false).orElseThrow().charset())
        .isEqualTo(StandardCharsets.UTF_8);
    assertThat(TextEncoding.of(cut, 3, true).orElseThrow().guessed()).isTrue();
  }

  @Test
  void nuls_and_noise_are_no_text() {
    assertThat(of(new byte[] {'a', 0, 'b', 'c', 'd', 'e', 'f', 'g'})).isEmpty();
    byte[] noise = new byte[1000];
    new Random(42).nextBytes(noise);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = noise[i] == 0 ? 2 : noise[i];
    }
    assertThat(of(noise)).isEmpty();
  }

  @Test
  void utf8_is_checked_as_strictly_as_the_jdk_does() {
    Random random = new Random(42);
    int[] leads = {0x41, 0xC1, 0xC3, 0xE0, 0xE2, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0x80};
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(6)];
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] =
            (byte)
                (random.nextInt(3) == 0
                    ? leads[random.nextInt(leads.length)]
                    : 0x80 + random.nextInt(0x40));
      }
      bytes[0] = (byte) leads[random.nextInt(leads.length)];
      assertThat(TextEncoding.utf8(bytes, 0, bytes.length, false)).isEqualTo(jdk(bytes));
    }
  }

  private static boolean jdk(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  private static Optional<TextEncoding> of(byte[] bytes) {
    return TextEncoding.of(bytes, bytes.length, true);
  }
}
