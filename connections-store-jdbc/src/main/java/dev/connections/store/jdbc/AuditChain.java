package dev.connections.store.jdbc;

import dev.connections.core.audit.AuditRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** How each audit record is bound to the one before it. */
final class AuditChain {
  /** What stands before the first record of an account. */
  static final String START = "";

  private AuditChain() {}

  /**
   * The hash of a record and all before it. Each part goes in with its length, so that text can't
   * move from one part to the next unnoticed; what is absent differs from what is empty.
   */
  static String hash(String before, long sequence, AuditRecord record) {
    MessageDigest digest = sha256();
    add(digest, before);
    add(digest, Long.toString(sequence));
    add(digest, StoredTime.text(record.at()));
    add(digest, record.account());
    add(digest, record.user());
    add(digest, stored(record.operation()));
    add(digest, stored(record.result()));
    add(digest, record.connection());
    add(digest, record.object());
    add(digest, record.code());
    record.fields().forEach(field -> add(digest, field));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The spelling that is stored: the name in lower case. */
  static String stored(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void add(MessageDigest digest, Optional<String> part) {
    digest.update((byte) (part.isPresent() ? 1 : 0));
    part.ifPresent(text -> add(digest, text));
  }

  private static void add(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
