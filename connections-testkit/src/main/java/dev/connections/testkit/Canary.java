package dev.connections.testkit;

import dev.connections.api.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A secret value that a test can recognise wherever it turns up: as it is, and in the forms in
 * which secrets leak (percent-encoded, escaped for JSON or XML, in Base64 at any alignment, in
 * hexadecimal, as a printed array of bytes or characters).
 *
 * <p>Immutable and safe for any thread. {@code toString} names the canary and not its value, so
 * that a report about a leak doesn't leak.
 */
public final class Canary {
  /** Shorter values turn up by chance. */
  static final int SHORTEST = 6;

  private static final String ALPHABET =
      "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
  private static final AtomicLong MADE = new AtomicLong();

  private final String name;
  private final String value;
  private final Map<String, String> forms;

  private Canary(String name, String value, Map<String, String> forms) {
    this.name = name;
    this.value = value;
    this.forms = forms;
  }

  /**
   * {@return a canary with a value that no other canary of this run has} The value holds characters
   * that URLs, JSON and XML have to escape.
   *
   * @param name what the secret is, for example {@code password}; told when it is found
   */
  public static Canary create(String name) {
    Random random = new Random(0x5eed_ca4aL + MADE.incrementAndGet());
    StringBuilder core = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      core.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return canary(name, core + "&\"/+é", core.toString());
  }

  /**
   * {@return a canary for a secret that exists already}
   *
   * @param name what the secret is; told when it is found
   * @param value at least six characters
   * @throws IllegalArgumentException if the value is shorter: it would be found by chance
   */
  public static Canary of(String name, String value) {
    if (value.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "a canary of less than " + SHORTEST + " characters would be found by chance: " + name);
    }
    return canary(name, value, value);
  }

  private static Canary canary(String name, String value, String core) {
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put("as it is", core);
    forms.put("percent-encoded", URLEncoder.encode(core, StandardCharsets.UTF_8));
    forms.put(
        "percent-encoded with %20",
        URLEncoder.encode(core, StandardCharsets.UTF_8).replace("+", "%20"));
    forms.put("escaped for JSON", core.replace("\\", "\\\\").replace("\"", "\\\""));
    forms.put(
        "escaped for XML", core.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"));
    byte[] bytes = core.getBytes(StandardCharsets.UTF_8);
    for (int shift = 0; shift < 3; shift++) {
      forms.put("in Base64, shifted by " + shift, base64(bytes, shift, Base64.getEncoder()));
      forms.put("in Base64 for URLs, shifted by " + shift, base64(bytes, shift, urlEncoder()));
    }
    forms.put("in hexadecimal", HexFormat.of().formatHex(bytes));
    forms.put("as an array of bytes", inner(Arrays.toString(bytes)));
    forms.put("as an array of characters", inner(Arrays.toString(core.toCharArray())));
    forms.replaceAll((form, text) -> text.toLowerCase(Locale.ROOT));
    return new Canary(name, value, Collections.unmodifiableMap(forms));
  }

  private static Base64.Encoder urlEncoder() {
    return Base64.getUrlEncoder();
  }

  /** What is the same in Base64 whatever stands before and after the secret. */
  private static String base64(byte[] bytes, int shift, Base64.Encoder encoder) {
    byte[] shifted = new byte[shift + bytes.length];
    System.arraycopy(bytes, 0, shifted, shift, bytes.length);
    String text = encoder.withoutPadding().encodeToString(shifted);
    int from = shift == 0 ? 0 : shift + 1;
    int to = shifted.length * 8 / 6;
    return text.substring(from, to);
  }

  private static String inner(String array) {
    return array.substring(1, array.length() - 1);
  }

  /** {@return what the secret is} */
  public String name() {
    return name;
  }

  /** {@return the value, to be put into a configuration} */
  public String value() {
    return value;
  }

  /** {@return the value as a secret} */
  public Secret secret() {
    return Secret.of(value);
  }

  /**
   * {@return in which form the secret stands in a text, in a few words; empty if it doesn't}
   *
   * @param text any text; compared without regard to case
   */
  public Optional<String> findIn(CharSequence text) {
    String lower = text.toString().toLowerCase(Locale.ROOT);
    return forms.entrySet().stream()
        .filter(form -> lower.contains(form.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Fails if the secret stands in a text.
   *
   * @param where what the text is, told when it fails
   * @param text any text
   * @throws AssertionError if the secret is found; its message names the canary, the place and the
   *     form, and not the value
   */
  public void assertAbsentFrom(String where, CharSequence text) {
    findIn(text)
        .ifPresent(
            form -> {
              throw new AssertionError(
                  "the secret '" + name + "' stands in " + where + ", " + form);
            });
  }

  /** {@return the canary's name; never its value} */
  @Override
  public String toString() {
    return "Canary[" + name + "]";
  }
}
