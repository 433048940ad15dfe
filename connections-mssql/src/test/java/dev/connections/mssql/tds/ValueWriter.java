package dev.connections.mssql.tds;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Writes types and values of columns. */
final class ValueWriter {
  /** SQL_Latin1_General_CP1_CI_AS. */
  static final byte[] COLLATION = {0x09, 0x04, (byte) 0xD0, 0x00, 0x34};

  private static final Charset WESTERN = Charset.forName("windows-1252");
  private static final int VARIANT_LENGTH = 8009;

  private final TdsOutput out;

  ValueWriter(TdsOutput out) {
    this.out = out;
  }

  void type(ColumnType type) throws IOException {
    out.u8(type.kind().token());
    switch (type.kind()) {
      case NVARCHAR -> out.u16(type.max() ? ColumnType.MAX : type.length() * 2).bytes(COLLATION);
      case VARCHAR -> out.u16(type.length()).bytes(COLLATION);
      case VARBINARY -> out.u16(type.length());
      case DECIMAL -> out.u8(type.kind().size()).u8(38).u8(type.scale());
      case TIME, DATETIME2, DATETIMEOFFSET -> out.u8(7);
      case DATE -> {
        // Says nothing more.
      }
      case VARIANT -> out.i32(VARIANT_LENGTH);
      default -> out.u8(type.kind().size());
    }
  }

  /** A value, or null. */
  void value(ColumnType type, Object value) throws IOException {
    switch (type.kind()) {
      case NVARCHAR -> lengthy(type, value == null ? null : TdsOutput.utf16(value.toString()));
      case VARCHAR -> lengthy(type, value == null ? null : value.toString().getBytes(WESTERN));
      case VARBINARY -> lengthy(type, (byte[]) value);
      case VARIANT -> variant(value);
      default -> {
        if (value == null) {
          out.u8(0);
        } else {
          out.u8(type.kind().size());
          present(type, value);
        }
      }
    }
  }

  private void present(ColumnType type, Object value) throws IOException {
    switch (type.kind()) {
      case BIT -> out.u8(truth(value) ? 1 : 0);
      case TINYINT, SMALLINT, INT, BIGINT ->
          out.number(((Number) value).longValue(), type.kind().size());
      case REAL -> out.i32(Float.floatToIntBits(((Number) value).floatValue()));
      case FLOAT -> out.i64(Double.doubleToLongBits(((Number) value).doubleValue()));
      case DECIMAL -> decimal(type, new BigDecimal(value.toString()));
      case DATE -> Temporal.writeDate(out, (LocalDate) value);
      case TIME -> Temporal.writeTime(out, (LocalTime) value);
      case DATETIME2 -> Temporal.writeDateTime(out, (LocalDateTime) value);
      case DATETIME -> Temporal.writeOldDateTime(out, (LocalDateTime) value);
      case DATETIMEOFFSET -> Temporal.writeOffsetDateTime(out, (OffsetDateTime) value);
      case UNIQUEIDENTIFIER -> uuid((UUID) value);
      default -> throw new IllegalArgumentException(type.toString());
    }
  }

  private static boolean truth(Object value) {
    return value instanceof Boolean truth ? truth : ((Number) value).intValue() != 0;
  }

  private void decimal(ColumnType type, BigDecimal value) throws IOException {
    BigInteger digits = value.setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue();
    out.u8(digits.signum() < 0 ? 0 : 1).number(digits.abs(), 16);
  }

  /** The first three parts have their low byte first, the rest lies as it is read. */
  private void uuid(UUID value) throws IOException {
    long high = value.getMostSignificantBits();
    out.i32((int) (high >> 32)).u16((int) (high >> 16)).u16((int) high);
    out.i64(Long.reverseBytes(value.getLeastSignificantBits()));
  }

  /** Bytes, or null, after their length; without a limit they come in chunks. */
  private void lengthy(ColumnType type, byte[] bytes) throws IOException {
    if (type.max()) {
      chunks(bytes);
    } else if (bytes == null) {
      out.u16(0xFFFF);
    } else {
      out.u16(bytes.length).bytes(bytes);
    }
  }

  private void chunks(byte[] bytes) throws IOException {
    if (bytes == null) {
      out.i64(-1);
      return;
    }
    out.i64(bytes.length);
    if (bytes.length > 0) {
      out.i32(bytes.length).bytes(bytes);
    }
    out.i32(0);
  }

  private void variant(Object value) throws IOException {
    if (value == null) {
      out.i32(0);
    } else if (value instanceof Integer number) {
      out.i32(6).u8(0x38).u8(0).i32(number);
    } else if (value instanceof Long number) {
      out.i32(10).u8(0x7F).u8(0).i64(number);
    } else if (value instanceof Boolean truth) {
      out.i32(3).u8(0x32).u8(0).u8(truth ? 1 : 0);
    } else if (value instanceof byte[] bytes) {
      out.i32(4 + bytes.length).u8(0xA5).u8(2).u16(8000).bytes(bytes);
    } else {
      byte[] text = TdsOutput.utf16(value.toString());
      out.i32(9 + text.length).u8(0xE7).u8(7).bytes(COLLATION).u16(8000).bytes(text);
    }
  }
}
