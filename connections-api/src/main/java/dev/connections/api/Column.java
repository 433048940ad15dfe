package dev.connections.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A column of a table.
 *
 * @param name its name, as the source spells it
 * @param type its type
 * @param nullable whether it may be absent
 * @param description what the source says about it
 * @param defaultExpression the source's own text of the default value
 * @param generatedExpression the source's own text of the expression it is computed from
 * @param identity whether the source numbers the rows by it
 * @param collation the source's name of the order of its texts
 * @param extensions what has no neutral place
 */
public record Column(
    String name,
    DataType type,
    boolean nullable,
    Optional<String> description,
    Optional<String> defaultExpression,
    Optional<String> generatedExpression,
    boolean identity,
    Optional<String> collation,
    List<MetadataExtension> extensions) {

  /**
   * Takes all parts at once; {@link #of} is the way to make one.
   *
   * @param name its name
   * @param type its type
   * @param nullable whether it may be absent
   * @param description what the source says about it
   * @param defaultExpression text of the default value
   * @param generatedExpression text of the expression it is computed from
   * @param identity whether the source numbers the rows by it
   * @param collation name of the order of its texts
   * @param extensions what has no neutral place
   */
  @Internal
  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(defaultExpression, "defaultExpression");
    Objects.requireNonNull(generatedExpression, "generatedExpression");
    Objects.requireNonNull(collation, "collation");
    extensions = List.copyOf(extensions);
  }

  /**
   * {@return a column of which no more is known than name, type and nullability}
   *
   * @param name its name, as the source spells it
   * @param type its type
   * @param nullable whether it may be absent
   */
  public static Column of(String name, DataType type, boolean nullable) {
    return builder(name, type, nullable).build();
  }

  /**
   * {@return a builder}
   *
   * @param name its name, as the source spells it
   * @param type its type
   * @param nullable whether it may be absent
   */
  public static Builder builder(String name, DataType type, boolean nullable) {
    return new Builder(name, type, nullable);
  }

  /**
   * {@return the extension of a type, if the column has one}
   *
   * @param type a vendor's extension record
   * @param <E> the extension record
   */
  public <E extends MetadataExtension> Optional<E> extension(Class<E> type) {
    return extensions.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** Collects the parts of a column. Not safe for several threads. */
  public static final class Builder {
    private final String name;
    private final DataType type;
    private final boolean nullable;
    private Optional<String> description = Optional.empty();
    private Optional<String> defaultExpression = Optional.empty();
    private Optional<String> generatedExpression = Optional.empty();
    private boolean identity;
    private Optional<String> collation = Optional.empty();
    private final List<MetadataExtension> extensions = new ArrayList<>(0);

    private Builder(String name, DataType type, boolean nullable) {
      this.name = name;
      this.type = type;
      this.nullable = nullable;
    }

    /**
     * Sets the description.
     *
     * @param text what the source says about the column
     * @return this builder
     */
    public Builder description(String text) {
      this.description = Optional.of(text);
      return this;
    }

    /**
     * Sets the default value.
     *
     * @param expression the source's own text
     * @return this builder
     */
    public Builder defaultExpression(String expression) {
      this.defaultExpression = Optional.of(expression);
      return this;
    }

    /**
     * Sets the expression the column is computed from.
     *
     * @param expression the source's own text
     * @return this builder
     */
    public Builder generatedExpression(String expression) {
      this.generatedExpression = Optional.of(expression);
      return this;
    }

    /**
     * Says that the source numbers the rows by this column.
     *
     * @return this builder
     */
    public Builder identity() {
      this.identity = true;
      return this;
    }

    /**
     * Sets the collation.
     *
     * @param name the source's name of the order of texts
     * @return this builder
     */
    public Builder collation(String name) {
      this.collation = Optional.of(name);
      return this;
    }

    /**
     * Adds what has no neutral place.
     *
     * @param extension a vendor's record
     * @return this builder
     */
    public Builder extension(MetadataExtension extension) {
      extensions.add(extension);
      return this;
    }

    /** {@return the column} */
    public Column build() {
      return new Column(
          name,
          type,
          nullable,
          description,
          defaultExpression,
          generatedExpression,
          identity,
          collation,
          extensions);
    }
  }
}
