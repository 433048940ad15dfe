package dev.connections.core.importing;

import dev.connections.api.ConnectionException;
import dev.connections.api.Internal;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableKind;
import dev.connections.api.TableName;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What an import reads and what becomes of it: the content of a connection's stored import
 * settings.
 *
 * <p>Every list narrows what is read; an empty one doesn't. A table is read if
 *
 * <ul>
 *   <li>its schema is among {@link #schemas}, or it is itself among {@link #tables}. Tables named
 *       in a schema narrow that schema: of it, only they are read;
 *   <li>one of the {@link #include} patterns matches it, and none of the {@link #exclude} patterns
 *       does;
 *   <li>it is of one of the {@link #kinds}.
 * </ul>
 *
 * <p>Schemas and tables are named as the source spells them, in upper and lower case too; patterns
 * don't tell upper from lower case. A schema named without a catalog means the schema of that name
 * in every catalog.
 *
 * <p>Made by {@link #all} or {@link #builder}.
 *
 * @param schemas the schemas to read; empty for all
 * @param tables the tables to read, by name; empty for all
 * @param layer the layer that targets lay the tables out for
 * @param entityType what the tables become
 * @param importRelationships whether foreign keys are read
 * @param enhance whether the user wants names and descriptions to be improved after the import. It
 *     is kept with the settings and handed on to targets; reading isn't changed by it
 * @param include patterns of which one must match; empty for no condition
 * @param exclude patterns of which none may match; they win over everything else
 * @param kinds the kinds of tables to read; empty for all
 * @param sections the parts of each table's metadata to read; empty for all
 */
public record ImportOptions(
    Set<SchemaName> schemas,
    Set<TableName> tables,
    Layer layer,
    EntityType entityType,
    boolean importRelationships,
    boolean enhance,
    List<TablePattern> include,
    List<TablePattern> exclude,
    Set<TableKind> kinds,
    Set<Section> sections) {

  /** The number of this form of the stored content. */
  public static final int VERSION = 1;

  private static final ImportOptions ALL = builder().build();

  /**
   * Takes all parts at once; {@link #builder} is the way to make one.
   *
   * @param schemas the schemas to read
   * @param tables the tables to read
   * @param layer the layer
   * @param entityType what the tables become
   * @param importRelationships whether foreign keys are read
   * @param enhance whether names and descriptions are to be improved
   * @param include patterns of which one must match
   * @param exclude patterns of which none may match
   * @param kinds the kinds of tables
   * @param sections the parts of metadata
   */
  @Internal
  public ImportOptions {
    schemas = copy(schemas);
    tables = copy(tables);
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(entityType, "entityType");
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    kinds = copy(kinds);
    sections = copy(sections);
  }

  private static <T> Set<T> copy(Collection<T> items) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(List.copyOf(items)));
  }

  /** {@return options that read everything, laid out as tables of the bronze layer} */
  public static ImportOptions all() {
    return ALL;
  }

  /**
   * {@return options that read whole schemas}
   *
   * @param names the schemas' own names, in any catalog
   */
  public static ImportOptions ofSchemas(String... names) {
    return builder().schemas(List.of(names).stream().map(SchemaName::of).toList()).build();
  }

  /**
   * {@return options that read some tables and list nothing else}
   *
   * @param names the tables
   */
  public static ImportOptions ofTables(TableName... names) {
    return builder().tables(List.of(names)).build();
  }

  /** {@return a builder that starts from {@link #all}} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a builder that starts from these options} */
  public Builder toBuilder() {
    return new Builder()
        .schemas(schemas)
        .tables(tables)
        .layer(layer)
        .entityType(entityType)
        .importRelationships(importRelationships)
        .enhance(enhance)
        .include(include)
        .exclude(exclude)
        .kinds(kinds)
        .sections(sections);
  }

  /**
   * {@return the sections that are read: those asked for, or all, and foreign keys only if
   * relationships are imported}
   */
  public Set<Section> wantedSections() {
    Set<Section> wanted =
        sections.isEmpty() ? EnumSet.allOf(Section.class) : EnumSet.copyOf(sections);
    if (!importRelationships) {
      wanted.remove(Section.FOREIGN_KEYS);
    }
    return Collections.unmodifiableSet(wanted);
  }

  /** {@return these options as the JSON text that is stored, with its version} */
  public String toJson() {
    return ImportOptionsJson.write(this);
  }

  /**
   * {@return the options that a stored text holds} Absent members have the values of {@link #all};
   * a text without a version is one of version 1.
   *
   * @param json as {@link #toJson} wrote it
   * @throws ConnectionException with {@link
   *     dev.connections.api.StandardErrorCode#INVALID_CONFIGURATION}, naming every member that is
   *     unknown or malformed, or saying that the text was written by a newer release
   */
  public static ImportOptions fromJson(String json) {
    return ImportOptionsReader.read(json);
  }

  /** Collects the parts of options. Not safe for several threads. */
  public static final class Builder {
    private Collection<SchemaName> schemas = List.of();
    private Collection<TableName> tables = List.of();
    private Layer layer = Layer.BRONZE;
    private EntityType entityType = EntityType.TABLE;
    private boolean importRelationships = true;
    private boolean enhance;
    private List<TablePattern> include = List.of();
    private List<TablePattern> exclude = List.of();
    private Collection<TableKind> kinds = List.of();
    private Collection<Section> sections = List.of();

    private Builder() {}

    /**
     * Sets the schemas to read.
     *
     * @param names empty for all
     * @return this builder
     */
    public Builder schemas(Collection<SchemaName> names) {
      this.schemas = names;
      return this;
    }

    /**
     * Sets the tables to read.
     *
     * @param names empty for all
     * @return this builder
     */
    public Builder tables(Collection<TableName> names) {
      this.tables = names;
      return this;
    }

    /**
     * Sets the layer that targets lay the tables out for.
     *
     * @param layer {@link Layer#BRONZE} if never set
     * @return this builder
     */
    public Builder layer(Layer layer) {
      this.layer = layer;
      return this;
    }

    /**
     * Sets what the tables become.
     *
     * @param type {@link EntityType#TABLE} if never set
     * @return this builder
     */
    public Builder entityType(EntityType type) {
      this.entityType = type;
      return this;
    }

    /**
     * Says whether foreign keys are read.
     *
     * @param wanted true if never set
     * @return this builder
     */
    public Builder importRelationships(boolean wanted) {
      this.importRelationships = wanted;
      return this;
    }

    /**
     * Says whether the user wants names and descriptions to be improved after the import.
     *
     * @param wanted false if never set
     * @return this builder
     */
    public Builder enhance(boolean wanted) {
      this.enhance = wanted;
      return this;
    }

    /**
     * Sets the patterns of which one must match.
     *
     * @param patterns empty for no condition
     * @return this builder
     */
    public Builder include(List<TablePattern> patterns) {
      this.include = patterns;
      return this;
    }

    /**
     * Sets the patterns of which none may match.
     *
     * @param patterns they win over everything else
     * @return this builder
     */
    public Builder exclude(List<TablePattern> patterns) {
      this.exclude = patterns;
      return this;
    }

    /**
     * Sets the kinds of tables to read.
     *
     * @param kinds empty for all
     * @return this builder
     */
    public Builder kinds(Collection<TableKind> kinds) {
      this.kinds = kinds;
      return this;
    }

    /**
     * Sets the parts of each table's metadata to read.
     *
     * @param sections empty for all
     * @return this builder
     */
    public Builder sections(Collection<Section> sections) {
      this.sections = sections;
      return this;
    }

    /** {@return the options} */
    public ImportOptions build() {
      return new ImportOptions(
          new LinkedHashSet<>(schemas),
          new LinkedHashSet<>(tables),
          layer,
          entityType,
          importRelationships,
          enhance,
          include,
          exclude,
          new LinkedHashSet<>(kinds),
          new LinkedHashSet<>(sections));
    }
  }
}
