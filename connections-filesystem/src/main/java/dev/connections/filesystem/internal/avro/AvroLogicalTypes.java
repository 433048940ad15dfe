package dev.connections.filesystem.internal.avro;

import dev.connections.api.DataType;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.json.JsonTree;
import java.util.Map;
import java.util.Optional;

/**
 * What a logical type makes of the type it stands on. One that is unknown, or that stands on a type
 * that can't hold it, counts as absent: so the specification says.
 */
final class AvroLogicalTypes {
  private static final int MILLIS = 3;
  private static final int MICROS = 6;
  private static final int NANOS = 9;

  private AvroLogicalTypes() {}

  static Optional<DataType> of(Map<?, ?> schema, String name, DataType plain) {
    if (!(schema.get("logicalType") instanceof String logical)) {
      return Optional.empty();
    }
    String spelled = name + " (" + logical + ")";
    return switch (name + "/" + logical) {
      case "int/date" -> kind(TypeKind.DATE, spelled);
      case "int/time-millis" -> time(TypeKind.TIME, spelled, MILLIS);
      case "long/time-micros" -> time(TypeKind.TIME, spelled, MICROS);
      case "long/timestamp-millis" -> time(TypeKind.TIMESTAMP, spelled, MILLIS);
      case "long/timestamp-micros" -> time(TypeKind.TIMESTAMP, spelled, MICROS);
      case "long/timestamp-nanos" -> time(TypeKind.TIMESTAMP, spelled, NANOS);
      case "long/local-timestamp-millis" -> time(TypeKind.TIMESTAMP_NTZ, spelled, MILLIS);
      case "long/local-timestamp-micros" -> time(TypeKind.TIMESTAMP_NTZ, spelled, MICROS);
      case "long/local-timestamp-nanos" -> time(TypeKind.TIMESTAMP_NTZ, spelled, NANOS);
      case "string/uuid", "fixed(16)/uuid" -> kind(TypeKind.UUID, spelled);
      case "fixed(12)/duration" -> kind(TypeKind.INTERVAL, spelled);
      default -> logical.equals("decimal") ? decimal(schema, name, plain) : Optional.empty();
    };
  }

  private static Optional<DataType> kind(TypeKind kind, String spelled) {
    return Optional.of(DataType.of(kind, spelled));
  }

  private static Optional<DataType> time(TypeKind kind, String spelled, int digits) {
    return Optional.of(DataType.of(kind, spelled).withPrecision(digits));
  }

  private static Optional<DataType> decimal(Map<?, ?> schema, String name, DataType plain) {
    int precision = number(schema, "precision", -1);
    int scale = number(schema, "scale", 0);
    int most =
        plain.length().isPresent()
            ? (int) Math.floor((8.0 * plain.length().getAsInt() - 1) * Math.log10(2))
            : Integer.MAX_VALUE;
    boolean fits =
        plain.kind() == TypeKind.BINARY
            && precision > 0
            && precision <= most
            && scale >= 0
            && scale <= precision;
    return fits
        ? Optional.of(
            DataType.decimal(
                precision, scale, name + " (decimal(" + precision + ", " + scale + "))"))
        : Optional.empty();
  }

  private static int number(Map<?, ?> schema, String name, int otherwise) {
    Object value = schema.get(name);
    if (value == null) {
      return otherwise;
    }
    return value instanceof JsonTree.Numeral number ? number.small() : -1;
  }
}
