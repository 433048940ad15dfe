package dev.connections.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * All that was read of one table. {@link #loaded} says which sections were read: what isn't in it
 * is unknown, not absent. Read by itself or in bulk, a table's metadata is equal on what both
 * loaded.
 *
 * <p>Immutable. Made by {@link #builder}.
 *
 * @param info the table as it is listed
 * @param loaded which sections were read
 * @param columns its columns, in order
 * @param primaryKey its primary key
 * @param uniqueKeys its unique keys besides the primary
 * @param foreignKeys its references to other tables
 * @param indexes its indexes
 * @param checks its conditions
 * @param partitioning how it is divided
 * @param definition the source's own text of the query, for a view
 * @param properties further facts under the source's own names
 * @param extensions what has no neutral place
 * @param rowCount how many rows it has, where known without a scan
 * @param sizeInBytes how much space it takes, where known without a scan
 * @param notices what isn't as it should be: truncated, not loaded, of low confidence
 */
public record TableMetadata(
    TableInfo info,
    Set<Section> loaded,
    List<Column> columns,
    Optional<KeyConstraint> primaryKey,
    List<KeyConstraint> uniqueKeys,
    List<ForeignKey> foreignKeys,
    List<Index> indexes,
    List<CheckConstraint> checks,
    Optional<Partitioning> partitioning,
    Optional<String> definition,
    Map<String, String> properties,
    List<MetadataExtension> extensions,
    Optional<RowCount> rowCount,
    OptionalLong sizeInBytes,
    List<Notice> notices) {

  /**
   * Takes all parts at once; {@link #builder} is the way to make one.
   *
   * @param info the table as it is listed
   * @param loaded which sections were read
   * @param columns its columns
   * @param primaryKey its primary key
   * @param uniqueKeys its unique keys
   * @param foreignKeys its references
   * @param indexes its indexes
   * @param checks its conditions
   * @param partitioning how it is divided
   * @param definition text of the query
   * @param properties further facts
   * @param extensions what has no neutral place
   * @param rowCount how many rows it has
   * @param sizeInBytes how much space it takes
   * @param notices what isn't as it should be
   */
  @Internal
  public TableMetadata {
    Objects.requireNonNull(info, "info");
    loaded = loaded.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(loaded));
    columns = List.copyOf(columns);
    Objects.requireNonNull(primaryKey, "primaryKey");
    uniqueKeys = List.copyOf(uniqueKeys);
    foreignKeys = List.copyOf(foreignKeys);
    indexes = List.copyOf(indexes);
    checks = List.copyOf(checks);
    Objects.requireNonNull(partitioning, "partitioning");
    Objects.requireNonNull(definition, "definition");
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    extensions = List.copyOf(extensions);
    Objects.requireNonNull(rowCount, "rowCount");
    Objects.requireNonNull(sizeInBytes, "sizeInBytes");
    notices = List.copyOf(notices);
  }

  /**
   * {@return a builder}
   *
   * @param info the table as it is listed
   * @param loaded which sections were read
   */
  public static Builder builder(TableInfo info, Set<Section> loaded) {
    return new Builder(info, loaded);
  }

  /** {@return the table's name} */
  public TableName name() {
    return info.name();
  }

  /**
   * {@return the column of a name}
   *
   * @param name as the source spells it
   */
  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /**
   * {@return the extension of a type, if the table has one}
   *
   * @param type a vendor's extension record
   * @param <E> the extension record
   */
  public <E extends MetadataExtension> Optional<E> extension(Class<E> type) {
    return extensions.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /**
   * {@return a copy that holds only some sections} Two readings of one table are compared on what
   * both loaded.
   *
   * @param sections which to keep; those that weren't loaded stay so
   */
  public TableMetadata only(Set<Section> sections) {
    Set<Section> kept = EnumSet.noneOf(Section.class);
    kept.addAll(loaded);
    kept.retainAll(sections);
    boolean descriptions = kept.contains(Section.DESCRIPTIONS);
    TableInfo keptInfo =
        descriptions
            ? info
            : new TableInfo(
                info.name(),
                info.kind(),
                Optional.empty(),
                info.changeMarker(),
                info.columnCount(),
                info.rowCount());
    return new TableMetadata(
        keptInfo,
        kept,
        kept.contains(Section.COLUMNS)
            ? columns.stream().map(column -> described(column, descriptions)).toList()
            : List.of(),
        kept.contains(Section.KEYS) ? primaryKey : Optional.empty(),
        kept.contains(Section.KEYS) ? uniqueKeys : List.of(),
        kept.contains(Section.FOREIGN_KEYS) ? foreignKeys : List.of(),
        kept.contains(Section.INDEXES) ? indexes : List.of(),
        kept.contains(Section.CHECKS) ? checks : List.of(),
        kept.contains(Section.PARTITIONING) ? partitioning : Optional.empty(),
        kept.contains(Section.DEFINITION) ? definition : Optional.empty(),
        kept.contains(Section.PROPERTIES) ? properties : Map.of(),
        // An extension may be known where the source's own properties aren't.
        sections.contains(Section.PROPERTIES) ? extensions : List.of(),
        kept.contains(Section.STATISTICS) ? rowCount : Optional.empty(),
        kept.contains(Section.STATISTICS) ? sizeInBytes : OptionalLong.empty(),
        notices);
  }

  private static Column described(Column column, boolean descriptions) {
    return descriptions || column.description().isEmpty()
        ? column
        : new Column(
            column.name(),
            column.type(),
            column.nullable(),
            Optional.empty(),
            column.defaultExpression(),
            column.generatedExpression(),
            column.identity(),
            column.collation(),
            column.extensions());
  }

  /** Collects the parts of a table's metadata. Not safe for several threads. */
  public static final class Builder {
    private final TableInfo info;
    private final Set<Section> loaded;
    private List<Column> columns = List.of();
    private Optional<KeyConstraint> primaryKey = Optional.empty();
    private final List<KeyConstraint> uniqueKeys = new ArrayList<>(0);
    private final List<ForeignKey> foreignKeys = new ArrayList<>(0);
    private final List<Index> indexes = new ArrayList<>(0);
    private final List<CheckConstraint> checks = new ArrayList<>(0);
    private Optional<Partitioning> partitioning = Optional.empty();
    private Optional<String> definition = Optional.empty();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<MetadataExtension> extensions = new ArrayList<>(0);
    private Optional<RowCount> rowCount = Optional.empty();
    private OptionalLong sizeInBytes = OptionalLong.empty();
    private final List<Notice> notices = new ArrayList<>(0);

    private Builder(TableInfo info, Set<Section> loaded) {
      this.info = info;
      this.loaded = loaded;
    }

    /**
     * Sets the columns.
     *
     * @param columns in order
     * @return this builder
     */
    public Builder columns(List<Column> columns) {
      this.columns = columns;
      return this;
    }

    /**
     * Sets the primary key.
     *
     * @param key the key
     * @return this builder
     */
    public Builder primaryKey(KeyConstraint key) {
      this.primaryKey = Optional.of(key);
      return this;
    }

    /**
     * Adds unique keys.
     *
     * @param keys besides the primary
     * @return this builder
     */
    public Builder uniqueKeys(Collection<KeyConstraint> keys) {
      uniqueKeys.addAll(keys);
      return this;
    }

    /**
     * Adds foreign keys.
     *
     * @param keys references to other tables
     * @return this builder
     */
    public Builder foreignKeys(Collection<ForeignKey> keys) {
      foreignKeys.addAll(keys);
      return this;
    }

    /**
     * Adds indexes.
     *
     * @param indexes of the table
     * @return this builder
     */
    public Builder indexes(Collection<Index> indexes) {
      this.indexes.addAll(indexes);
      return this;
    }

    /**
     * Adds check constraints.
     *
     * @param checks conditions that every row keeps
     * @return this builder
     */
    public Builder checks(Collection<CheckConstraint> checks) {
      this.checks.addAll(checks);
      return this;
    }

    /**
     * Says how the table is divided.
     *
     * @param partitioning method and columns
     * @return this builder
     */
    public Builder partitioning(Partitioning partitioning) {
      this.partitioning = Optional.of(partitioning);
      return this;
    }

    /**
     * Sets the text a view is defined by.
     *
     * @param text the source's own text
     * @return this builder
     */
    public Builder definition(String text) {
      this.definition = Optional.of(text);
      return this;
    }

    /**
     * Adds a property.
     *
     * @param name the source's own name
     * @param value the source's own value
     * @return this builder
     */
    public Builder property(String name, String value) {
      properties.put(name, value);
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

    /**
     * Sets the number of rows.
     *
     * @param count known without a scan
     * @return this builder
     */
    public Builder rowCount(RowCount count) {
      this.rowCount = Optional.of(count);
      return this;
    }

    /**
     * Sets the size.
     *
     * @param bytes known without a scan
     * @return this builder
     */
    public Builder sizeInBytes(long bytes) {
      this.sizeInBytes = OptionalLong.of(bytes);
      return this;
    }

    /**
     * Adds notices.
     *
     * @param notices what isn't as it should be
     * @return this builder
     */
    public Builder notices(Notice... notices) {
      this.notices.addAll(Arrays.asList(notices));
      return this;
    }

    /** {@return the metadata} */
    public TableMetadata build() {
      return new TableMetadata(
          info,
          loaded,
          columns,
          primaryKey,
          uniqueKeys,
          foreignKeys,
          indexes,
          checks,
          partitioning,
          definition,
          properties,
          extensions,
          rowCount,
          sizeInBytes,
          notices);
    }
  }
}
