package dev.connections.filesystem.internal.text;

/** What the text of one cell can be read as. */
enum CellKind {
  EMPTY(1, false),
  BOOLEAN(2, false),
  /** A whole number that fits 64 bits. */
  INTEGER(4, true),
  /** A whole number of up to 38 digits that doesn't fit 64 bits. */
  LARGE_INTEGER(8, true),
  DECIMAL(16, true),
  /** A decimal number written with a comma. */
  COMMA_DECIMAL(32, true),
  /** A number with an exponent, or with more digits than a decimal holds. */
  DOUBLE(64, true),
  /** A day as ISO 8601 writes it. */
  DATE(128, false),
  /** A day with the year at its end. */
  DAY_OR_MONTH_FIRST(256, false),
  TIME(512, false),
  /** A date and a time with a zone. */
  TIMESTAMP(1024, false),
  /** A date and a time without a zone. */
  LOCAL_TIMESTAMP(2048, false),
  TEXT(4096, false);

  private final int bit;
  private final boolean number;

  CellKind(int bit, boolean number) {
    this.bit = bit;
    this.number = number;
  }

  /** This kind's bit in a set of kinds. */
  int bit() {
    return bit;
  }

  boolean number() {
    return number;
  }

  boolean typed() {
    return this != EMPTY && this != TEXT;
  }
}
