package dev.connections.core;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.Secret;
import dev.connections.core.access.Visibility;
import dev.connections.core.importing.ImportOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A connection that isn't stored: what a form holds. It can be tested, and a connection can be
 * created from it.
 *
 * <pre>{@code
 * ConnectionDraft.of("mssql", "Sales")
 *     .set("server", "sql.example.com")
 *     .set("authentication.username", "reader")
 *     .set("authentication.password", Secret.of(password));
 * }</pre>
 *
 * <p>A draft may be {@linkplain #basedOn based on} a stored connection. Secrets it doesn't have, or
 * has as {@value Secret#MASK}, are then those of the stored one, unless a field that decides where
 * secrets are sent differs. To use them so takes the right to change the stored connection.
 *
 * <p>Immutable. {@code toString} shows no value of the configuration.
 */
public final class ConnectionDraft {
  private final String type;
  private final String name;
  private final Parts parts;

  /** Everything but type and name; never changed once a draft has it. */
  private static final class Parts {
    private ConfigurationValues configuration = ConfigurationValues.empty();
    private Optional<String> description = Optional.empty();
    private Optional<String> workspace = Optional.empty();
    private Visibility visibility = Visibility.PRIVATE;
    private boolean active = true;
    private Optional<ImportOptions> importSettings = Optional.empty();
    private Optional<Duration> metadataExpiry = Optional.empty();
    private Optional<String> basis = Optional.empty();

    Parts copy() {
      Parts copy = new Parts();
      copy.configuration = configuration;
      copy.description = description;
      copy.workspace = workspace;
      copy.visibility = visibility;
      copy.active = active;
      copy.importSettings = importSettings;
      copy.metadataExpiry = metadataExpiry;
      copy.basis = basis;
      return copy;
    }
  }

  private ConnectionDraft(String type, String name, Parts parts) {
    this.type = Objects.requireNonNull(type, "type");
    this.name = Objects.requireNonNull(name, "name");
    this.parts = parts;
  }

  /**
   * {@return a draft without any value: private, active, in the workspace of whoever creates it}
   *
   * @param type the type's id, or one of its stored names, in any case
   * @param name what the user calls it
   */
  public static ConnectionDraft of(String type, String name) {
    return new ConnectionDraft(type, name, new Parts());
  }

  /**
   * {@return a draft of a stored connection, based on it}
   *
   * @param connection the stored connection, its secrets masked
   */
  public static ConnectionDraft of(Connection connection) {
    return new ConnectionDraft(connection.type(), connection.name(), new Parts())
        .with(
            copy -> {
              copy.configuration = connection.configuration();
              copy.description = connection.description();
              copy.workspace = connection.workspace();
              copy.visibility = connection.visibility();
              copy.active = connection.active();
              copy.importSettings = connection.importSettings();
              copy.metadataExpiry = connection.metadataExpiry();
              copy.basis = Optional.of(connection.id());
            });
  }

  private ConnectionDraft with(Consumer<Parts> change) {
    Parts copy = parts.copy();
    change.accept(copy);
    return new ConnectionDraft(type, name, copy);
  }

  /**
   * {@return a copy with a value}
   *
   * @param path a dotted path such as {@code authentication.password}
   * @param value a text, boolean, number, {@link Secret}, list or map of such
   * @throws IllegalArgumentException if the value is of another class
   */
  public ConnectionDraft set(String path, Object value) {
    ConfigurationValues values = parts.configuration.with(path, value);
    return with(copy -> copy.configuration = values);
  }

  /**
   * {@return a copy without a value}
   *
   * @param path a dotted path; it may be absent already
   */
  public ConnectionDraft unset(String path) {
    return with(copy -> copy.configuration = parts.configuration.without(path));
  }

  /**
   * {@return a copy with another configuration}
   *
   * @param values all values
   */
  public ConnectionDraft configuration(ConfigurationValues values) {
    return with(copy -> copy.configuration = values);
  }

  /**
   * {@return a copy with another configuration}
   *
   * @param tree all values as JSON has them: nested maps
   * @throws IllegalArgumentException if a value is none of a configuration
   */
  public ConnectionDraft configuration(Map<String, ?> tree) {
    ConfigurationValues values = ConfigurationValues.of(tree);
    return with(copy -> copy.configuration = values);
  }

  /**
   * {@return a copy with another name}
   *
   * @param newName what the user calls it
   */
  public ConnectionDraft name(String newName) {
    return new ConnectionDraft(type, newName, parts);
  }

  /**
   * {@return a copy with a description}
   *
   * @param text what the user says about it
   */
  public ConnectionDraft description(String text) {
    return with(copy -> copy.description = Optional.of(text));
  }

  /**
   * {@return a copy for a workspace}
   *
   * @param workspaceName where the connection belongs; an actor bound to a workspace creates
   *     connections in no other
   */
  public ConnectionDraft workspace(String workspaceName) {
    return with(copy -> copy.workspace = Optional.of(workspaceName));
  }

  /**
   * {@return a copy with a visibility}
   *
   * @param who who sees the connection
   */
  public ConnectionDraft visibility(Visibility who) {
    return with(copy -> copy.visibility = who);
  }

  /**
   * {@return a copy that is switched on or off}
   *
   * @param mayBeUsed whether the connection may be used
   */
  public ConnectionDraft active(boolean mayBeUsed) {
    return with(copy -> copy.active = mayBeUsed);
  }

  /**
   * {@return a copy with import settings}
   *
   * @param options the default of the connection's first import
   */
  public ConnectionDraft importSettings(ImportOptions options) {
    return with(copy -> copy.importSettings = Optional.of(options));
  }

  /**
   * {@return a copy that sets how long metadata of its source is kept}
   *
   * @param time at least one second and at most 3,650 days; if it isn't set, 24 hours unless the
   *     host has set another time
   * @throws IllegalArgumentException if it is out of bounds
   */
  public ConnectionDraft metadataExpiry(Duration time) {
    Optional<Duration> checked = Optional.of(Names.metadataExpiry(time));
    return with(copy -> copy.metadataExpiry = checked);
  }

  /**
   * {@return a copy that takes the secrets it lacks from a stored connection}
   *
   * @param connectionId the stored connection's id
   */
  public ConnectionDraft basedOn(String connectionId) {
    return with(copy -> copy.basis = Optional.of(connectionId));
  }

  /** {@return the type as it was given} */
  public String type() {
    return type;
  }

  /** {@return what the user calls it} */
  public String name() {
    return name;
  }

  /** {@return what the user says about it} */
  public Optional<String> description() {
    return parts.description;
  }

  /** {@return where the connection is to belong; empty for the creator's workspace} */
  public Optional<String> workspace() {
    return parts.workspace;
  }

  /** {@return who sees the connection} */
  public Visibility visibility() {
    return parts.visibility;
  }

  /** {@return whether the connection may be used} */
  public boolean active() {
    return parts.active;
  }

  /** {@return the values; secrets may be among them} */
  public ConfigurationValues configuration() {
    return parts.configuration;
  }

  /** {@return the default of the connection's first import} */
  public Optional<ImportOptions> importSettings() {
    return parts.importSettings;
  }

  /** {@return how long metadata of its source is kept; empty for the usual time} */
  public Optional<Duration> metadataExpiry() {
    return parts.metadataExpiry;
  }

  /** {@return the id of the stored connection it is based on} */
  public Optional<String> basis() {
    return parts.basis;
  }

  /** {@return type, name and the paths that have a value; no value} */
  @Override
  public String toString() {
    return "ConnectionDraft[" + type + ", " + name + ", " + parts.configuration + "]";
  }
}
