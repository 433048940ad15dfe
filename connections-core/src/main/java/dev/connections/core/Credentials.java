package dev.connections.core;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.core.internal.registry.InstalledType;
import dev.connections.core.internal.text.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** What a configuration signs in with, and where. Tokens granted for it are of no use elsewhere. */
final class Credentials {
  private static final String AUTHENTICATION = "authentication.";

  private Credentials() {}

  /**
   * {@return a text that stands for the credentials, and differs where one of them does} It is made
   * of secrets, so it is never stored but encrypted.
   */
  static String fingerprint(InstalledType type, ConfigurationValues values) {
    ConfigurationValues effective = Configurations.effective(type, values);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    effective.paths().stream()
        .filter(path -> decides(type, path))
        .sorted()
        .forEach(
            path ->
                List.of(path, text(effective.find(path).orElseThrow()))
                    .forEach(part -> add(data, part)));
    return HexFormat.of().formatHex(Sha256.begun().digest(data.toByteArray()));
  }

  /** What the spec doesn't know may decide it, too. */
  private static boolean decides(InstalledType type, String path) {
    return path.startsWith(AUTHENTICATION)
        || type.configuration()
            .field(path)
            .map(field -> field.isDestination() || field.protection() != Field.Protection.NONE)
            .orElse(true);
  }

  private static String text(Object value) {
    return value instanceof Secret secret ? secret.use(String::new) : value.toString();
  }

  /** With its length before it, so that no two lists of texts give the same bytes. */
  private static void add(ByteArrayOutputStream data, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    data.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    data.writeBytes(bytes);
  }
}
