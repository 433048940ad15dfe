package dev.connections.core.targets;

import dev.connections.api.DataType;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The text of a Databricks type for a neutral one, and what that loses. One use, one thread. */
final class TypeMapping {
  /** The greatest precision of a Databricks DECIMAL. */
  static final int MOST_DIGITS = 38;

  /** The scale of a DECIMAL whose digits the source doesn't state: as Spark's own readers do. */
  private static final int ASSUMED_SCALE = 18;

  /** So many levels of parts within parts are mapped: a source may have thousands, a stack not. */
  static final int DEEPEST = 100;

  /** Databricks keeps microseconds. */
  private static final int FRACTION_DIGITS = 6;

  private static final Pattern UNSIGNED =
      Pattern.compile("\\bunsigned\\b|^u(tiny|small|medium|big)?int_?\\d*$");

  private final ColumnNaming naming;
  private final LossBook book;
  private boolean columnMapping;
  private int depth;

  TypeMapping(ColumnNaming naming, LossBook book) {
    this.naming = naming;
    this.book = book;
  }

  /**
   * The type's text.
   *
   * @param type what to map
   * @param path the column and the parts above, as people read it
   * @param mandatory whether the value and all above it are never absent, with nothing but
   *     structures above: only there does Delta keep NOT NULL
   */
  String text(DataType type, String path, boolean mandatory) {
    if (depth == DEEPEST && !type.children().isEmpty()) {
      return tooDeep(type, path);
    }
    depth++;
    try {
      return counterpart(type, path, mandatory);
    } finally {
      depth--;
    }
  }

  private String counterpart(DataType type, String path, boolean mandatory) {
    return switch (type.kind()) {
      case BOOLEAN -> "BOOLEAN";
      case TINYINT -> whole(type, path, "TINYINT");
      case SMALLINT -> whole(type, path, "SMALLINT");
      case INTEGER -> whole(type, path, "INT");
      case BIGINT -> whole(type, path, "BIGINT");
      case DECIMAL -> decimal(type, path);
      case FLOAT -> "FLOAT";
      case DOUBLE -> "DOUBLE";
      case STRING -> bounded(type, path, "STRING", "characters");
      case BINARY -> bounded(type, path, "BINARY", "bytes");
      case DATE -> "DATE";
      case TIMESTAMP -> moment(type, path, "TIMESTAMP");
      case TIMESTAMP_NTZ -> moment(type, path, withoutZone(type, path));
      case TIME -> kept(type, path, "STRING", "Databricks has no time of day; it is kept as text.");
      case INTERVAL ->
          kept(type, path, "STRING", "A Delta table holds no lengths of time; it is kept as text.");
      case UUID -> kept(type, path, "STRING", "Databricks has no UUID; it is kept as text.");
      case JSON -> kept(type, path, "STRING", "The document is kept as text, unparsed.");
      case XML -> kept(type, path, "STRING", "The document is kept as text, unparsed.");
      case GEOMETRY ->
          kept(type, path, "BINARY", "The shape is kept as bytes, in well-known binary form.");
      case VARIANT -> "VARIANT";
      case STRUCT -> struct(type, path, mandatory);
      case ARRAY -> "ARRAY<" + text(part(type, 0).type(), path + "[]", false) + ">";
      case MAP -> map(type, path);
      case OTHER -> {
        book.column(
            path,
            LossKind.UNKNOWN_TYPE,
            type.nativeType(),
            "STRING",
            "The type '" + type.nativeType() + "' has no counterpart; its values become text.");
        yield "STRING";
      }
    };
  }

  private String tooDeep(DataType type, String path) {
    book.column(
        path,
        LossKind.TOO_DEEP,
        type.nativeType(),
        "STRING",
        "More than " + DEEPEST + " levels of parts within parts are kept as text from there on.");
    return "STRING";
  }

  private String whole(DataType type, String path, String target) {
    if (UNSIGNED.matcher(type.nativeType().toLowerCase(Locale.ROOT)).find()) {
      book.column(
          path,
          LossKind.SIGN_NOT_ENFORCED,
          type.nativeType(),
          target,
          "The source allows no negative numbers; " + target + " does.");
    }
    return target;
  }

  private String decimal(DataType type, String path) {
    int scale = type.scale().orElse(0);
    int stated = type.precision().orElse(0);
    if (stated <= 0) {
      String assumed = "DECIMAL(" + MOST_DIGITS + "," + ASSUMED_SCALE + ")";
      book.column(
          path,
          LossKind.PRECISION_UNKNOWN,
          type.nativeType(),
          assumed,
          "The source doesn't say how many digits the number has; more than "
              + (MOST_DIGITS - ASSUMED_SCALE)
              + " before the point or "
              + ASSUMED_SCALE
              + " behind it don't fit.");
      return assumed;
    }
    // A negative scale means zeros before the point; one beyond the precision, zeros behind it.
    long digits = Math.max(scale < 0 ? (long) stated - scale : stated, scale);
    if (digits > MOST_DIGITS) {
      book.column(
          path,
          LossKind.PRECISION_TOO_LARGE,
          type.nativeType(),
          "STRING",
          "The number has " + digits + " digits, DECIMAL at most 38; it is kept as text.");
      return "STRING";
    }
    return "DECIMAL(" + digits + "," + Math.max(scale, 0) + ")";
  }

