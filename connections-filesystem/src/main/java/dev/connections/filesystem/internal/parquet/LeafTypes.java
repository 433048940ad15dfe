package dev.connections.filesystem.internal.parquet;

import dev.connections.api.DataType;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.Defect;
import java.util.Locale;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/**
 * The types of columns that hold values: a physical type, and what a logical or, in older files, a
 * converted type makes of it. A logical type on a physical one that can't hold it is refused, as
 * the format's specification asks.
 */
final class LeafTypes {
  private static final int MILLIS = 3;
  private static final int MICROS = 6;
  private static final int NANOS = 9;
  private static final int INTERVAL_BYTES = 12;
  private static final int UUID_BYTES = 16;
  private static final int INT32_DIGITS = 9;
  private static final int INT64_DIGITS = 18;
  private static final int LONGEST_CRS = 60;

  private LeafTypes() {}

  static DataType of(SchemaElement element) throws Defect {
    if (element.getType() == Type.FIXED_LEN_BYTE_ARRAY && element.getType_length() <= 0) {
      throw new Defect("a column of a fixed length has no length");
    }
    LogicalType logical = element.getLogicalType();
    if (logical != null && logical.isSet()) {
      return logical(element, logical);
    }
    ConvertedType converted = element.getConverted_type();
    return converted == null
        ? physical(element, physicalName(element))
        : converted(element, converted);
  }

  private static String physicalName(SchemaElement element) {
    return element.getType() == Type.FIXED_LEN_BYTE_ARRAY
        ? "FIXED_LEN_BYTE_ARRAY(" + element.getType_length() + ")"
        : element.getType().name();
  }

  private static DataType physical(SchemaElement element, String nativeType) {
    return switch (element.getType()) {
      case BOOLEAN -> DataType.of(TypeKind.BOOLEAN, nativeType);
      case INT32 -> DataType.of(TypeKind.INTEGER, nativeType);
      case INT64 -> DataType.of(TypeKind.BIGINT, nativeType);
      case INT96 -> DataType.of(TypeKind.TIMESTAMP, nativeType).withPrecision(NANOS);
      case FLOAT -> DataType.of(TypeKind.FLOAT, nativeType);
      case DOUBLE -> DataType.of(TypeKind.DOUBLE, nativeType);
      case BYTE_ARRAY -> DataType.of(TypeKind.BINARY, nativeType);
      case FIXED_LEN_BYTE_ARRAY ->
          DataType.of(TypeKind.BINARY, nativeType).withLength(element.getType_length());
    };
  }

  private static DataType logical(SchemaElement element, LogicalType logical) throws Defect {
    Annotated a = new Annotated(element, logical.getSetField().name());
    return switch (logical.getSetField()) {
      case STRING, ENUM -> a.on(Type.BYTE_ARRAY).as(TypeKind.STRING);
      case JSON -> a.on(Type.BYTE_ARRAY).as(TypeKind.JSON);
      case BSON -> a.on(Type.BYTE_ARRAY).as(TypeKind.BINARY);
      case DECIMAL -> {
        DecimalType decimal = logical.getDECIMAL();
        yield decimal(element, decimal.getPrecision(), decimal.getScale());
      }
      case DATE -> a.on(Type.INT32).as(TypeKind.DATE);
      case TIME -> time(a, digits(logical.getTIME().getUnit()));
      case TIMESTAMP -> timestamp(a, logical.getTIMESTAMP());
      case INTEGER -> integer(element, logical.getINTEGER());
      case UUID -> a.onFixed(UUID_BYTES).as(TypeKind.UUID);
      case FLOAT16 -> a.onFixed(2).as(TypeKind.FLOAT);
      case GEOMETRY ->
          a.with(shortened(logical.getGEOMETRY().getCrs()))
              .on(Type.BYTE_ARRAY)
              .as(TypeKind.GEOMETRY);
      case GEOGRAPHY ->
          a.with(shortened(logical.getGEOGRAPHY().getCrs()))
              .on(Type.BYTE_ARRAY)
              .as(TypeKind.GEOMETRY);
      // Every value is absent, and the physical type means nothing.
      case UNKNOWN -> physical(element, physicalName(element) + " (UNKNOWN)");
      default -> throw a.wrong();
    };
  }

  private static DataType time(Annotated a, int digits) throws Defect {
    return a.with(unit(digits))
        .on(digits == MILLIS ? Type.INT32 : Type.INT64)
        .as(TypeKind.TIME)
        .withPrecision(digits);
  }

  private static DataType timestamp(Annotated a, TimestampType type) throws Defect {
    int digits = digits(type.getUnit());
    boolean utc = type.isIsAdjustedToUTC();
    return a.with(unit(digits) + (utc ? ", UTC" : ", local"))
        .on(Type.INT64)
        .as(utc ? TypeKind.TIMESTAMP : TypeKind.TIMESTAMP_NTZ)
        .withPrecision(digits);
  }

