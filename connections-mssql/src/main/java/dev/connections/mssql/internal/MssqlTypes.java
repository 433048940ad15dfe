package dev.connections.mssql.internal;

import static java.util.Map.entry;

import dev.connections.api.DataType;
import dev.connections.api.TypeKind;
import java.util.Map;
import java.util.Optional;

/** SQL Server's types. They are told by their names: numbers differ on servers that imitate it. */
final class MssqlTypes {
  static final Map<String, TypeKind> KINDS =
      Map.ofEntries(
          entry("bit", TypeKind.BOOLEAN),
          entry("tinyint", TypeKind.SMALLINT), // 0 to 255
          entry("smallint", TypeKind.SMALLINT),
          entry("int", TypeKind.INTEGER),
          entry("bigint", TypeKind.BIGINT),
          entry("decimal", TypeKind.DECIMAL),
          entry("numeric", TypeKind.DECIMAL),
          entry("money", TypeKind.DECIMAL),
          entry("smallmoney", TypeKind.DECIMAL),
          entry("real", TypeKind.FLOAT),
          entry("float", TypeKind.DOUBLE),
          entry("char", TypeKind.STRING),
          entry("varchar", TypeKind.STRING),
          entry("text", TypeKind.STRING),
          entry("nchar", TypeKind.STRING),
          entry("nvarchar", TypeKind.STRING),
          entry("ntext", TypeKind.STRING),
          entry("sysname", TypeKind.STRING),
          entry("binary", TypeKind.BINARY),
          entry("varbinary", TypeKind.BINARY),
          entry("image", TypeKind.BINARY),
          entry("timestamp", TypeKind.BINARY), // a number of eight bytes that grows, no time
          entry("rowversion", TypeKind.BINARY),
          entry("date", TypeKind.DATE),
          entry("time", TypeKind.TIME),
          entry("datetime", TypeKind.TIMESTAMP_NTZ),
          entry("datetime2", TypeKind.TIMESTAMP_NTZ),
          entry("smalldatetime", TypeKind.TIMESTAMP_NTZ),
          entry("datetimeoffset", TypeKind.TIMESTAMP),
          entry("uniqueidentifier", TypeKind.UUID),
          entry("xml", TypeKind.XML),
          entry("json", TypeKind.JSON),
          entry("sql_variant", TypeKind.VARIANT),
          entry("geometry", TypeKind.GEOMETRY),
          entry("geography", TypeKind.GEOMETRY),
          entry("hierarchyid", TypeKind.OTHER));

  private MssqlTypes() {}

  /**
   * A column's type as the catalog holds it.
   *
   * @param name the type's name
   * @param schema where a user's type lies; {@code sys} for the built-in ones
   * @param userDefined whether somebody made the type
   * @param assembly whether it is of the common language runtime
   * @param base the built-in type under a user's type
   * @param length in bytes; -1 for no limit
   */
  record TypeRow(
      String name,
      Optional<String> schema,
      boolean userDefined,
      boolean assembly,
      Optional<String> base,
      int length,
      int precision,
      int scale) {
    String builtIn() {
      return userDefined && !assembly ? base.orElse(name) : name;
    }
  }

  /** Whether there is a neutral counterpart, or at least we know that there is none. */
  static boolean isKnown(TypeRow type) {
    return !(type.userDefined() && type.assembly()) && KINDS.containsKey(type.builtIn());
  }

  static DataType of(TypeRow type) {
    String nativeType =
        type.userDefined()
            ? type.schema().map(schema -> schema + ".").orElse("") + type.name()
            : text(type);
    if (!isKnown(type)) {
      return DataType.of(TypeKind.OTHER, nativeType);
    }
    DataType plain = DataType.of(KINDS.getOrDefault(type.builtIn(), TypeKind.OTHER), nativeType);
    return switch (type.builtIn()) {
      case "decimal", "numeric", "money", "smallmoney" ->
          plain.withPrecision(type.precision()).withScale(type.scale());
      case "char", "varchar", "binary", "varbinary" ->
          type.length() < 0 ? plain : plain.withLength(type.length());
      case "nchar", "nvarchar", "sysname" ->
          type.length() < 0 ? plain : plain.withLength(type.length() / 2);
      case "timestamp", "rowversion" -> plain.withLength(8);
      case "time", "datetime2", "datetimeoffset", "datetime", "smalldatetime" ->
          plain.withPrecision(type.scale());
      default -> plain;
    };
  }

  /** As a {@code create table} would say it. */
  private static String text(TypeRow type) {
    return switch (type.name()) {
      case "decimal", "numeric" -> type.name() + "(" + type.precision() + "," + type.scale() + ")";
      case "char", "varchar", "binary", "varbinary" -> type.name() + length(type.length());
      case "nchar", "nvarchar" -> type.name() + length(type.length() < 0 ? -1 : type.length() / 2);
      case "time", "datetime2", "datetimeoffset" -> type.name() + "(" + type.scale() + ")";
      case "float" -> type.precision() == 53 ? "float" : "float(" + type.precision() + ")";
      default -> type.name();
    };
  }

  private static String length(int length) {
    return length < 0 ? "(max)" : "(" + length + ")";
  }
}
