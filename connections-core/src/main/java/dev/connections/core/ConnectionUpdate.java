package dev.connections.core;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.Secret;
import dev.connections.core.access.Visibility;
import dev.connections.core.importing.ImportOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A change of a stored connection. What isn't named stays as it is.
 *
 * <p>A secret is kept if the change leaves it out or gives it as {@value Secret#MASK}; it is taken
 * away only by {@link #unset}. If a field that decides where secrets are sent changes, the secrets
 * must be given again.
 *
 * <pre>{@code
 * ConnectionUpdate.of(connection).name("Sales 2026").set("database", "sales_2026");
 * }</pre>
 *
 * <p>Immutable. {@code toString} shows no value of the configuration.
 */
public final class ConnectionUpdate {
  private final long version;
  private final Optional<String> name;
  private final Optional<Optional<String>> description;
  private final Optional<Boolean> active;
  private final Optional<Visibility> visibility;
  private final Optional<String> owner;
  private final Optional<ImportOptions> importSettings;
  private final Optional<Optional<Duration>> metadataExpiry;
  private final List<Change> changes;

  /** One step from the stored configuration to the new one. */
  private record Change(Step step, Optional<String> unset) {}

  private interface Step {
    /** Fields may be named by an alias; {@code ownPath} knows what the stored values call them. */
    ConfigurationValues apply(ConfigurationValues values, UnaryOperator<String> ownPath);
  }

  private ConnectionUpdate(Builder builder) {
    this.version = builder.version;
    this.name = builder.name;
    this.description = builder.description;
    this.active = builder.active;
    this.visibility = builder.visibility;
    this.owner = builder.owner;
    this.importSettings = builder.importSettings;
    this.metadataExpiry = builder.metadataExpiry;
    this.changes = List.copyOf(builder.changes);
  }

  private static final class Builder {
    private final long version;
    private Optional<String> name = Optional.empty();
    private Optional<Optional<String>> description = Optional.empty();
    private Optional<Boolean> active = Optional.empty();
    private Optional<Visibility> visibility = Optional.empty();
    private Optional<String> owner = Optional.empty();
    private Optional<ImportOptions> importSettings = Optional.empty();
    private Optional<Optional<Duration>> metadataExpiry = Optional.empty();
    private final List<Change> changes = new ArrayList<>();

    Builder(long version) {
      this.version = version;
    }
  }

  private Builder copy() {
    Builder copy = new Builder(version);
    copy.name = name;
    copy.description = description;
    copy.active = active;
    copy.visibility = visibility;
    copy.owner = owner;
    copy.importSettings = importSettings;
    copy.metadataExpiry = metadataExpiry;
    copy.changes.addAll(changes);
    return copy;
  }

  private ConnectionUpdate with(Consumer<Builder> change) {
    Builder copy = copy();
    change.accept(copy);
    return new ConnectionUpdate(copy);
  }

  /**
   * {@return a change of nothing}
   *
   * @param connection the connection as it was read; the change is refused if it has another
   *     version by then
   */
  public static ConnectionUpdate of(Connection connection) {
    return at(connection.version());
  }

  /**
   * {@return a change of nothing}
   *
   * @param version the version the change is based on
   */
  public static ConnectionUpdate at(long version) {
    return new ConnectionUpdate(new Builder(version));
  }

  /**
   * {@return a copy that renames the connection}
   *
   * @param newName unique within account and workspace
   */
  public ConnectionUpdate name(String newName) {
    Objects.requireNonNull(newName, "newName");
    return with(copy -> copy.name = Optional.of(newName));
  }

  /**
   * {@return a copy that describes the connection}
   *
   * @param text what the user says about it; empty for nothing
   */
  public ConnectionUpdate description(String text) {
    return with(
        copy -> copy.description = Optional.of(Optional.of(text).filter(any -> !any.isBlank())));
  }

  /**
   * {@return a copy that switches the connection on or off}
   *
   * @param mayBeUsed whether it may be used
   */
  public ConnectionUpdate active(boolean mayBeUsed) {
    return with(copy -> copy.active = Optional.of(mayBeUsed));
  }

  /**
   * {@return a copy that changes who sees the connection}
   *
   * @param who who sees it besides its owner and the account's admins
   */
  public ConnectionUpdate visibility(Visibility who) {
    return with(copy -> copy.visibility = Optional.of(who));
  }

  /**
   * {@return a copy that gives the connection to another user}
   *
   * @param user the new owner
   */
  public ConnectionUpdate owner(String user) {
    return with(copy -> copy.owner = Optional.of(user));
  }

  /**
   * {@return a copy that changes the default of the next import}
   *
   * @param options the new default
   */
  public ConnectionUpdate importSettings(ImportOptions options) {
    return with(copy -> copy.importSettings = Optional.of(options));
  }

  /**
   * {@return a copy that also sets how long metadata of the connection's source is kept} What is
   * kept already stays as long as it was to stay.
   *
   * @param time at least one second and at most 3,650 days; empty for the usual time, 24 hours
   *     unless the host has set another
   * @throws IllegalArgumentException if it is out of bounds
   */
  public ConnectionUpdate metadataExpiry(Optional<Duration> time) {
    time.ifPresent(Names::metadataExpiry);
    return with(copy -> copy.metadataExpiry = Optional.of(time));
  }

  /**
   * {@return a copy that sets a value of the configuration}
   *
   * @param path a dotted path
   * @param value a text, boolean, number, {@link Secret}, list or map of such
   * @throws IllegalArgumentException if the value is of another class
   */
  public ConnectionUpdate set(String path, Object value) {
    ConfigurationValues single = ConfigurationValues.empty().with(path, value);
    Step step =
        (values, ownPath) -> {
          ConfigurationValues changed = values;
          for (String named : single.paths()) {
            changed = changed.with(ownPath.apply(named), single.find(named).orElseThrow());
          }
          return changed;
        };
    return with(copy -> copy.changes.add(new Change(step, Optional.empty())));
  }

  /**
   * {@return a copy that takes a value away, also if it is a secret}
   *
   * @param path a dotted path
   */
  public ConnectionUpdate unset(String path) {
    Step step = (values, ownPath) -> values.without(ownPath.apply(path));
    return with(copy -> copy.changes.add(new Change(step, Optional.of(path))));
  }

  /**
   * {@return a copy that puts a whole configuration in the place of the stored one, as a form sends
   * it} Values that it leaves out are taken away, but for secrets.
   *
   * @param values all values
   */
  public ConnectionUpdate configuration(ConfigurationValues values) {
    return with(
        copy -> copy.changes.add(new Change((stored, ownPath) -> values, Optional.empty())));
  }

  /** {@return the version the change is based on} */
  public long version() {
    return version;
  }

  Optional<String> name() {
    return name;
  }

  Optional<Optional<String>> description() {
    return description;
  }

  Optional<Boolean> active() {
    return active;
  }

  Optional<Visibility> visibility() {
    return visibility;
  }

  Optional<String> owner() {
    return owner;
  }

  Optional<ImportOptions> importSettings() {
    return importSettings;
  }

  Optional<Optional<Duration>> metadataExpiry() {
    return metadataExpiry;
  }

  boolean changesConfiguration() {
    return !changes.isEmpty();
  }

  /** The configuration after the change; secrets it lacks are still to be taken from the stored. */
  ConfigurationValues applyTo(ConfigurationValues stored, UnaryOperator<String> ownPath) {
    ConfigurationValues values = stored;
    for (Change change : changes) {
      values = change.step.apply(values, ownPath);
    }
    return values;
  }

  /** The paths taken away by name: of these, not even a secret is kept. */
  List<String> unset() {
    return changes.stream().flatMap(change -> change.unset.stream()).toList();
  }

  /** {@return the version; no value} */
  @Override
  public String toString() {
    return "ConnectionUpdate[version=" + version + ", " + changes.size() + " changes of values]";
  }
}
