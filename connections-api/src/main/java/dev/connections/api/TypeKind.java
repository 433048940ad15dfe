package dev.connections.api;

/**
 * The neutral kinds of data types. They say what a value is, not how a vendor spells it; the
 * vendor's spelling stays in {@link DataType#nativeType}.
 */
public enum TypeKind {
  /** True or false. */
  BOOLEAN,
  /** A whole number of 8 bits with a sign. */
  TINYINT,
  /** A whole number of 16 bits with a sign. */
  SMALLINT,
  /** A whole number of 32 bits with a sign. */
  INTEGER,
  /** A whole number of 64 bits with a sign. */
  BIGINT,
  /** An exact number with precision and scale. */
  DECIMAL,
  /** A binary floating-point number of 32 bits. */
  FLOAT,
  /** A binary floating-point number of 64 bits. */
  DOUBLE,
  /** Text; its length is the longest allowed, in characters. */
  STRING,
  /** Bytes; its length is the longest allowed. */
  BINARY,
  /** A calendar day. */
  DATE,
  /** A time of day, without a day and without a zone. */
  TIME,
  /** A moment: a point on the time line. */
  TIMESTAMP,
  /** A date and time of day without a zone: no point on the time line. */
  TIMESTAMP_NTZ,
  /** A length of time. */
  INTERVAL,
  /** A universally unique identifier. */
  UUID,
  /** A JSON document. */
  JSON,
  /** An XML document. */
  XML,
  /** A value of any type, with its type. */
  VARIANT,
  /** A shape in the plane or on the globe. */
  GEOMETRY,
  /** Named parts; its children are the parts. */
  STRUCT,
  /** A sequence; its one child, {@code element}, is the type of the items. */
  ARRAY,
  /** Pairs; its two children are {@code key} and {@code value}. */
  MAP,
  /** A type that has no neutral kind: only the native spelling says what it is. */
  OTHER
}
