package dev.connections.filesystem.internal.delta;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.NoticeCode;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.Warning;
import dev.connections.filesystem.internal.json.JsonTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Columns of a Delta schema, which is written as Spark writes its types. */
final class DeltaTypes {
  private static final Pattern DECIMAL =
      Pattern.compile("decimal\\(\\s*(\\d{1,2})\\s*,\\s*(-?\\d{1,2})\\s*\\)");
  private static final Pattern CHARACTERS = Pattern.compile("(?:char|varchar)\\((\\d{1,9})\\)");
  private static final int MOST_DIGITS = 38;

  private static final Map<String, TypeKind> PRIMITIVES =
      Map.ofEntries(
          Map.entry("string", TypeKind.STRING),
          Map.entry("long", TypeKind.BIGINT),
          Map.entry("integer", TypeKind.INTEGER),
          Map.entry("short", TypeKind.SMALLINT),
          Map.entry("byte", TypeKind.TINYINT),
          Map.entry("float", TypeKind.FLOAT),
          Map.entry("double", TypeKind.DOUBLE),
          Map.entry("boolean", TypeKind.BOOLEAN),
          Map.entry("binary", TypeKind.BINARY),
          Map.entry("date", TypeKind.DATE),
          Map.entry("timestamp", TypeKind.TIMESTAMP),
          Map.entry("timestamp_ntz", TypeKind.TIMESTAMP_NTZ),
          Map.entry("variant", TypeKind.VARIANT));

  private final List<Warning> warnings = new ArrayList<>();

  /** What is to be known about the columns. */
  List<Warning> warnings() {
    return warnings;
  }

  /** The columns of a schema. */
  List<Column> columns(String schema, int deepest) throws Defect {
    Object tree;
    try {
      tree = JsonTree.parse(schema, deepest);
    } catch (IOException e) {
      throw new Defect("the schema in its log isn't JSON that can be read");
    }
    List<Column> columns = new ArrayList<>();
    for (Object field : fields(tree)) {
      columns.add(column(field));
    }
    return columns;
  }

  private static List<?> fields(@Nullable Object struct) throws Defect {
    if (struct instanceof Map<?, ?> object
        && "struct".equals(object.get("type"))
        && object.get("fields") instanceof List<?> fields) {
      return fields;
    }
    throw new Defect("the schema in its log isn't a structure");
  }

  private Column column(Object field) throws Defect {
    Map<?, ?> members = members(field);
    String name = name(members);
    int known = warnings.size();
    Column.Builder column =
        Column.builder(name, characters(members, type(members.get("type"))), nullable(members));
    warnings.subList(known, warnings.size()).replaceAll(warning -> warning.at(name));
    comment(members).ifPresent(column::description);
    text(members, "CURRENT_DEFAULT").ifPresent(column::defaultExpression);
    text(members, "delta.generationExpression").ifPresent(column::generatedExpression);
    return column.build();
  }

  private DataType type(@Nullable Object type) throws Defect {
    if (type instanceof String name) {
      return primitive(name);
    }
    Map<?, ?> members = members(type);
    Object kind = members.get("type");
    if ("struct".equals(kind)) {
      List<TypeField> parts = new ArrayList<>();
      for (Object field : fields(type)) {
        Map<?, ?> part = members(field);
        parts.add(
            new TypeField(
                name(part),
                characters(part, type(part.get("type"))),
                nullable(part),
                comment(part)));
      }
      return DataType.struct(parts, "struct");
    }
    if ("array".equals(kind)) {
      return DataType.array(
          type(members.get("elementType")),
          !Boolean.FALSE.equals(members.get("containsNull")),
          "array");
    }
    if ("map".equals(kind)) {
      return DataType.map(
          type(members.get("keyType")),
          type(members.get("valueType")),
          !Boolean.FALSE.equals(members.get("valueContainsNull")),
          "map");
    }
    if ("udt".equals(kind) && members.get("sqlType") != null) {
      return type(members.get("sqlType"));
    }
    throw new Defect("the schema in its log has something that is no type");
  }

  private DataType primitive(String name) {
    TypeKind kind = PRIMITIVES.get(name);
    if (kind != null) {
      return DataType.of(kind, name);
    }
    Matcher decimal = DECIMAL.matcher(name);
    if (decimal.matches()) {
      int precision = Integer.parseInt(decimal.group(1));
      int scale = Integer.parseInt(decimal.group(2));
      if (precision >= 1 && precision <= MOST_DIGITS && scale >= 0 && scale <= precision) {
        return DataType.decimal(precision, scale, name);
      }
    }
    if (name.startsWith("interval")) {
      return DataType.of(TypeKind.INTERVAL, name);
    }
    if (name.startsWith("string collate ")) {
      return DataType.of(TypeKind.STRING, name);
    }
    if (name.startsWith("geometry") || name.startsWith("geography")) {
      return DataType.of(TypeKind.GEOMETRY, name);
    }
    warnings.add(
        Warning.of(
            NoticeCode.IRREGULAR,
            "Its type is one that this version doesn't know; it is kept as text."));
    return DataType.of(TypeKind.STRING, name);
  }

  /** Spark writes text of bounded length as any text, and the bound beside it. */
  private static DataType characters(Map<?, ?> field, DataType type) {
    Optional<String> written = text(field, "__CHAR_VARCHAR_TYPE_STRING");
    if (type.kind() == TypeKind.STRING && written.isPresent()) {
      Matcher bound = CHARACTERS.matcher(written.get());
      if (bound.matches()) {
        int length = Integer.parseInt(bound.group(1));
        return DataType.of(TypeKind.STRING, written.get()).withLength(length);
      }
    }
    return type;
  }

  private static Map<?, ?> members(@Nullable Object value) throws Defect {
    if (value instanceof Map<?, ?> members) {
      return members;
    }
    throw new Defect("the schema in its log has something that is no type");
  }

  private static String name(Map<?, ?> field) throws Defect {
    if (field.get("name") instanceof String name && !name.isEmpty()) {
      return name;
    }
    throw new Defect("a column in its log has no name");
  }

  private static boolean nullable(Map<?, ?> field) {
    return !Boolean.FALSE.equals(field.get("nullable"));
  }

  private static Optional<String> comment(Map<?, ?> field) {
    return text(field, "comment");
  }

  private static Optional<String> text(Map<?, ?> field, String key) {
    return field.get("metadata") instanceof Map<?, ?> metadata
            && metadata.get(key) instanceof String text
        ? Optional.of(text)
        : Optional.empty();
  }
}
