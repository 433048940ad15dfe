package dev.connections.simulators.internal.servicenow;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The comparisons of an encoded query. Longer spellings stand before those they begin with. */
enum Operator {
  NOT_EMPTY("ISNOTEMPTY", false),
  EMPTY("ISEMPTY", false),
  STARTS("STARTSWITH", true),
  ENDS("ENDSWITH", true),
  NOT_LIKE("NOT LIKE", true),
  LIKE("LIKE", true),
  NOT_IN("NOT IN", false),
  IN("IN", false),
  AT_LEAST(">=", true),
  AT_MOST("<=", true),
  NOT_EQUAL("!=", false),
  MORE(">", true),
  LESS("<", true),
  EQUAL("=", false);

  private final String spelling;
  private final boolean range;

  Operator(String spelling, boolean range) {
    this.spelling = spelling;
    this.range = range;
  }

  String spelling() {
    return spelling;
  }

  /** Whether the right to range queries is needed; the others are matches. */
  boolean isRange() {
    return range;
  }

  /**
   * What the operator says of a value. Text is compared without regard to case, as the service
   * does.
   */
  Predicate<String> test(Column column, String operand) {
    String low = operand.toLowerCase(Locale.ROOT);
    return switch (this) {
      case NOT_EMPTY -> value -> !value.isEmpty();
      case EMPTY -> String::isEmpty;
      case STARTS -> value -> value.toLowerCase(Locale.ROOT).startsWith(low);
      case ENDS -> value -> value.toLowerCase(Locale.ROOT).endsWith(low);
      case LIKE -> value -> value.toLowerCase(Locale.ROOT).contains(low);
      case NOT_LIKE -> value -> !value.toLowerCase(Locale.ROOT).contains(low);
      case IN -> oneOf(low);
      case NOT_IN -> oneOf(low).negate();
      case EQUAL -> value -> value.equalsIgnoreCase(operand);
      case NOT_EQUAL -> value -> !value.equalsIgnoreCase(operand);
      case AT_LEAST -> value -> Values.compare(column, value, operand) >= 0;
      case AT_MOST -> value -> Values.compare(column, value, operand) <= 0;
      case MORE -> value -> Values.compare(column, value, operand) > 0;
      case LESS -> value -> Values.compare(column, value, operand) < 0;
    };
  }

  private static Predicate<String> oneOf(String operands) {
    Set<String> set = Arrays.stream(operands.split(",", -1)).collect(Collectors.toSet());
    return value -> set.contains(value.toLowerCase(Locale.ROOT));
  }
}
