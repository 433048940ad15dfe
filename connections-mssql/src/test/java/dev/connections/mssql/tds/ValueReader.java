package dev.connections.mssql.tds;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Reads a parameter of a request: its type, then its value. */
final class ValueReader {
  private static final Charset WESTERN = Charset.forName("windows-1252");

  private final TdsInput in;

  ValueReader(TdsInput in) {
    this.in = in;
  }

  /** {@return the value, or null} */
  Object read() {
    int token = in.u8();
    return switch (token) {
      case 0x26 -> whole(in.u8());
      case 0x68 -> truth(in.u8());
      case 0x6D -> floating(in.u8());
      case 0x6A, 0x6C -> decimal();
      case 0x24 -> uuid(in.u8());
      case 0x28 -> in.u8() == 0 ? null : Temporal.readDate(in);
      case 0x29 -> time(in.u8());
      case 0x2A -> dateTime(in.u8());
      case 0x2B -> offsetDateTime(in.u8());
      case 0x6F -> oldDateTime(in.u8());
      case 0xE7, 0xEF -> text(StandardCharsets.UTF_16LE);
      case 0xA7, 0xAF -> text(WESTERN);
      case 0xA5, 0xAD -> bytes(in.u16());
      default ->
          throw new IllegalArgumentException(
              "a parameter of a type that isn't spoken here: 0x" + Integer.toHexString(token));
    };
  }

  private Object whole(int ignoredSize) {
    int length = in.u8();
    return switch (length) {
      case 0 -> null;
      case 1 -> in.u8();
      case 2 -> (int) (short) in.u16();
      case 4 -> in.i32();
      default -> in.i64();
    };
  }

  private Object truth(int ignoredSize) {
    return in.u8() == 0 ? null : in.u8() != 0;
  }

  private Object floating(int ignoredSize) {
    return switch (in.u8()) {
      case 0 -> null;
      case 4 -> (double) Float.intBitsToFloat(in.i32());
      default -> Double.longBitsToDouble(in.i64());
    };
  }

  private Object decimal() {
    in.u8();
    in.u8();
    int scale = in.u8();
    int length = in.u8();
    if (length == 0) {
      return null;
    }
    boolean positive = in.u8() == 1;
    BigInteger digits = in.number(length - 1);
    return new BigDecimal(positive ? digits : digits.negate(), scale);
  }

  private Object uuid(int ignoredSize) {
    if (in.u8() == 0) {
      return null;
    }
    long high = Integer.toUnsignedLong(in.i32()) << 32;
    high |= (long) in.u16() << 16;
    high |= in.u16();
    return new UUID(high, Long.reverseBytes(in.i64()));
  }

  private Object time(int scale) {
    int length = in.u8();
    return length == 0 ? null : Temporal.readTime(in, length, scale);
  }

  private Object dateTime(int scale) {
    int length = in.u8();
    return length == 0 ? null : Temporal.readDateTime(in, length, scale);
  }

  private Object offsetDateTime(int scale) {
    int length = in.u8();
    return length == 0 ? null : Temporal.readOffsetDateTime(in, length, scale);
  }

  private Object oldDateTime(int ignoredSize) {
    return in.u8() == 0 ? null : Temporal.readOldDateTime(in);
  }

  private Object text(Charset charset) {
    int most = in.u16();
    in.take(ValueWriter.COLLATION.length);
    byte[] bytes = bytes(most);
    return bytes == null ? null : new String(bytes, charset);
  }

  private byte[] bytes(int most) {
    if (most == ColumnType.MAX) {
      return chunks();
    }
    int length = in.u16();
    return length == 0xFFFF ? null : in.take(length);
  }

  private byte[] chunks() {
    if (in.i64() == -1) {
      return null;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int length = in.i32(); length != 0; length = in.i32()) {
      whole.writeBytes(in.take(length));
    }
    return whole.toByteArray();
  }
}
