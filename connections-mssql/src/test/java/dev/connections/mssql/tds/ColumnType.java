package dev.connections.mssql.tds;

/**
 * A type of SQL Server, as a column has it.
 *
 * @param kind which type
 * @param length the most units (characters, bytes) of a text or a binary value
 * @param scale digits after the point, of numbers and of times
 */
public record ColumnType(Kind kind, int length, int scale) {
  /** The length of {@code nvarchar(max)} and {@code varbinary(max)}. */
  public static final int MAX = 0xFFFF;

  /** The types that an endpoint speaks. */
  public enum Kind {
    /** {@code bit}: a Boolean. */
    BIT(0x68, 1),
    /** {@code tinyint}, without a sign. */
    TINYINT(0x26, 1),
    /** {@code smallint}. */
    SMALLINT(0x26, 2),
    /** {@code int}. */
    INT(0x26, 4),
    /** {@code bigint}. */
    BIGINT(0x26, 8),
    /** {@code real}. */
    REAL(0x6D, 4),
    /** {@code float}. */
    FLOAT(0x6D, 8),
    /** {@code decimal}, of 38 digits. */
    DECIMAL(0x6A, 17),
    /** {@code nvarchar}: a String. */
    NVARCHAR(0xE7, 0),
    /** {@code varchar} of a western code page: a String. */
    VARCHAR(0xA7, 0),
    /** {@code varbinary}: an array of bytes. */
    VARBINARY(0xA5, 0),
    /** {@code date}: a LocalDate. */
    DATE(0x28, 3),
    /** {@code time}: a LocalTime. */
    TIME(0x29, 5),
    /** {@code datetime2}: a LocalDateTime. */
    DATETIME2(0x2A, 8),
    /** {@code datetime}, to 1/300 of a second: a LocalDateTime. */
    DATETIME(0x6F, 8),
    /** {@code datetimeoffset}: an OffsetDateTime. */
    DATETIMEOFFSET(0x2B, 10),
    /** {@code uniqueidentifier}: a UUID. */
    UNIQUEIDENTIFIER(0x24, 16),
    /** {@code sql_variant}: a String, a number or an array of bytes. */
    VARIANT(0x62, 0);

    private final int token;
    private final int size;

    Kind(int token, int size) {
      this.token = token;
      this.size = size;
    }

    int token() {
      return token;
    }

    /** Bytes of a value, where they are always as many. */
    int size() {
      return size;
    }
  }

  /** {@code bit}. */
  public static final ColumnType BIT = of(Kind.BIT);

  /** {@code tinyint}. */
  public static final ColumnType TINYINT = of(Kind.TINYINT);

  /** {@code smallint}. */
  public static final ColumnType SMALLINT = of(Kind.SMALLINT);

  /** {@code int}. */
  public static final ColumnType INT = of(Kind.INT);

  /** {@code bigint}. */
  public static final ColumnType BIGINT = of(Kind.BIGINT);

  /** {@code sysname}. */
  public static final ColumnType NAME = nvarchar(128);

  /** {@code nvarchar(max)}. */
  public static final ColumnType TEXT = nvarchar(MAX);

  /** {@code sql_variant}. */
  public static final ColumnType VARIANT = of(Kind.VARIANT);

  /** {@return a type that has neither a length nor a scale of its own} */
  public static ColumnType of(Kind kind) {
    return new ColumnType(kind, 0, kind == Kind.DECIMAL ? 0 : 7);
  }

  /** {@return {@code nvarchar} of a number of characters, or of {@link #MAX}} */
  public static ColumnType nvarchar(int length) {
    return new ColumnType(Kind.NVARCHAR, length, 0);
  }

  /** {@return {@code varbinary} of a number of bytes, or of {@link #MAX}} */
  public static ColumnType varbinary(int length) {
    return new ColumnType(Kind.VARBINARY, length, 0);
  }

  /** {@return {@code decimal} with digits after the point} */
  public static ColumnType decimal(int scale) {
    return new ColumnType(Kind.DECIMAL, 0, scale);
  }

  boolean max() {
    return length == MAX;
  }
}
