package dev.connections.core.importing;

/**
 * How many foreign keys were imported.
 *
 * @param inside those that refer to a table of the same import
 * @param outside those that refer to a table that was left out, or is unknown
 */
public record Relationships(long inside, long outside) {
  /** No foreign keys. */
  public static final Relationships NONE = new Relationships(0, 0);

  /** {@return both together} */
  public long total() {
    return inside + outside;
  }
}
