package dev.connections.filesystem.internal.orc;

import dev.connections.api.DataType;
import dev.connections.api.NoticeCode;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.Warning;
import java.util.ArrayList;
import java.util.List;

/**
 * Neutral types of an ORC schema, a tree written as a list: a part has a higher number than what it
 * is part of, which also rules out that a type contains itself.
 */
final class OrcTypes {
  private static final int MOST_DIGITS = 38;

  private final List<OrcType> types;
  private final int deepest;
  private final boolean[] used;
  private final List<Warning> warnings = new ArrayList<>();

  OrcTypes(List<OrcType> types, int deepest) {
    this.types = types;
    this.deepest = deepest;
    this.used = new boolean[types.size()];
  }

  List<Warning> warnings() {
    return warnings;
  }

  /** The type that is the file's row. */
  DataType row() throws Defect {
    if (types.isEmpty()) {
      throw new Defect("it has no schema");
    }
    return of(0, 0);
  }

  /** Whether a part has a value in each row, which Iceberg's writers note. */
  boolean required(int number) {
    return "true".equals(types.get(number).attributes().get("iceberg.required"));
  }

  private DataType of(int number, int depth) throws Defect {
    if (depth > deepest) {
      throw new Defect("its schema has more than " + deepest + " levels");
    }
    used[number] = true;
    OrcType type = types.get(number);
    return switch (type.kind()) {
      case 0 -> DataType.of(TypeKind.BOOLEAN, "boolean");
      case 1 -> DataType.of(TypeKind.TINYINT, "tinyint");
      case 2 -> DataType.of(TypeKind.SMALLINT, "smallint");
      case 3 -> DataType.of(TypeKind.INTEGER, "int");
      case 4 -> bigint(type);
      case 5 -> DataType.of(TypeKind.FLOAT, "float");
      case 6 -> DataType.of(TypeKind.DOUBLE, "double");
      case 7 -> DataType.of(TypeKind.STRING, "string");
      case 8 -> binary(type);
      case 9 -> DataType.of(TypeKind.TIMESTAMP_NTZ, "timestamp");
      case 10 -> list(number, type, depth);
      case 11 -> map(number, type, depth);
      case 12 -> struct(number, type, depth);
      case 13 -> union(number, type, depth);
      case 14 -> decimal(type);
      case 15 -> DataType.of(TypeKind.DATE, "date");
      case 16 -> text("varchar", type);
      case 17 -> text("char", type);
      case 18 -> DataType.of(TypeKind.TIMESTAMP, "timestamp with local time zone");
      case 19 -> DataType.of(TypeKind.GEOMETRY, "geometry");
      case 20 -> DataType.of(TypeKind.GEOMETRY, "geography");
      default -> unknown();
    };
  }

  private DataType unknown() {
    warnings.add(
        Warning.of(
            NoticeCode.IRREGULAR,
            "Its type is one that this version doesn't know; it is kept as binary."));
    return DataType.of(TypeKind.BINARY, "unknown");
  }

  private static DataType bigint(OrcType type) {
    return "TIME".equals(type.attributes().get("iceberg.long-type"))
        ? DataType.of(TypeKind.TIME, "bigint (TIME)")
        : DataType.of(TypeKind.BIGINT, "bigint");
  }

  private static DataType binary(OrcType type) {
    return "UUID".equals(type.attributes().get("iceberg.binary-type"))
        ? DataType.of(TypeKind.UUID, "binary (UUID)")
        : DataType.of(TypeKind.BINARY, "binary");
  }

  private static DataType text(String name, OrcType type) {
    return type.length() > 0
        ? DataType.of(TypeKind.STRING, name + "(" + type.length() + ")").withLength(type.length())
        : DataType.of(TypeKind.STRING, name);
  }

  /** Hive's first decimals have no precision: they hold up to 38 digits. */
  private static DataType decimal(OrcType type) throws Defect {
    if (type.precision() == 0) {
      return DataType.decimal(MOST_DIGITS, 10, "decimal");
    }
    if (type.precision() < 0
        || type.precision() > MOST_DIGITS
        || type.scale() < 0
        || type.scale() > type.precision()) {
      throw new Defect("a decimal of its schema has an impossible precision or scale");
    }
    return DataType.decimal(
        type.precision(), type.scale(), "decimal(" + type.precision() + "," + type.scale() + ")");
  }

  private DataType list(int number, OrcType type, int depth) throws Defect {
    int element = child(number, type, 0, 1);
    return DataType.array(of(element, depth + 1), !required(element), "array");
  }

  private DataType map(int number, OrcType type, int depth) throws Defect {
    int key = child(number, type, 0, 2);
    int value = child(number, type, 1, 2);
    return DataType.map(of(key, depth + 1), of(value, depth + 1), !required(value), "map");
  }

  private DataType struct(int number, OrcType type, int depth) throws Defect {
    List<TypeField> fields = new ArrayList<>(type.children().size());
    if (type.names().size() != type.children().size()) {
      throw new Defect("a structure of its schema has a part without a name");
    }
    for (int i = 0; i < type.children().size(); i++) {
      int part = child(number, type, i, type.children().size());
      fields.add(TypeField.of(type.names().get(i), of(part, depth + 1), !required(part)));
    }
    return DataType.struct(fields, "struct");
  }

  /** Of a union, a row fills one member. */
  private DataType union(int number, OrcType type, int depth) throws Defect {
    List<TypeField> members = new ArrayList<>(type.children().size());
    for (int i = 0; i < type.children().size(); i++) {
      int part = child(number, type, i, type.children().size());
      members.add(TypeField.of("member" + i, of(part, depth + 1), true));
    }
    return DataType.struct(members, "uniontype");
  }

  private int child(int number, OrcType type, int index, int expected) throws Defect {
    if (type.children().size() != expected) {
      throw new Defect("a type of its schema has the wrong number of parts");
    }
    int child = type.children().get(index);
    if (child <= number || child >= types.size() || used[child]) {
      throw new Defect("a type of its schema has a part that isn't there");
    }
    return child;
  }
}
