package dev.connections.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An index of a table.
 *
 * @param name its name
 * @param columns names of the columns, or texts of the expressions, it is sorted by, in order
 * @param included names of the columns it carries besides
 * @param unique whether it allows each value once
 * @param method the source's word for how it works, for example {@code btree}
 * @param predicate the source's own text of the condition that limits it to some rows
 */
public record Index(
    String name,
    List<String> columns,
    List<String> included,
    boolean unique,
    Optional<String> method,
    Optional<String> predicate) {

  /**
   * Takes all parts at once; {@link #of} is the way to make one.
   *
   * @param name its name
   * @param columns what it is sorted by
   * @param included what it carries besides
   * @param unique whether it allows each value once
   * @param method how it works
   * @param predicate what limits it to some rows
   */
  @Internal
  public Index {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(predicate, "predicate");
    columns = List.copyOf(columns);
    included = List.copyOf(included);
  }

  /**
   * {@return an index without included columns and without a condition}
   *
   * @param name its name
   * @param unique whether it allows each value once
   * @param columns what it is sorted by, in order
   */
  public static Index of(String name, boolean unique, String... columns) {
    return new Index(name, List.of(columns), List.of(), unique, Optional.empty(), Optional.empty());
  }

  /**
   * {@return a copy with columns it carries besides}
   *
   * @param names of the columns
   */
  public Index withIncluded(List<String> names) {
    return new Index(name, columns, names, unique, method, predicate);
  }

  /**
   * {@return a copy with a method}
   *
   * @param word the source's word for how it works
   */
  public Index withMethod(String word) {
    return new Index(name, columns, included, unique, Optional.of(word), predicate);
  }

  /**
   * {@return a copy with a condition}
   *
   * @param text the source's own text
   */
  public Index withPredicate(String text) {
    return new Index(name, columns, included, unique, method, Optional.of(text));
  }
}
