package dev.connections.api;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A neutral data type that keeps the vendor's own spelling exactly.
 *
 * @param kind what its values are
 * @param nativeType the type as the source spells it, for example {@code nvarchar(50)}
 * @param length the longest text or byte string, in characters or bytes, where bounded
 * @param precision how many digits a number has, or how many digits of a second a time has
 * @param scale how many of a number's digits stand behind the point
 * @param children the parts of a STRUCT, the {@code element} of an ARRAY, {@code key} and {@code
 *     value} of a MAP; empty for every other kind
 */
public record DataType(
    TypeKind kind,
    String nativeType,
    OptionalInt length,
    OptionalInt precision,
    OptionalInt scale,
    List<TypeField> children) {

  /** The name of the one child of an ARRAY. */
  public static final String ELEMENT = "element";

  /** The name of the first child of a MAP. */
  public static final String KEY = "key";

  /** The name of the second child of a MAP. */
  public static final String VALUE = "value";

  /**
   * Takes all parts at once; the factory methods are the way to make one.
   *
   * @param kind what its values are
   * @param nativeType the type as the source spells it
   * @param length the longest text or byte string
   * @param precision how many digits
   * @param scale how many digits behind the point
   * @param children parts of a nested type
   * @throws IllegalArgumentException if the children don't fit the kind
   */
  @Internal
  public DataType {
    Objects.requireNonNull(nativeType, "nativeType");
    Objects.requireNonNull(length, "length");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(scale, "scale");
    children = List.copyOf(children);
    boolean fits =
        switch (kind) {
          case STRUCT -> true;
          case ARRAY -> children.size() == 1;
          case MAP -> children.size() == 2;
          default -> children.isEmpty();
        };
    if (!fits) {
      throw new IllegalArgumentException(kind + " with " + children.size() + " children");
    }
  }

  /**
   * {@return a type without parameters}
   *
   * @param kind what its values are; not a nested kind
   * @param nativeType the type as the source spells it
   */
  public static DataType of(TypeKind kind, String nativeType) {
    return new DataType(
        kind, nativeType, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of());
  }

  /**
   * {@return an exact number}
   *
   * @param precision how many digits it has
   * @param scale how many of them stand behind the point
   * @param nativeType the type as the source spells it
   */
  public static DataType decimal(int precision, int scale, String nativeType) {
    return of(TypeKind.DECIMAL, nativeType).withPrecision(precision).withScale(scale);
  }

  /**
   * {@return a structure}
   *
   * @param fields its parts, in order
   * @param nativeType the type as the source spells it
   */
  public static DataType struct(List<TypeField> fields, String nativeType) {
    return nested(TypeKind.STRUCT, nativeType, fields);
  }

  /**
   * {@return a sequence}
   *
   * @param element the type of its items
   * @param elementNullable whether an item may be absent
   * @param nativeType the type as the source spells it
   */
  public static DataType array(DataType element, boolean elementNullable, String nativeType) {
    return nested(
        TypeKind.ARRAY, nativeType, List.of(TypeField.of(ELEMENT, element, elementNullable)));
  }

  /**
   * {@return a set of pairs}
   *
   * @param key the type of the keys
   * @param value the type of the values
   * @param valueNullable whether a value may be absent
   * @param nativeType the type as the source spells it
   */
  public static DataType map(
      DataType key, DataType value, boolean valueNullable, String nativeType) {
    return nested(
        TypeKind.MAP,
        nativeType,
        List.of(TypeField.of(KEY, key, false), TypeField.of(VALUE, value, valueNullable)));
  }

  private static DataType nested(TypeKind kind, String nativeType, List<TypeField> children) {
    return new DataType(
        kind, nativeType, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), children);
  }

  /**
   * {@return a copy with a greatest length}
   *
   * @param characters in characters, or bytes for BINARY
   */
  public DataType withLength(int characters) {
    return new DataType(kind, nativeType, OptionalInt.of(characters), precision, scale, children);
  }

  /**
   * {@return a copy with a precision}
   *
   * @param digits digits of a number, or of the fraction of a second
   */
  public DataType withPrecision(int digits) {
    return new DataType(kind, nativeType, length, OptionalInt.of(digits), scale, children);
  }

  /**
   * {@return a copy with a scale}
   *
   * @param digits digits behind the point
   */
  public DataType withScale(int digits) {
    return new DataType(kind, nativeType, length, precision, OptionalInt.of(digits), children);
  }
}