  private String bounded(DataType type, String path, String target, String unit) {
    if (type.length().isPresent()) {
      book.column(
          path,
          LossKind.LENGTH_NOT_ENFORCED,
          type.nativeType(),
          target,
          "The limit of " + type.length().getAsInt() + " " + unit + " isn't enforced.");
    }
    return target;
  }

  /** The stored system mapped {@code datetime} to TIMESTAMP, and its users rely on that. */
  private String withoutZone(DataType type, String path) {
    if (!type.nativeType().equalsIgnoreCase("datetime")) {
      return "TIMESTAMP_NTZ";
    }
    book.column(
        path,
        LossKind.ZONE_ASSUMED,
        type.nativeType(),
        "TIMESTAMP",
        "The source states no zone; values are read in the zone of the session that loads them.");
    return "TIMESTAMP";
  }

  private String moment(DataType type, String path, String target) {
    if (type.precision().orElse(0) > FRACTION_DIGITS) {
      book.column(
          path,
          LossKind.FRACTION_TRUNCATED,
          type.nativeType(),
          target,
          "The source has "
              + type.precision().getAsInt()
              + " digits of a second; those beyond the sixth are cut.");
    }
    return target;
  }

  private String kept(DataType type, String path, String target, String sentence) {
    book.column(path, LossKind.KEPT_AS_TEXT, type.nativeType(), target, sentence);
    return target;
  }

  private String struct(DataType type, String path, boolean mandatory) {
    List<TypeField> fields = type.children();
    if (fields.isEmpty()) {
      book.column(
          path,
          LossKind.EMPTY_STRUCT,
          type.nativeType(),
          "STRING",
          "A structure without parts has no meaning in Databricks; it is kept as text.");
      return "STRING";
    }
    List<String> names = ColumnNames.of(fields.stream().map(TypeField::name).toList(), naming);
    List<String> parts = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      TypeField field = fields.get(i);
      String fieldPath = path + "." + field.name();
      named(fieldPath, field.name(), names.get(i));
      parts.add(Databricks.identifier(names.get(i)) + ": " + part(field, fieldPath, mandatory));
    }
    return "STRUCT<" + String.join(", ", parts) + ">";
  }

  private String part(TypeField field, String path, boolean mandatory) {
    boolean keepsNotNull = mandatory && !field.nullable();
    StringBuilder text = new StringBuilder(text(field.type(), path, keepsNotNull));
    if (keepsNotNull) {
      text.append(" NOT NULL");
    } else if (!field.nullable()) {
      book.column(
          path,
          LossKind.NESTED_NOT_NULL,
          "NOT NULL",
          "",
          "Delta keeps NOT NULL only where everything above is a mandatory structure.");
    }
    field.description().ifPresent(words -> text.append(" COMMENT ").append(Databricks.text(words)));
    return text.toString();
  }

  private String map(DataType type, String path) {
    DataType key = part(type, 0).type();
    String keyText = text(key, path + ".key", false);
    String valueText = text(part(type, 1).type(), path + ".value", false);
    if (allowedAsKey(key)) {
      return "MAP<" + keyText + ", " + valueText + ">";
    }
    String target = "ARRAY<STRUCT<`key`: " + keyText + ", `value`: " + valueText + ">>";
    book.column(
        path,
        LossKind.MAP_KEY_NOT_ALLOWED,
        type.nativeType(),
        "ARRAY<STRUCT<key, value>>",
        "Keys of this type can't be compared in Databricks; the pairs are kept as a sequence.");
    return target;
  }

  private static TypeField part(DataType type, int at) {
    return type.children().get(at);
  }

  /** A key must be comparable, and neither a map nor a variant is. */
  private static boolean allowedAsKey(DataType type) {
    return type.kind() != TypeKind.MAP
        && type.kind() != TypeKind.VARIANT
        && type.children().stream().allMatch(child -> allowedAsKey(child.type()));
  }

  /** Whether a name that was given so far is only possible with Delta's column mapping. */
  boolean columnMapping() {
    return columnMapping;
  }

  /** Takes note of a name, and books it where it is a new one. */
  void named(String path, String source, String target) {
    columnMapping |= ColumnNames.needsMapping(target);
    if (!source.equals(target)) {
      book.column(
          path,
          LossKind.RENAMED,
          source,
          target,
          "The name '"
              + source
              + "' isn't allowed here, or is taken; it becomes '"
              + target
              + "'.");
    }
  }
}
