package dev.connections.core.history;

import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.SchemaDrift;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An import that came to a report, in short. What it said of single tables isn't kept.
 *
 * @param connection the connection's id
 * @param user who started it
 * @param startedAt when it began
 * @param finishedAt when it ended
 * @param status how it ended
 * @param code the id of the code of what ended it, if it failed or was cancelled
 * @param message the sentence of that
 * @param ledger how many tables ended how
 * @param columns how many columns the imported tables have
 * @param failuresByCode how many tables failed by the id of the failure's code
 * @param drift how what was read differs from the imports before, counted and without tables; empty
 *     if it wasn't compared
 */
public record PastImport(
    String connection,
    String user,
    Instant startedAt,
    Instant finishedAt,
    ImportReport.Status status,
    Optional<String> code,
    Optional<String> message,
    ImportLedger ledger,
    long columns,
    Map<String, Long> failuresByCode,
    Optional<SchemaDrift> drift) {
  /**
   * Checks that no part is null.
   *
   * @param connection the connection's id
   * @param user who started it
   * @param startedAt when it began
   * @param finishedAt when it ended
   * @param status how it ended
   * @param code the id of the code of what ended it
   * @param message the sentence of that
   * @param ledger how many tables ended how
   * @param columns how many columns
   * @param failuresByCode how many tables failed by code
   * @param drift how it differs from the imports before
   */
  public PastImport {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(finishedAt, "finishedAt");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(ledger, "ledger");
    Objects.requireNonNull(drift, "drift");
    failuresByCode = Collections.unmodifiableMap(new TreeMap<>(failuresByCode));
  }

  /** {@return how long it took} */
  public Duration took() {
    return Duration.between(startedAt, finishedAt);
  }
}
