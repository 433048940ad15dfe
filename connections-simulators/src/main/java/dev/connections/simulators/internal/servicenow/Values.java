package dev.connections.simulators.internal.servicenow;

import java.math.BigDecimal;

/** The order of a column's values. All values are text; some are numbers. */
final class Values {
  private Values() {}

  static int compare(Column column, String left, String right) {
    if (column.number()) {
      return number(left).compareTo(number(right));
    }
    return left.compareToIgnoreCase(right);
  }

  static BigDecimal number(String text) {
    try {
      return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
    } catch (NumberFormatException e) {
      return BigDecimal.ZERO;
    }
  }
}
