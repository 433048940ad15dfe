package dev.connections.core.importing;

import dev.connections.api.Internal;
import java.time.Instant;
import java.util.Objects;

/**
 * What is being imported, told to listeners and targets when an import begins.
 *
 * @param connectionId the connection's id, as text
 * @param connectionName the name its user gave it
 * @param connectionType the id of its type, for example {@code mssql}
 * @param options what is read and how it is laid out
 * @param startedAt when the import began
 */
public record ImportContext(
    String connectionId,
    String connectionName,
    String connectionType,
    ImportOptions options,
    Instant startedAt) {
  /**
   * Takes all parts at once.
   *
   * @param connectionId the connection's id
   * @param connectionName its name
   * @param connectionType the id of its type
   * @param options what is read
   * @param startedAt when the import began
   */
  @Internal
  public ImportContext {
    Objects.requireNonNull(connectionId, "connectionId");
    Objects.requireNonNull(connectionName, "connectionName");
    Objects.requireNonNull(connectionType, "connectionType");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(startedAt, "startedAt");
  }
}
