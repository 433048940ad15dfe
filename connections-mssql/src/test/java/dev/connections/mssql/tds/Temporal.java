package dev.connections.mssql.tds;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Dates and times on the wire: days since the first of January of the year 1, ticks of 100 ns. */
final class Temporal {
  private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
  private static final LocalDate OLD_FIRST_DAY = LocalDate.of(1900, 1, 1);

  private Temporal() {}

  static void writeDate(TdsOutput out, LocalDate date) throws IOException {
    out.number(ChronoUnit.DAYS.between(FIRST_DAY, date), 3);
  }

  static LocalDate readDate(TdsInput in) {
    return FIRST_DAY.plusDays(in.number(3).longValue());
  }

  static void writeTime(TdsOutput out, LocalTime time) throws IOException {
    out.number(time.toNanoOfDay() / 100, 5);
  }

  /** A time of a scale, in as many bytes as the scale needs. */
  static LocalTime readTime(TdsInput in, int length, int scale) {
    BigInteger nanos = in.number(length).multiply(BigInteger.TEN.pow(9 - scale));
    return LocalTime.ofNanoOfDay(nanos.longValueExact());
  }

  static void writeDateTime(TdsOutput out, LocalDateTime value) throws IOException {
    writeTime(out, value.toLocalTime());
    writeDate(out, value.toLocalDate());
  }

  static LocalDateTime readDateTime(TdsInput in, int length, int scale) {
    LocalTime time = readTime(in, length - 3, scale);
    return LocalDateTime.of(readDate(in), time);
  }

  static void writeOffsetDateTime(TdsOutput out, OffsetDateTime value) throws IOException {
    writeDateTime(out, value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
    out.u16(value.getOffset().getTotalSeconds() / 60);
  }

  static OffsetDateTime readOffsetDateTime(TdsInput in, int length, int scale) {
    LocalDateTime inUtc = readDateTime(in, length - 2, scale);
    ZoneOffset offset = ZoneOffset.ofTotalSeconds((short) in.u16() * 60);
    return inUtc.atOffset(ZoneOffset.UTC).withOffsetSameInstant(offset);
  }

  static void writeOldDateTime(TdsOutput out, LocalDateTime value) throws IOException {
    out.i32((int) ChronoUnit.DAYS.between(OLD_FIRST_DAY, value.toLocalDate()));
    out.i32((int) Math.round(value.toLocalTime().toNanoOfDay() * 300 / 1e9));
  }

  static LocalDateTime readOldDateTime(TdsInput in) {
    LocalDate date = OLD_FIRST_DAY.plusDays(in.i32());
    return date.atStartOfDay().plus(Duration.ofNanos(Math.round(in.i32() * 1e9 / 300)));
  }
}
