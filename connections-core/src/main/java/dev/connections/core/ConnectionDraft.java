package dev.connections.core;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.Secret;
import dev.connections.core.access.Visibility;
import dev.connections.core.importing.ImportOptions;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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

  private record Parts(
      ConfigurationValues configuration,
      Optional<String> description,
      Optional<String> workspace,
      Visibility visibility,
      boolean active,
      Optional<ImportOptions> importSettings,
      Optional<String> basis) {}

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
    return new ConnectionDraft(
        type,
        name,
        new Parts(
            ConfigurationValues.empty(),
            Optional.empty(),
            Optional.empty(),
            Visibility.PRIVATE,
            true,
            Optional.empty(),
            Optional.empty()));
  }

  /**
   * {@return a draft of a stored connection, based on it}
   *
   * @param connection the stored connection, its secrets masked
   */
  public static ConnectionDraft of(Connection connection) {
    return new ConnectionDraft(
        connection.type(),
        connection.name(),
        new Parts(
            connection.configuration(),
            connection.description(),
            connection.workspace(),
            connection.visibility(),
            connection.active(),
            connection.importSettings(),
            Optional.of(connection.id())));
  }

  private ConnectionDraft with(ConfigurationValues values) {
    return new ConnectionDraft(
        type,
        name,
        new Parts(
            values,
            parts.description,
            parts.workspace,
            parts.visibility,
            parts.active,
            parts.importSettings,
            parts.basis));
  }

  private ConnectionDraft with(
      Optional<String> description,
      Optional<String> workspace,
      Visibility visibility,
      boolean active,
      Optional<ImportOptions> importSettings,
      Optional<String> basis) {
    return new ConnectionDraft(
        type,
        name,
        new Parts(
            parts.configuration,
            description,
            workspace,
            visibility,
            active,
            importSettings,
            basis));
  }

  /**
   * {@return a copy with a value}
   *
   * @param path a dotted path such as {@code authentication.password}
   * @param value a text, boolean, number, {@link Secret}, list or map of such
   * @throws IllegalArgumentException if the value is of another class
   */
  public ConnectionDraft set(String path, Object value) {
    return with(parts.configuration.with(path, value));
  }

  /**
   * {@return a copy without a value}
   *
   * @param path a dotted path; it may be absent already
   */
  public ConnectionDraft unset(String path) {
    return with(parts.configuration.without(path));
  }

  /**
   * {@return a copy with another configuration}
   *
   * @param values all values
   */
  public ConnectionDraft configuration(ConfigurationValues values) {
    return with(values);
  }

  /**
   * {@return a copy with another configuration}
   *
   * @param tree all values as JSON has them: nested maps
   * @throws IllegalArgumentException if a value is none of a configuration
   */
  public ConnectionDraft configuration(Map<String, ?> tree) {
    return with(ConfigurationValues.of(tree));
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
    return with(
        Optional.of(text),
        parts.workspace,
        parts.visibility,
        parts.active,
        parts.importSettings,
        parts.basis);
  }

  /**
   * {@return a copy for a workspace}
   *
   * @param workspaceName where the connection belongs; an actor bound to a workspace creates
   *     connections in no other
   */
  public ConnectionDraft workspace(String workspaceName) {
    return with(
        parts.description,
        Optional.of(workspaceName),
        parts.visibility,
        parts.active,
        parts.importSettings,
        parts.basis);
  }

  /**
   * {@return a copy with a visibility}
   *
   * @param who who sees the connection
   */
  public ConnectionDraft visibility(Visibility who) {
    return with(
        parts.description, parts.workspace, who, parts.active, parts.importSettings, parts.basis);
  }

  /**
   * {@return a copy that is switched on or off}
   *
   * @param mayBeUsed whether the connection may be used
   */
  public ConnectionDraft active(boolean mayBeUsed) {
    return with(
        parts.description,
        parts.workspace,
        parts.visibility,
        mayBeUsed,
        parts.importSettings,
        parts.basis);
  }

  /**
   * {@return a copy with import settings}
   *
   * @param options the default of the connection's first import
   */
  public ConnectionDraft importSettings(ImportOptions options) {
    return with(
        parts.description,
        parts.workspace,
        parts.visibility,
        parts.active,
        Optional.of(options),
        parts.basis);
  }

  /**
   * {@return a copy that takes the secrets it lacks from a stored connection}
   *
   * @param connectionId the stored connection's id
   */
  public ConnectionDraft basedOn(String connectionId) {
    return with(
        parts.description,
        parts.workspace,
        parts.visibility,
        parts.active,
        parts.importSettings,
        Optional.of(connectionId));
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
