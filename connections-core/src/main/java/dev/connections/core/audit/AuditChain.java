package dev.connections.core.audit;

import dev.connections.core.internal.text.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * How each audit record of an account is bound to the one before it. All logs that can be checked
 * do it in this way, so a host that has kept records elsewhere can check them by the same hashes.
 * The form is never changed: records of years ago are checked by it.
 */
public final class AuditChain {
  /** What stands in place of a hash before the first record of an account. */
  public static final String START = "";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private AuditChain() {}

  /**
   * {@return the SHA-256 of a record and all before it, in hexadecimal digits} Each part goes in
   * with its length, so that text can't move from one part to the next unnoticed; what is absent
   * differs from what is empty.
   *
   * @param before the hash of the record before; {@link #START} for the first
   * @param number the record's number among those of its account, from 1
   * @param record what was written
   */
  public static String hash(String before, long number, AuditRecord record) {
    MessageDigest digest = Sha256.begun();
    add(digest, before);
    add(digest, Long.toString(number));
    add(digest, text(record.at()));
    add(digest, record.account());
    add(digest, record.user());
    add(digest, text(record.operation()));
    add(digest, text(record.result()));
    add(digest, record.connection());
    add(digest, record.object());
    add(digest, record.code());
    record.fields().forEach(field -> add(digest, field));
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * {@return what the record of a cut names as its object, so that the cut is part of the chain}
   *
   * @param last the number of the last record that was cut off
   * @param hash its hash
   */
  public static String cutOff(long last, String hash) {
    return "records up to " + last + " with the hash " + hash;
  }

  /** Text of one length, in nanoseconds; beyond four digits of a year it stays at the end. */
  private static String text(Instant time) {
    return TIME.format(time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time);
  }

  private static String text(Enum<?> value) {
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
}
