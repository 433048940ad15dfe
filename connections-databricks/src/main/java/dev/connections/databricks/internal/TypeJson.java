package dev.connections.databricks.internal;

import dev.connections.api.DataType;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.http.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads a column's type from what the catalog says of it: its JSON first, which loses nothing, its
 * text where there is no JSON that can be read.
 */
final class TypeJson {
  /** Spark notes here what a column was declared as where it stores plain text. */
  private static final String DECLARED = "__CHAR_VARCHAR_TYPE_STRING";

  private static final String COLLATIONS = "__COLLATIONS";

  private static final Map<String, String> SQL_NAMES =
      Map.of("byte", "tinyint", "short", "smallint", "integer", "int", "long", "bigint");

  /** A type, and the order of its texts where it has one of its own. */
  record Read(DataType type, Optional<String> collation) {}

  private TypeJson() {}

  static Read read(Optional<String> json, Optional<String> text) {
    Optional<JsonObject> field = json.flatMap(TypeJson::parsed);
    Optional<DataType> type = field.flatMap(known -> type(known, "type"));
    Optional<String> collation = field.flatMap(TypeJson::collation).or(() -> collation(text));
    Optional<String> declared =
        field
            .flatMap(known -> known.object("metadata"))
            .flatMap(metadata -> metadata.text(DECLARED))
            .or(() -> text.filter(spelled -> spelled.matches("(?i)(var)?char\\s*\\(.*")));
    if (type.isPresent() && declared.isPresent() && type.get().kind() == TypeKind.STRING) {
      return new Read(TypeText.parse(declared.get()), collation);
    }
    return new Read(
        type.map(known -> spelled(known, text))
            .orElseGet(() -> TypeText.parse(text.orElse("unknown"))),
        collation);
  }

  /** The catalog's own text is kept as the native spelling. */
  private static DataType spelled(DataType type, Optional<String> text) {
    return text.filter(spelling -> !spelling.isBlank())
        .map(
            spelling ->
                new DataType(
                    type.kind(),
                    spelling,
                    type.length(),
                    type.precision(),
                    type.scale(),
                    type.children()))
        .orElse(type);
  }

  private static Optional<JsonObject> parsed(String json) {
    try {
      return Optional.of(JsonObject.parse(json));
    } catch (IOException unreadable) {
      return Optional.empty(); // the text is there as well
    }
  }

  /** A simple type is a text, a nested one an object. */
  private static Optional<DataType> type(JsonObject holder, String member) {
    return holder
        .object(member)
        .map(TypeJson::nested)
        .or(() -> holder.text(member).map(TypeJson::simple));
  }

  private static DataType simple(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return TypeText.parse(SQL_NAMES.getOrDefault(lower, lower));
  }

  private static DataType nested(JsonObject json) {
    String kind = json.text("type").orElse("");
    return switch (kind) {
      case "array" -> {
        DataType element = type(json, "elementType").orElseGet(TypeJson::unknown);
        yield DataType.array(
            element, json.flag("containsNull").orElse(true), "array<" + element.nativeType() + ">");
      }
      case "map" -> {
        DataType key = type(json, "keyType").orElseGet(TypeJson::unknown);
        DataType value = type(json, "valueType").orElseGet(TypeJson::unknown);
        yield DataType.map(
            key,
            value,
            json.flag("valueContainsNull").orElse(true),
            "map<" + key.nativeType() + "," + value.nativeType() + ">");
      }
      case "struct" -> struct(json);
      case "udt" -> type(json, "sqlType").orElseGet(TypeJson::unknown);
      default -> unknown();
    };
  }

  private static DataType unknown() {
    return DataType.of(TypeKind.OTHER, "unknown");
  }

  private static DataType struct(JsonObject json) {
    List<TypeField> fields = new ArrayList<>();
    for (JsonObject field : json.objects("fields")) {
      Read read = read(field);
      fields.add(
          new TypeField(
              field.text("name").orElse(""),
              read.type(),
              field.flag("nullable").orElse(true),
              field.object("metadata").flatMap(metadata -> metadata.text("comment"))));
    }
    return DataType.struct(
        fields,
        fields.stream()
            .map(field -> quoted(field.name()) + ":" + field.type().nativeType())
            .collect(Collectors.joining(",", "struct<", ">")));
  }

  private static Read read(JsonObject field) {
    DataType type = type(field, "type").orElseGet(TypeJson::unknown);
    Optional<String> declared =
        field.object("metadata").flatMap(metadata -> metadata.text(DECLARED));
    return new Read(declared.map(TypeText::parse).orElse(type), Optional.empty());
  }

  private static String quoted(String name) {
    return name.matches("\\w+") ? name : "`" + name.replace("`", "``") + "`";
  }

  private static Optional<String> collation(JsonObject field) {
    return field
        .object("metadata")
        .flatMap(metadata -> metadata.object(COLLATIONS))
        .flatMap(by -> field.text("name").flatMap(by::text))
        .map(name -> name.replaceFirst("^(spark|icu)\\.", ""));
  }

  private static Optional<String> collation(Optional<String> text) {
    return text.map(spelled -> spelled.split("(?i)\\s+collate\\s+", 2))
        .filter(parts -> parts.length == 2 && parts[0].equalsIgnoreCase("string"))
        .map(parts -> parts[1].strip());
  }
}
