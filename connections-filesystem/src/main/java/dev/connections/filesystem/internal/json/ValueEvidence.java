package dev.connections.filesystem.internal.json;

import dev.connections.api.DataType;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.text.Cell.IsoKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the values at one place of a JSON document have been so far; decides their type. Used by one
 * thread.
 */
final class ValueEvidence {
  private static final int MOST_DIGITS = 38;
  private static final int DIGITS_OF_64_BITS = 18;

  /** An object with more names than this, all for like values, is a map: its names are data. */
  private static final int MOST_FIELDS_OF_LIKE_VALUES = 200;

  private long nulls;
  private long booleans;
  private long integers;
  private long fractions;
  private long strings;
  private long objects;
  private long arrays;
  private int digits;
  private boolean large;
  private int longest;
  private int isoKinds;
  private boolean repeatedNames;
  private long lastObject;
  private Map<String, ValueEvidence> fields = Map.of();
  private @Nullable ValueEvidence element;

  void addNull() {
    nulls++;
  }

  void addBoolean() {
    booleans++;
  }

  /**
   * Adds a whole number.
   *
   * @param length how many digits it has
   * @param fits whether it fits 64 bits
   */
  void addInteger(int length, boolean fits) {
    integers++;
    digits = Math.max(digits, length);
    large |= !fits;
  }

  void addFraction() {
    fractions++;
  }

  void addString(int length, IsoKind kind) {
    strings++;
    longest = Math.max(longest, length);
    isoKinds |=
        switch (kind) {
          case NONE -> 1;
          case DATE -> 2;
          case TIMESTAMP -> 4;
          case LOCAL_TIMESTAMP -> 8;
        };
  }

  void addObject() {
    objects++;
  }

  /**
   * The evidence for a field of the object just added.
   *
   * @param name the field's name
   * @param object a number of that object, by which a second field of one name is noticed
   * @return absent where it is the first of its name: then {@link #newField} makes it
   */
  @Nullable ValueEvidence field(String name, long object) {
    ValueEvidence field = fields.get(name);
    if (field != null) {
      repeatedNames |= field.lastObject == object;
      field.lastObject = object;
    }
    return field;
  }

  ValueEvidence newField(String name, long object) {
    if (fields.isEmpty()) {
      fields = new LinkedHashMap<>();
    }
    ValueEvidence field = new ValueEvidence();
    field.lastObject = object;
    fields.put(name, field);
    return field;
  }

  /** The evidence for the items of the array just added. */
  ValueEvidence addArray() {
    arrays++;
    if (element == null) {
      element = new ValueEvidence();
    }
    return element;
  }

  /** Adds all values that another part of the document had at this place. */
  void merge(ValueEvidence other) {
    nulls += other.nulls;
    booleans += other.booleans;
    integers += other.integers;
    fractions += other.fractions;
    strings += other.strings;
    objects += other.objects;
    arrays += other.arrays;
    digits = Math.max(digits, other.digits);
    large |= other.large;
    longest = Math.max(longest, other.longest);
    isoKinds |= other.isoKinds;
    repeatedNames |= other.repeatedNames;
    if (!other.fields.isEmpty() && fields.isEmpty()) {
      fields = new LinkedHashMap<>();
    }
    other.fields.forEach(
        (name, field) -> fields.computeIfAbsent(name, unseen -> new ValueEvidence()).merge(field));
    if (other.element != null) {
      element = element == null ? new ValueEvidence() : element;
      element.merge(other.element);
    }
  }

  /** How many fields there are here and below. */
  int places() {
    int places = element == null ? 0 : element.places();
    for (ValueEvidence field : fields.values()) {
      places += 1 + field.places();
    }
    return places;
  }

  /** The type that holds all values. */
  DataType type() {
    long numbers = integers + fractions;
    long seen = seen();
    if (seen == 0) {
      return DataType.of(TypeKind.STRING, "null");
    }
    if (booleans == seen) {
      return DataType.of(TypeKind.BOOLEAN, "boolean");
    }
    if (numbers == seen) {
      return number();
    }
    if (strings == seen) {
      return string();
    }
    if (arrays == seen && element != null) {
      return DataType.array(element.type(), true, "array");
    }
    return objects == seen ? object() : DataType.of(TypeKind.STRING, "mixed");
  }

  private DataType number() {
    if (fractions > 0) {
      return DataType.of(TypeKind.DOUBLE, "number");
    }
    if (!large) {
      return DataType.of(TypeKind.BIGINT, "number");
    }
    return digits <= MOST_DIGITS
        ? DataType.decimal(digits, 0, "number")
        : DataType.of(TypeKind.STRING, "number");
  }

  private DataType string() {
    return switch (isoKinds) {
      case 2 -> DataType.of(TypeKind.DATE, "string");
      case 4 -> DataType.of(TypeKind.TIMESTAMP, "string");
      case 8 -> DataType.of(TypeKind.TIMESTAMP_NTZ, "string");
      default -> DataType.of(TypeKind.STRING, "string");
    };
  }

  private DataType object() {
    if (fields.isEmpty()) {
      return DataType.of(TypeKind.VARIANT, "object");
    }
    if (fields.size() > MOST_FIELDS_OF_LIKE_VALUES) {
      List<DataType> kinds =
          fields.values().stream()
              .filter(field -> field.seen() > 0)
              .map(ValueEvidence::type)
              .distinct()
              .limit(2)
              .toList();
      if (kinds.size() == 1) {
        DataType name = DataType.of(TypeKind.STRING, "string");
        return DataType.map(name, kinds.get(0), true, "object");
      }
    }
    List<TypeField> parts = new ArrayList<>(fields.size());
    fields.forEach((name, field) -> parts.add(TypeField.of(name, field.type(), true)));
    return DataType.struct(parts, "object");
  }

  /** Whether values of kinds were seen that have no type in common but text. */
  boolean mixed() {
    long seen = seen();
    return seen != 0
        && booleans != seen
        && integers + fractions != seen
        && strings != seen
        && arrays != seen
        && objects != seen;
  }

  /** Whether an object here or below had two fields of one name. */
  boolean repeatedNames() {
    return repeatedNames
        || fields.values().stream().anyMatch(ValueEvidence::repeatedNames)
        || (element != null && element.repeatedNames());
  }

  /** Whether all values, of which there is one, are objects. */
  boolean onlyObjects() {
    return objects > 0 && objects == seen();
  }

  /** How many values there were, nulls left out. */
  long seen() {
    return booleans + integers + fractions + strings + objects + arrays;
  }

  long nulls() {
    return nulls;
  }

  long objects() {
    return objects;
  }

  int longest() {
    return longest;
  }

  Map<String, ValueEvidence> fields() {
    return fields;
  }

  static boolean fits(char[] text, int from, int length) {
    if (length <= DIGITS_OF_64_BITS) {
      return true;
    }
    if (length > DIGITS_OF_64_BITS + 1) {
      return false;
    }
    return new String(text, from, length).compareTo("9223372036854775807") <= 0;
  }
}
