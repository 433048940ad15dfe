package dev.connections.filesystem.internal.adapter;

import dev.connections.api.DataType;
import dev.connections.api.TypeKind;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The narrowest type that holds the values of two, as far as there is one; else text. */
final class CommonType {
  private static final List<TypeKind> WHOLE =
      List.of(TypeKind.TINYINT, TypeKind.SMALLINT, TypeKind.INTEGER, TypeKind.BIGINT);

  /** How many digits the whole numbers have, in the same order. */
  private static final List<Integer> DIGITS = List.of(3, 5, 10, 19);

  private static final Set<TypeKind> BINARY_FLOATS = Set.of(TypeKind.FLOAT, TypeKind.DOUBLE);
  private static final int MOST_DIGITS = 38;

  private CommonType() {}

  static DataType of(DataType one, DataType other) {
    if (one.equals(other)) {
      return one;
    }
    String spelled =
        one.nativeType().equals(other.nativeType())
            ? one.nativeType()
            : one.nativeType() + " | " + other.nativeType();
    boolean decimals = one.kind() == TypeKind.DECIMAL || other.kind() == TypeKind.DECIMAL;
    if (decimals && precision(one) > 0 && precision(other) > 0) {
      return decimal(one, other, spelled);
    }
    if (one.kind() == other.kind()) {
      return sameKind(one, other, spelled);
    }
    int widest = Math.max(WHOLE.indexOf(one.kind()), WHOLE.indexOf(other.kind()));
    if (WHOLE.contains(one.kind()) && WHOLE.contains(other.kind())) {
      return DataType.of(WHOLE.get(widest), spelled);
    }
    if (isNumber(one) && isNumber(other)) {
      return DataType.of(TypeKind.DOUBLE, spelled);
    }
    return DataType.of(TypeKind.STRING, spelled);
  }

  private static DataType sameKind(DataType one, DataType other, String spelled) {
    return new DataType(
        one.kind(),
        spelled,
        larger(one.length(), other.length()),
        larger(one.precision(), other.precision()),
        larger(one.scale(), other.scale()),
        one.children());
  }

  /** Without a bound on one side there is none on both. */
  private static OptionalInt larger(OptionalInt one, OptionalInt other) {
    return one.isPresent() && other.isPresent()
        ? OptionalInt.of(Math.max(one.getAsInt(), other.getAsInt()))
        : OptionalInt.empty();
  }

  /** How many digits an exact number has; 0 for anything else. */
  private static int precision(DataType type) {
    int whole = WHOLE.indexOf(type.kind());
    if (whole >= 0) {
      return DIGITS.get(whole);
    }
    return type.kind() == TypeKind.DECIMAL ? type.precision().orElse(0) : 0;
  }

  private static boolean isNumber(DataType type) {
    return WHOLE.contains(type.kind())
        || BINARY_FLOATS.contains(type.kind())
        || type.kind() == TypeKind.DECIMAL;
  }

  private static DataType decimal(DataType one, DataType other, String spelled) {
    int scale = Math.max(one.scale().orElse(0), other.scale().orElse(0));
    int whole =
        Math.max(
            precision(one) - one.scale().orElse(0), precision(other) - other.scale().orElse(0));
    return whole + scale <= MOST_DIGITS
        ? DataType.decimal(whole + scale, scale, spelled)
        : DataType.of(TypeKind.DOUBLE, spelled);
  }
}
