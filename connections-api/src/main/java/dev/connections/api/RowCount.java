package dev.connections.api;

/**
 * How many rows a table has, as far as that is known without a scan.
 *
 * @param rows the number; not negative
 * @param exact whether it was counted; otherwise it is the source's estimate
 */
public record RowCount(long rows, boolean exact) {
  /**
   * Checks the bound.
   *
   * @param rows not negative
   * @param exact whether it was counted
   * @throws IllegalArgumentException if the number is negative
   */
  public RowCount {
    if (rows < 0) {
      throw new IllegalArgumentException("a negative number of rows");
    }
  }

  /**
   * {@return a counted number}
   *
   * @param rows the number; not negative
   */
  public static RowCount exactly(long rows) {
    return new RowCount(rows, true);
  }

  /**
   * {@return an estimated number}
   *
   * @param rows the number; not negative
   */
  public static RowCount about(long rows) {
    return new RowCount(rows, false);
  }
}
