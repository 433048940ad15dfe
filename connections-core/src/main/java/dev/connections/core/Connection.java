package dev.connections.core;

import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.Internal;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Visibility;
import dev.connections.core.importing.ImportOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A stored connection as an actor sees it.
 *
 * <p>Immutable. Made by {@link TenantConnections}.
 *
 * @param id a UUID in its text form
 * @param ownership account, workspace, owner, visibility and locked flag
 * @param name unique within account and workspace, compared character by character
 * @param description what the user says about it
 * @param type the type in the spelling it was created with
 * @param configuration the values that may be shown; a secret that is set is shown as {@value
 *     dev.connections.api.Secret#MASK}, and so is every encrypted value if the type isn't installed
 * @param problems what of the configuration can't be read, such as a value that was changed in the
 *     store; empty in a sound connection
 * @param active whether it may be used
 * @param test what is known of its last test
 * @param importSettings the options of its last import, which are the default of the next
 * @param lastImport when its last import ended
 * @param metadataExpiry how long metadata of its source is kept, where it isn't the usual time
 * @param createdBy the user who created it
 * @param createdAt when that was
 * @param updatedAt when a user last changed it
 * @param version grows with every change by a user; an update names the one it is based on. Tests
 *     and imports, which are recorded with the connection, leave it as it is
 * @param configurationVersion grows with every change of the configuration
 */
public record Connection(
    String id,
    Ownership ownership,
    String name,
    Optional<String> description,
    String type,
    ConfigurationValues configuration,
    List<ConfigurationProblem> problems,
    boolean active,
    TestSummary test,
    Optional<ImportOptions> importSettings,
    Optional<Instant> lastImport,
    Optional<Duration> metadataExpiry,
    String createdBy,
    Instant createdAt,
    Instant updatedAt,
    long version,
    long configurationVersion) {

  /**
   * Takes all parts at once; hosts get connections from {@link TenantConnections}.
   *
   * @param id a UUID in its text form
   * @param ownership account, workspace, owner, visibility and locked flag
   * @param name unique within account and workspace
   * @param description what the user says about it
   * @param type the type in the spelling it was created with
   * @param configuration the values that may be shown
   * @param problems what of the configuration can't be read
   * @param active whether it may be used
   * @param test what is known of its last test
   * @param importSettings the options of its last import
   * @param lastImport when its last import ended
   * @param metadataExpiry how long metadata are kept
   * @param createdBy the user who created it
   * @param createdAt when that was
   * @param updatedAt when a user last changed it
   * @param version grows with every change
   * @param configurationVersion grows with every change of the configuration
   */
  @Internal
  public Connection {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(ownership, "ownership");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(configuration, "configuration");
    problems = List.copyOf(problems);
    Objects.requireNonNull(test, "test");
    Objects.requireNonNull(importSettings, "importSettings");
    Objects.requireNonNull(lastImport, "lastImport");
    Objects.requireNonNull(metadataExpiry, "metadataExpiry");
    Objects.requireNonNull(createdBy, "createdBy");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(updatedAt, "updatedAt");
  }

  /** {@return the tenant} */
  public String account() {
    return ownership.account();
  }

  /** {@return the workspace; empty if the connection is the whole account's} */
  public Optional<String> workspace() {
    return ownership.workspace();
  }

  /** {@return the user who owns it} */
  public String owner() {
    return ownership.owner();
  }

  /** {@return who sees it besides its owner and the account's admins} */
  public Visibility visibility() {
    return ownership.visibility();
  }

  /** {@return whether its locked flag is set, so that nobody changes it} */
  public boolean locked() {
    return ownership.locked();
  }

  /** {@return how its last test ended} */
  public TestStatus testStatus() {
    return test.status();
  }
}
