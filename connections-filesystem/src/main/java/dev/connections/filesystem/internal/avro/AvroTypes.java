package dev.connections.filesystem.internal.avro;

import dev.connections.api.DataType;
import dev.connections.api.NoticeCode;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.Warning;
import dev.connections.filesystem.internal.json.JsonTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Neutral types of an Avro schema. A name stands for the type it was defined as; within its own
 * definition it stands for a value of any shape, since a neutral type is finite.
 */
final class AvroTypes {
  private static final Map<String, TypeKind> PRIMITIVES =
      Map.of(
          "boolean", TypeKind.BOOLEAN,
          "int", TypeKind.INTEGER,
          "long", TypeKind.BIGINT,
          "float", TypeKind.FLOAT,
          "double", TypeKind.DOUBLE,
          "bytes", TypeKind.BINARY,
          "string", TypeKind.STRING,
          "null", TypeKind.STRING);

  /** Named types used within each other many times over would unfold without bound. */
  private static final int MOST_PARTS = 100_000;

  private final Map<String, Typed> named = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final List<Warning> warnings = new ArrayList<>();

  /**
   * A type with what Avro says beside it.
   *
   * @param type the neutral type
   * @param nullable whether the schema is a union with null, or null itself
   * @param parts how many types it is made of
   */
  record Typed(DataType type, boolean nullable, int parts) {}

  List<Warning> warnings() {
    return warnings;
  }

  /** The type of a schema within a namespace, which is empty for none. */
  Typed of(Object schema, String namespace) throws Defect {
    if (schema instanceof String name) {
      return reference(name, namespace);
    }
    if (schema instanceof List<?> branches) {
      return union(branches, namespace);
    }
    if (schema instanceof Map<?, ?> object) {
      return object(object, namespace);
    }
    throw new Defect("its schema has something that is no type");
  }

  private Typed reference(String name, String namespace) throws Defect {
    TypeKind primitive = PRIMITIVES.get(name);
    if (primitive != null) {
      return new Typed(DataType.of(primitive, name), name.equals("null"), 1);
    }
    String full = fullName(name, namespace);
    String known = named.containsKey(full) || open.contains(full) ? full : name;
    if (open.contains(known)) {
      warnings.add(
          Warning.of(
              NoticeCode.IRREGULAR,
              "A type contains itself; what is within is a value of any shape."));
      return new Typed(DataType.of(TypeKind.VARIANT, known), false, 1);
    }
    Typed type = named.get(known);
    if (type == null) {
      throw new Defect("its schema uses a name that isn't defined");
    }
    return type;
  }

  private Typed object(Map<?, ?> schema, String namespace) throws Defect {
    Object type = schema.get("type");
    if (type == null) {
      throw new Defect("its schema has a type without a name");
    }
    return type instanceof String name ? namedType(schema, name, namespace) : of(type, namespace);
  }

  private Typed namedType(Map<?, ?> schema, String name, String namespace) throws Defect {
    return switch (name) {
      case "record", "error" -> record(schema, namespace);
      case "enum" ->
          define(schema, namespace, full -> DataType.of(TypeKind.STRING, "enum " + full));
      case "fixed" -> fixed(schema, namespace);
      case "array" -> array(schema, namespace);
      case "map" -> map(schema, namespace);
      default -> {
        Typed plain = reference(name, namespace);
        yield AvroLogicalTypes.of(schema, name, plain.type())
            .map(logical -> new Typed(logical, plain.nullable(), plain.parts()))
            .orElse(plain);
      }
    };
  }

  private Typed record(Map<?, ?> schema, String namespace) throws Defect {
    String full = definedName(schema, namespace);
    open.add(full);
    List<TypeField> fields = new ArrayList<>();
    int parts = 1;
    for (AvroField field : AvroField.of(schema)) {
      Typed type = of(field.schema(), namespaceOf(full));
      parts = added(parts, type.parts());
      fields.add(new TypeField(field.name(), type.type(), type.nullable(), field.description()));
    }
    open.remove(full);
    Typed record = new Typed(DataType.struct(fields, "record " + full), false, parts);
    named.put(full, record);
    return record;
  }

  private Typed array(Map<?, ?> schema, String namespace) throws Defect {
    Typed items = of(part(schema, "items"), namespace);
    return new Typed(
        DataType.array(items.type(), items.nullable(), "array"), false, added(1, items.parts()));
  }

