package dev.connections.core.store;

import dev.connections.api.TableName;
import java.util.Arrays;
import java.util.Objects;

/**
 * A table's metadata as a store keeps it: its name, what it is, and bytes whose form only core
 * knows. Immutable.
 */
public final class StoredTable {
  private final TableName name;
  private final String kind;
  private final byte[] content;

  private StoredTable(TableName name, String kind, byte[] content) {
    this.name = Objects.requireNonNull(name, "name");
    this.kind = Objects.requireNonNull(kind, "kind");
    this.content = content;
  }

  /**
   * {@return a table}
   *
   * @param name its name
   * @param kind the id of its kind
   * @param content its metadata; without a byte if only its name is known
   */
  public static StoredTable of(TableName name, String kind, byte[] content) {
    return new StoredTable(name, kind, content.clone());
  }

  /** {@return its name} */
  public TableName name() {
    return name;
  }

  /** {@return the id of its kind} */
  public String kind() {
    return kind;
  }

  /** {@return a copy of its content; without a byte if only its name is known} */
  public byte[] content() {
    return content.clone();
  }

  /** {@return whether only its name is known} */
  public boolean isNameOnly() {
    return content.length == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredTable table
        && name.equals(table.name)
        && kind.equals(table.kind)
        && Arrays.equals(content, table.content);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(content);
  }

  /** {@return the name only} */
  @Override
  public String toString() {
    return name.display();
  }
}