  private static DataType integer(SchemaElement element, IntType type) throws Defect {
    int bits = type.getBitWidth();
    boolean signed = type.isIsSigned();
    Annotated a = new Annotated(element, (signed ? "INT" : "UINT") + bits);
    return switch (bits) {
      case 8 -> a.on(Type.INT32).as(signed ? TypeKind.TINYINT : TypeKind.SMALLINT);
      case 16 -> a.on(Type.INT32).as(signed ? TypeKind.SMALLINT : TypeKind.INTEGER);
      case 32 -> a.on(Type.INT32).as(signed ? TypeKind.INTEGER : TypeKind.BIGINT);
      case 64 ->
          signed
              ? a.on(Type.INT64).as(TypeKind.BIGINT)
              : DataType.decimal(20, 0, a.on(Type.INT64).nativeType());
      default -> throw a.wrong();
    };
  }

  private static DataType converted(SchemaElement element, ConvertedType type) throws Defect {
    Annotated a = new Annotated(element, type.name());
    return switch (type) {
      case UTF8, ENUM -> a.on(Type.BYTE_ARRAY).as(TypeKind.STRING);
      case JSON -> a.on(Type.BYTE_ARRAY).as(TypeKind.JSON);
      case BSON -> a.on(Type.BYTE_ARRAY).as(TypeKind.BINARY);
      case DECIMAL -> decimal(element, element.getPrecision(), element.getScale());
      case DATE -> a.on(Type.INT32).as(TypeKind.DATE);
      case TIME_MILLIS -> a.on(Type.INT32).as(TypeKind.TIME).withPrecision(MILLIS);
      case TIME_MICROS -> a.on(Type.INT64).as(TypeKind.TIME).withPrecision(MICROS);
      // The older types are always moments in UTC.
      case TIMESTAMP_MILLIS -> a.on(Type.INT64).as(TypeKind.TIMESTAMP).withPrecision(MILLIS);
      case TIMESTAMP_MICROS -> a.on(Type.INT64).as(TypeKind.TIMESTAMP).withPrecision(MICROS);
      case INT_8 -> a.on(Type.INT32).as(TypeKind.TINYINT);
      case INT_16 -> a.on(Type.INT32).as(TypeKind.SMALLINT);
      case INT_32 -> a.on(Type.INT32).as(TypeKind.INTEGER);
      case INT_64 -> a.on(Type.INT64).as(TypeKind.BIGINT);
      case UINT_8 -> a.on(Type.INT32).as(TypeKind.SMALLINT);
      case UINT_16 -> a.on(Type.INT32).as(TypeKind.INTEGER);
      case UINT_32 -> a.on(Type.INT32).as(TypeKind.BIGINT);
      case UINT_64 -> DataType.decimal(20, 0, a.on(Type.INT64).nativeType());
      case INTERVAL -> a.onFixed(INTERVAL_BYTES).as(TypeKind.INTERVAL);
      case LIST, MAP, MAP_KEY_VALUE -> throw a.wrong();
    };
  }

  private static DataType decimal(SchemaElement element, int precision, int scale) throws Defect {
    int most =
        switch (element.getType()) {
          case INT32 -> INT32_DIGITS;
          case INT64 -> INT64_DIGITS;
          case BYTE_ARRAY -> Integer.MAX_VALUE;
          case FIXED_LEN_BYTE_ARRAY -> digitsOf(element.getType_length());
          default -> 0;
        };
    String name = "DECIMAL(" + precision + ", " + scale + ")";
    if (precision < 1 || scale < 0 || scale > precision || precision > most) {
      throw new Defect(
          "a column is declared " + name + ", which " + physicalName(element) + " can't hold");
    }
    return DataType.decimal(precision, scale, physicalName(element) + " (" + name + ")");
  }

  /** How many decimal digits always fit into so many bytes with a sign. */
  private static int digitsOf(int bytes) {
    return (int) Math.floor((8.0 * bytes - 1) * Math.log10(2));
  }

  private static int digits(TimeUnit unit) throws Defect {
    if (unit == null || !unit.isSet()) {
      throw new Defect("a column of times has no unit");
    }
    return switch (unit.getSetField()) {
      case MILLIS -> MILLIS;
      case MICROS -> MICROS;
      case NANOS -> NANOS;
    };
  }

  private static String unit(int digits) {
    return digits == MILLIS ? "MILLIS" : digits == MICROS ? "MICROS" : "NANOS";
  }

  private static String shortened(@Nullable String crs) {
    if (crs == null) {
      return "";
    }
    String plain = crs.replaceAll("[^\\p{Alnum}:._-]", "");
    return plain.length() <= LONGEST_CRS ? plain : plain.substring(0, LONGEST_CRS) + "…";
  }

  /** A physical type and the annotation it must be able to hold. */
  private record Annotated(SchemaElement element, String annotation) {
    Annotated with(String parameter) {
      return parameter.isEmpty()
          ? this
          : new Annotated(element, annotation + "(" + parameter + ")");
    }

    Annotated on(Type type) throws Defect {
      if (element.getType() != type) {
        throw wrong();
      }
      return this;
    }

    Annotated onFixed(int bytes) throws Defect {
      on(Type.FIXED_LEN_BYTE_ARRAY);
      if (element.getType_length() != bytes) {
        throw wrong();
      }
      return this;
    }

    String nativeType() {
      return physicalName(element) + " (" + annotation + ")";
    }

    DataType as(TypeKind kind) {
      return DataType.of(kind, nativeType());
    }

    Defect wrong() {
      return new Defect(
          "a column is declared "
              + annotation.toUpperCase(Locale.ROOT)
              + ", which "
              + physicalName(element)
              + " can't hold");
    }
  }
}
