package dev.connections.core.store;

import dev.connections.api.Internal;
import dev.connections.core.TestSummary;
import dev.connections.core.access.Ownership;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A connection as a store keeps it.
 *
 * <p>Immutable. Made by {@link #builder}; a changed copy by {@link #toBuilder}.
 *
 * @param id a UUID in its text form, unique within the account
 * @param ownership account, workspace, owner, visibility and locked flag
 * @param name unique within account and workspace; those of the whole account are among themselves
 * @param description what the user says about it
 * @param type the type as it was stored first, in that spelling
 * @param configuration sealed
 * @param active whether it may be used
 * @param test of the last test that ended
 * @param pending the test that is running
 * @param importSettings the options of the last import, as JSON text
 * @param lastImport when the last import ended
 * @param importRate how many tables in a second the last import read that read any
 * @param metadataExpiry how long metadata of its source is kept, where it isn't the usual time
 * @param createdBy the user who created it
 * @param createdAt when that was
 * @param updatedAt when it was last changed by a user
 * @param version grows with every change by a user; what is recorded of tests and imports leaves it
 * @param configurationVersion grows with every change of the configuration
 * @param metadataVersion grows whenever metadata that was kept isn't to be given any more
 */
public record StoredConnection(
    String id,
    Ownership ownership,
    String name,
    Optional<String> description,
    String type,
    StoredConfiguration configuration,
    boolean active,
    TestSummary test,
    Optional<PendingTest> pending,
    Optional<String> importSettings,
    Optional<Instant> lastImport,
    OptionalDouble importRate,
    Optional<Duration> metadataExpiry,
    String createdBy,
    Instant createdAt,
    Instant updatedAt,
    long version,
    long configurationVersion,
    long metadataVersion) {

  /**
   * Takes all parts at once; {@link #builder} is the way to make one.
   *
   * @param id a UUID in its text form
   * @param ownership account, workspace, owner, visibility and locked flag
   * @param name unique within account and workspace
   * @param description what the user says about it
   * @param type the type as it was stored first
   * @param configuration sealed
   * @param active whether it may be used
   * @param test of the last test that ended
   * @param pending the test that is running
   * @param importSettings the options of the last import
   * @param lastImport when the last import ended
   * @param importRate how many tables in a second it read
   * @param metadataExpiry how long metadata are kept
   * @param createdBy the user who created it
   * @param createdAt when that was
   * @param updatedAt when it was last changed
   * @param version grows with every change
   * @param configurationVersion grows with every change of the configuration
   * @param metadataVersion grows whenever kept metadata aren't to be given any more
   */
  @Internal
  public StoredConnection {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(ownership, "ownership");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(configuration, "configuration");
    Objects.requireNonNull(test, "test");
    Objects.requireNonNull(pending, "pending");
    Objects.requireNonNull(importSettings, "importSettings");
    Objects.requireNonNull(lastImport, "lastImport");
    Objects.requireNonNull(importRate, "importRate");
    Objects.requireNonNull(metadataExpiry, "metadataExpiry");
    Objects.requireNonNull(createdBy, "createdBy");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(updatedAt, "updatedAt");
  }

  /**
   * {@return a builder for a new connection: active, untested, in its first version}
   *
   * @param id a UUID in its text form
   * @param ownership account, workspace, owner, visibility and locked flag
   * @param name unique within account and workspace
   * @param type the type as the user spelled it
   * @param configuration sealed
   */
  public static Builder builder(
      String id, Ownership ownership, String name, String type, StoredConfiguration configuration) {
    return new Builder(id, ownership, name, type, configuration);
  }

  /** {@return a builder that begins with these parts} */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** {@return the tenant} */
  public String account() {
    return ownership.account();
  }

  /** {@return the workspace; empty if the connection is the whole account's} */
  public Optional<String> workspace() {
    return ownership.workspace();
  }

  /**
   * {@return what is shown of the last test: pending while one runs; a run whose time is over was
   * given up, and the test before it counts again}
   *
   * @param now the present time
   */
  public TestSummary shownTest(Instant now) {
    return pending.map(test -> now.isBefore(test.until())).orElse(false)
        ? test.whileRunning()
        : test;
  }

  /** {@return the form of the name that lists are sorted by, code point by code point} */
  public String nameKey() {
    return name.toLowerCase(Locale.ROOT);
  }

  /** {@return the form of the type that is compared} */
  public String typeKey() {
    return type.toLowerCase(Locale.ROOT);
  }

  /** {@return what a text filter looks into, in lower case} */
  public String searchText() {
    return (name + "\n" + description.orElse("")).toLowerCase(Locale.ROOT);
  }

  /** Collects the parts of a row. Not safe for several threads. */
  public static final class Builder {
    private final String id;
    private final String type;
    private Ownership ownership;
    private String name;
    private Optional<String> description = Optional.empty();
    private StoredConfiguration configuration;
    private boolean active = true;
    private TestSummary test = TestSummary.UNTESTED;
    private Optional<PendingTest> pending = Optional.empty();
    private Optional<String> importSettings = Optional.empty();
    private Optional<Instant> lastImport = Optional.empty();
    private OptionalDouble importRate = OptionalDouble.empty();
    private Optional<Duration> metadataExpiry = Optional.empty();
    private long metadataVersion = 1;
    private String createdBy;
    private Instant createdAt = Instant.EPOCH;
    private Instant updatedAt = Instant.EPOCH;
    private long version = 1;
    private long configurationVersion = 1;

    private Builder(
        String id,
        Ownership ownership,
        String name,
        String type,
        StoredConfiguration configuration) {
      this.id = id;
      this.ownership = ownership;
      this.name = name;
      this.type = type;
      this.configuration = configuration;
      this.createdBy = ownership.owner();
    }

    private Builder(StoredConnection row) {
      this(row.id, row.ownership, row.name, row.type, row.configuration);
      this.description = row.description;
      this.active = row.active;
      this.test = row.test;
      this.pending = row.pending;
      this.importSettings = row.importSettings;
      this.lastImport = row.lastImport;
      this.importRate = row.importRate;
      this.metadataExpiry = row.metadataExpiry;
      this.metadataVersion = row.metadataVersion;
      this.createdBy = row.createdBy;
      this.createdAt = row.createdAt;
      this.updatedAt = row.updatedAt;
      this.version = row.version;
      this.configurationVersion = row.configurationVersion;
    }

    /**
     * Says whose it is.
     *
     * @param ownership account, workspace, owner, visibility and locked flag
     * @return this builder
     */
    public Builder ownership(Ownership ownership) {
      this.ownership = ownership;
      return this;
    }

    /**
     * Names it.
     *
     * @param name unique within account and workspace
     * @return this builder
     */
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /**
     * Describes it.
     *
     * @param description what the user says about it
     * @return this builder
     */
    public Builder description(Optional<String> description) {
      this.description = description;
      return this;
    }

    /**
     * Sets the configuration.
     *
     * @param configuration sealed
     * @return this builder
     */
    public Builder configuration(StoredConfiguration configuration) {
      this.configuration = configuration;
      return this;
    }

    /**
     * Switches it on or off.
     *
     * @param active whether it may be used
     * @return this builder
     */
    public Builder active(boolean active) {
      this.active = active;
      return this;
    }

    /**
     * Sets what is known of the last test.
     *
     * @param test of the last test that ended
     * @return this builder
     */
    public Builder test(TestSummary test) {
      this.test = test;
      return this;
    }

    /**
     * Sets the test that is running.
     *
     * @param pending empty if none is
     * @return this builder
     */
    public Builder pending(Optional<PendingTest> pending) {
      this.pending = pending;
      return this;
    }

    /**
     * Sets the options of the last import.
     *
     * @param importSettings JSON text
     * @return this builder
     */
    public Builder importSettings(Optional<String> importSettings) {
      this.importSettings = importSettings;
      return this;
    }

    /**
     * Sets when the last import ended.
     *
     * @param lastImport empty if there was none
     * @return this builder
     */
    public Builder lastImport(Optional<Instant> lastImport) {
      this.lastImport = lastImport;
      return this;
    }

    /**
     * Sets how long metadata of its source is kept.
     *
     * @param metadataExpiry positive; empty for the usual time
     * @return this builder
     */
    public Builder metadataExpiry(Optional<Duration> metadataExpiry) {
      this.metadataExpiry = metadataExpiry;
      return this;
    }

    /**
     * Sets the version of its metadata.
     *
     * @param metadataVersion 1 if never set
     * @return this builder
     */
    public Builder metadataVersion(long metadataVersion) {
      this.metadataVersion = metadataVersion;
      return this;
    }

    /**
     * Sets how fast imports of the connection were lately.
     *
     * @param importRate tables in a second; empty if nothing is known
     * @return this builder
     */
    public Builder importRate(OptionalDouble importRate) {
      this.importRate = importRate;
      return this;
    }

    /**
     * Says who created it and when; the time counts as that of the last change, too.
     *
     * @param user who created it
     * @param at when
     * @return this builder
     */
    public Builder created(String user, Instant at) {
      this.createdBy = user;
      this.createdAt = at;
      this.updatedAt = at;
      return this;
    }

    /**
     * Sets the time of the last change and the numbers.
     *
     * @param at when it was changed
     * @param version grows with every change
     * @param configurationVersion grows with every change of the configuration
     * @return this builder
     */
    public Builder changed(Instant at, long version, long configurationVersion) {
      this.updatedAt = at;
      this.version = version;
      this.configurationVersion = configurationVersion;
      return this;
    }

    /** {@return the row} */
    public StoredConnection build() {
      return new StoredConnection(
          id,
          ownership,
          name,
          description,
          type,
          configuration,
          active,
          test,
          pending,
          importSettings,
          lastImport,
          importRate,
          metadataExpiry,
          createdBy,
          createdAt,
          updatedAt,
          version,
          configurationVersion,
          metadataVersion);
    }
  }
}
