package dev.connections.api;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a provider says of its type, for lists and forms.
 *
 * <p>Immutable. Made by {@link #of} and its builder.
 *
 * @param id stable lower-case name, stored with each connection, for example {@code mssql}
 * @param displayName what a user calls it, for example {@code SQL Server}
 * @param family what kind of source it is
 * @param storedNames other names under which stored connections carry this type
 * @param presets ready-made choices of values
 * @param icon a name the host can map to a picture, or empty
 * @param color six hexadecimal digits with a leading {@code #}, or empty
 * @param documentation where to read more, or empty
 */
public record ConnectionType(
    String id,
    String displayName,
    Family family,
    List<StoredName> storedNames,
    List<Preset> presets,
    Optional<String> icon,
    Optional<String> color,
    Optional<URI> documentation) {

  /** What kind of source a type is; a host groups its list by it. */
  public enum Family {
    /** A relational database. */
    DATABASE,
    /** A business application with its own data model. */
    APPLICATION,
    /** Files in a directory or an object store. */
    FILES,
    /** A lakehouse or a warehouse with a catalog service. */
    LAKEHOUSE,
    /** Anything else. */
    OTHER
  }

  /**
   * A name that stored connections carry for this type, compared without regard to case.
   *
   * @param name for example {@code AWS_RDS_MSSQL}
   * @param preset the preset it stands for, if it does
   */
  public record StoredName(String name, Optional<String> preset) {}

  /**
   * Takes all parts at once; {@link #of} is the way to make one.
   *
   * @param id stable lower-case name
   * @param displayName what a user calls it
   * @param family what kind of source it is
   * @param storedNames other names of stored connections
   * @param presets ready-made choices of values
   * @param icon name of an icon
   * @param color colour as {@code #rrggbb}
   * @param documentation where to read more
   */
  @Internal
  public ConnectionType {
    if (!id.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("a type's id is lower-case letters, digits and hyphens");
    }
    Objects.requireNonNull(displayName, "displayName");
    Objects.requireNonNull(family, "family");
    storedNames = List.copyOf(storedNames);
    presets = List.copyOf(presets);
    for (StoredName stored : storedNames) {
      if (stored.preset().isPresent()
          && presets.stream().noneMatch(preset -> preset.id().equals(stored.preset().get()))) {
        throw new IllegalArgumentException(stored.name() + " stands for an unknown preset");
      }
    }
  }

  /**
   * {@return a builder}
   *
   * @param id stable lower-case name
   * @param displayName what a user calls it
   * @param family what kind of source it is
   */
  public static Builder of(String id, String displayName, Family family) {
    return new Builder(id, displayName, family);
  }

  /**
   * {@return whether a stored connection of this type name is of this type}
   *
   * @param name the id or a stored name, in any case
   */
  public boolean isNamed(String name) {
    return id.equals(name.toLowerCase(Locale.ROOT)) || storedName(name).isPresent();
  }

  /**
   * {@return the preset that a stored type name stands for}
   *
   * @param name a stored name, in any case
   */
  public Optional<Preset> presetOf(String name) {
    return storedName(name)
        .flatMap(StoredName::preset)
        .flatMap(wanted -> presets.stream().filter(p -> p.id().equals(wanted)).findFirst());
  }

  private Optional<StoredName> storedName(String name) {
    return storedNames.stream().filter(stored -> stored.name().equalsIgnoreCase(name)).findFirst();
  }

  /** Collects the parts of a type. Not safe for several threads. */
  public static final class Builder {
    private final String id;
    private final String displayName;
    private final Family family;
    private final List<StoredName> storedNames = new ArrayList<>();
    private final List<Preset> presets = new ArrayList<>();
    private Optional<String> icon = Optional.empty();
    private Optional<String> color = Optional.empty();
    private Optional<URI> documentation = Optional.empty();

    private Builder(String id, String displayName, Family family) {
      this.id = id;
      this.displayName = displayName;
      this.family = family;
    }

    /**
     * Adds a name that stored connections carry.
     *
     * @param name compared without regard to case
     * @return this builder
     */
    public Builder storedAs(String name) {
      storedNames.add(new StoredName(name, Optional.empty()));
      return this;
    }

    /**
     * Adds a preset and the name that stored connections carry for it.
     *
     * @param name compared without regard to case
     * @param preset what the name stands for
     * @return this builder
     */
    public Builder storedAs(String name, Preset preset) {
      storedNames.add(new StoredName(name, Optional.of(preset.id())));
      presets.add(preset);
      return this;
    }

    /**
     * Names an icon.
     *
     * @param icon a name the host can map to a picture
     * @return this builder
     */
    public Builder icon(String icon) {
      this.icon = Optional.of(icon);
      return this;
    }

    /**
     * Sets the colour a host may show the type in.
     *
     * @param color {@code #rrggbb}
     * @return this builder
     * @throws IllegalArgumentException if it isn't of that form
     */
    public Builder color(String color) {
      if (!color.matches("#[0-9a-fA-F]{6}")) {
        throw new IllegalArgumentException("a colour is #rrggbb");
      }
      this.color = Optional.of(color);
      return this;
    }

    /**
     * Says where to read more.
     *
     * @param documentation an address a browser can open
     * @return this builder
     */
    public Builder documentation(URI documentation) {
      this.documentation = Optional.of(documentation);
      return this;
    }

    /**
     * {@return the type}
     *
     * @throws IllegalArgumentException if the id isn't lower-case letters, digits and hyphens
     */
    public ConnectionType build() {
      return new ConnectionType(
          id, displayName, family, storedNames, presets, icon, color, documentation);
    }
  }
}
