package dev.connections.core.store;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A test or an import that has ended, as a store keeps it.
 *
 * @param id a random name
 * @param account the tenant
 * @param connection the connection's id
 * @param kind which of the two it was
 * @param result how it ended, in lower case
 * @param code the id of the code of what made it fail
 * @param user who started it
 * @param startedAt when it began
 * @param finishedAt when it ended
 * @param content everything else, as JSON that says its own format
 */
public record StoredRun(
    String id,
    String account,
    String connection,
    Kind kind,
    String result,
    Optional<String> code,
    String user,
    Instant startedAt,
    Instant finishedAt,
    String content) {
  /** What has run. */
  public enum Kind {
    /** A test. */
    TEST,
    /** An import. */
    IMPORT;

    /** {@return the spelling that is stored: the name in lower case} */
    public String stored() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks that no part is null.
   *
   * @param id a random name
   * @param account the tenant
   * @param connection the connection's id
   * @param kind which of the two it was
   * @param result how it ended
   * @param code the id of the code
   * @param user who started it
   * @param startedAt when it began
   * @param finishedAt when it ended
   * @param content everything else
   */
  public StoredRun {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(account, "account");
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(finishedAt, "finishedAt");
    Objects.requireNonNull(content, "content");
  }
}
