package dev.connections.postgresql.internal;

import static java.util.Map.entry;

import dev.connections.api.DataType;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.postgresql.UserType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types of one database, by their ids in its catalog. Used by one thread. */
final class PostgresTypes {
  private static final String BUILT_IN = "pg_catalog";

  /** PostgreSQL forbids types that contain themselves; this bounds what a broken catalog costs. */
  private static final int DEEPEST = 32;

  /** What modifiers that hold a length count besides it. */
  private static final int HEADER = 4;

  private static final Map<String, TypeKind> KINDS =
      Map.ofEntries(
          entry("bool", TypeKind.BOOLEAN),
          entry("int2", TypeKind.SMALLINT),
          entry("int4", TypeKind.INTEGER),
          entry("int8", TypeKind.BIGINT),
          entry("oid", TypeKind.BIGINT),
          entry("numeric", TypeKind.DECIMAL),
          entry("float4", TypeKind.FLOAT),
          entry("float8", TypeKind.DOUBLE),
          entry("text", TypeKind.STRING),
          entry("varchar", TypeKind.STRING),
          entry("bpchar", TypeKind.STRING),
          entry("char", TypeKind.STRING),
          entry("name", TypeKind.STRING),
          entry("bit", TypeKind.STRING),
          entry("varbit", TypeKind.STRING),
          entry("inet", TypeKind.STRING),
          entry("cidr", TypeKind.STRING),
          entry("macaddr", TypeKind.STRING),
          entry("macaddr8", TypeKind.STRING),
          entry("bytea", TypeKind.BINARY),
          entry("date", TypeKind.DATE),
          entry("time", TypeKind.TIME),
          entry("timetz", TypeKind.TIME),
          entry("timestamp", TypeKind.TIMESTAMP_NTZ),
          entry("timestamptz", TypeKind.TIMESTAMP),
          entry("interval", TypeKind.INTERVAL),
          entry("uuid", TypeKind.UUID),
          entry("json", TypeKind.JSON),
          entry("jsonb", TypeKind.JSON),
          entry("xml", TypeKind.XML));

  /** Types of widespread extensions, whichever schema they were put in. */
  private static final Map<String, TypeKind> EXTENSIONS =
      Map.of(
          "citext", TypeKind.STRING,
          "geometry", TypeKind.GEOMETRY,
          "geography", TypeKind.GEOMETRY);

  private final Map<Long, TypeRow> types = new HashMap<>();

  /** A database has few types and many columns. */
  private final Map<Modified, DataType> made = new HashMap<>();

  private record Modified(long id, int modifier) {}

  /** A type as the catalog holds it. */
  record TypeRow(
      long id,
      String schema,
      String name,
      String kind,
      long base,
      int baseModifier,
      long element,
      String category,
      String text,
      Optional<String> baseText,
      List<String> labels,
      boolean notNull,
      List<String> checks,
      List<Member> members) {}

  /** A field of a composite type. */
  record Member(String name, long type, int modifier, String text) {}

  PostgresTypes(List<TypeRow> rows) {
    rows.forEach(row -> types.put(row.id(), row));
  }

  /**
   * {@return a column's type} Its text is asked for where the same wasn't met before; the most
   * common types have none.
   */
  DataType of(long id, int modifier, Text text) throws SQLException {
    Modified modified = new Modified(id, modifier);
    DataType known = made.get(modified);
    if (known == null) {
      known = of(id, modifier, text.read().orElseGet(() -> worded(id, modifier)), 0);
      made.put(modified, known);
    }
    return known;
  }

  /** A type in PostgreSQL's words, unless it is one of the most common. */
  interface Text {
    Optional<String> read() throws SQLException;
  }

  /** One of the types that the server doesn't word for each column, in its words all the same. */
  private String worded(long id, int modifier) {
    TypeRow type = types.get(id);
    if (type == null) {
      return "";
    }
    int length = modifier - HEADER;
    return switch (type.name()) {
      case "varchar" -> length < 0 ? type.text() : "character varying(" + length + ")";
      case "bpchar" -> length < 0 ? "bpchar" : "character(" + length + ")";
      case "numeric" ->
          length < 0 ? type.text() : "numeric(" + precision(length) + "," + scale(length) + ")";
      case "timestamp", "timestamptz" ->
          modifier < 0 ? type.text() : type.text().replace(" with", "(" + modifier + ") with");
      default -> type.text();
    };
  }

  private DataType of(long id, int modifier, String text, int depth) {
    TypeRow type = types.get(id);
    if (type == null || depth > DEEPEST) {
      return DataType.of(TypeKind.OTHER, text);
    }
    return switch (type.kind()) {
      case "d" -> of(type.base(), type.baseModifier(), text, depth + 1);
      case "e" -> DataType.of(TypeKind.STRING, text);
      case "c" -> composite(type, text, depth);
      default ->
          type.category().equals("A")
              ? array(type, modifier, text, depth)
              : base(type, modifier, text);
    };
  }

  private DataType composite(TypeRow type, String text, int depth) {
    List<TypeField> fields = new ArrayList<>();
    for (Member member : type.members()) {
      fields.add(
          TypeField.of(
              member.name(), of(member.type(), member.modifier(), member.text(), depth + 1), true));
    }
    return DataType.struct(fields, text);
  }

  private DataType array(TypeRow type, int modifier, String text, int depth) {
    TypeRow element = types.get(type.element());
    String elementText =
        text.endsWith("[]")
            ? text.substring(0, text.length() - 2)
            : element == null ? text : element.text();
    return DataType.array(of(type.element(), modifier, elementText, depth + 1), true, text);
  }

  private static DataType base(TypeRow type, int modifier, String text) {
    Map<String, TypeKind> known = type.schema().equals(BUILT_IN) ? KINDS : EXTENSIONS;
    TypeKind kind = known.getOrDefault(type.name(), TypeKind.OTHER);
    DataType plain = DataType.of(kind, text);
    return switch (type.name()) {
      case "numeric" -> modifier < HEADER ? plain : decimal(modifier - HEADER, text);
      case "varchar", "bpchar" -> modifier < HEADER ? plain : plain.withLength(modifier - HEADER);
      case "bit", "varbit" -> modifier < 0 ? plain : plain.withLength(modifier);
      case "time", "timetz", "timestamp", "timestamptz" ->
          plain.withPrecision(modifier < 0 ? 6 : modifier);
      default -> plain;
    };
  }

  /** The modifier holds the precision in its upper half and an eleven-bit scale with its sign. */
  private static DataType decimal(int packed, String text) {
    return DataType.decimal(precision(packed), scale(packed), text);
  }

  private static int precision(int packed) {
    return (packed >> 16) & 0xFFFF;
  }

  private static int scale(int packed) {
    return ((packed & 0x7FF) ^ 1024) - 1024;
  }

  /** Whether a type allows no null by itself, as some domains do. */
  boolean isNotNull(long id) {
    TypeRow type = types.get(id);
    return type != null && type.notNull();
  }

  Optional<UserType> userType(long id) {
    TypeRow type = types.get(id);
    if (type == null || type.schema().equals(BUILT_IN)) {
      return Optional.empty();
    }
    return switch (type.kind()) {
      case "d" -> Optional.of(userType(type, "domain"));
      case "e" -> Optional.of(userType(type, "enum"));
      default -> Optional.empty();
    };
  }

  private static UserType userType(TypeRow type, String category) {
    return new UserType(
        type.schema(), type.name(), category, type.baseText(), type.labels(), type.checks());
  }
}