  private Typed map(Map<?, ?> schema, String namespace) throws Defect {
    Typed values = of(part(schema, "values"), namespace);
    DataType key = DataType.of(TypeKind.STRING, "string");
    return new Typed(
        DataType.map(key, values.type(), values.nullable(), "map"),
        false,
        added(2, values.parts()));
  }

  private static Object part(Map<?, ?> schema, String name) throws Defect {
    Object part = schema.get(name);
    if (part == null) {
      throw new Defect("its schema has an array or a map without a type of its items");
    }
    return part;
  }

  private Typed fixed(Map<?, ?> schema, String namespace) throws Defect {
    int size = schema.get("size") instanceof JsonTree.Numeral number ? number.small() : -1;
    if (size < 0) {
      throw new Defect("its schema has a fixed type without a size");
    }
    return define(
        schema,
        namespace,
        full -> {
          DataType plain =
              DataType.of(TypeKind.BINARY, "fixed(" + size + ") " + full).withLength(size);
          return AvroLogicalTypes.of(schema, "fixed(" + size + ")", plain).orElse(plain);
        });
  }

  private interface Definition {
    DataType of(String fullName);
  }

  private Typed define(Map<?, ?> schema, String namespace, Definition definition) throws Defect {
    String full = definedName(schema, namespace);
    Typed typed = new Typed(definition.of(full), false, 1);
    named.put(full, typed);
    return typed;
  }

  private Typed union(List<?> branches, String namespace) throws Defect {
    List<Typed> values = new ArrayList<>();
    boolean nullable = false;
    for (Object branch : branches) {
      Typed type = of(branch, namespace);
      if (type.type().nativeType().equals("null")) {
        nullable = true;
      } else {
        values.add(type);
      }
    }
    if (values.isEmpty()) {
      return new Typed(DataType.of(TypeKind.STRING, "null"), true, 1);
    }
    if (values.size() == 1) {
      return new Typed(values.get(0).type(), nullable, values.get(0).parts());
    }
    return new Typed(common(values).orElseGet(() -> members(values)), nullable, total(values));
  }

  /** Numbers of one sort are the wider one; that is how Spark, too, reads such a union. */
  private static Optional<DataType> common(List<Typed> values) {
    Set<TypeKind> kinds = new HashSet<>();
    values.forEach(value -> kinds.add(value.type().kind()));
    if (kinds.equals(Set.of(TypeKind.INTEGER, TypeKind.BIGINT))) {
      return Optional.of(DataType.of(TypeKind.BIGINT, "union of int and long"));
    }
    if (kinds.equals(Set.of(TypeKind.FLOAT, TypeKind.DOUBLE))) {
      return Optional.of(DataType.of(TypeKind.DOUBLE, "union of float and double"));
    }
    return Optional.empty();
  }

  /** Of any other union, a row fills one member. */
  private static DataType members(List<Typed> values) {
    List<TypeField> members = new ArrayList<>(values.size());
    for (Typed value : values) {
      members.add(TypeField.of("member" + members.size(), value.type(), true));
    }
    return DataType.struct(members, "union");
  }

  private static int total(List<Typed> values) throws Defect {
    int parts = 1;
    for (Typed value : values) {
      parts = added(parts, value.parts());
    }
    return parts;
  }

  private static int added(int parts, int more) throws Defect {
    if (parts + more > MOST_PARTS) {
      throw new Defect("its types, written out, have more than " + MOST_PARTS + " parts");
    }
    return parts + more;
  }

  private String definedName(Map<?, ?> schema, String namespace) throws Defect {
    if (!(schema.get("name") instanceof String name) || name.isEmpty()) {
      throw new Defect("its schema defines a type without a name");
    }
    String own = schema.get("namespace") instanceof String text ? text : namespace;
    String full = fullName(name, own);
    if (open.contains(full) || named.containsKey(full)) {
      throw new Defect("its schema defines a name twice");
    }
    return full;
  }

  private static String fullName(String name, String namespace) {
    return name.indexOf('.') >= 0 || namespace.isEmpty() ? name : namespace + "." + name;
  }

  private static String namespaceOf(String fullName) {
    int dot = fullName.lastIndexOf('.');
    return dot < 0 ? "" : fullName.substring(0, dot);
  }
}
