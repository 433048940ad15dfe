package dev.connections.core.importing;

/**
 * How many foreign keys were imported.
 *
 * @param inside those that refer to a table which the import wanted too
 * @param outside those that refer to a table which the options leave out, or which wasn't listed
 */
public record Relationships(long inside, long outside) {
  /** No foreign keys. */
  public static final Relationships NONE = new Relationships(0, 0);

  /** {@return both together} */
  public long total() {
    return inside + outside;
  }
}
