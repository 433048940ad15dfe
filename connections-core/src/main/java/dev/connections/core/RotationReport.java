package dev.connections.core;

import dev.connections.api.Failure;
import dev.connections.core.secrets.KeyStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a rotation of keys ended. However it ended, every secret can be read, and what was encrypted
 * anew stays so; the next rotation goes on where this one stopped.
 *
 * @param reencrypted how many rows this rotation has encrypted anew
 * @param status the keys at its end, and what is encrypted with each
 * @param unreadable how many rows couldn't be decrypted and were left as they are
 * @param problems the first {@value #MOST_PROBLEMS} of these
 * @param stopped why it ended before its end; empty if it came to its end
 */
public record RotationReport(
    long reencrypted,
    KeyStatus status,
    long unreadable,
    List<Problem> problems,
    Optional<Failure> stopped) {
  /** How many problems are told one by one. */
  public static final int MOST_PROBLEMS = 1000;

  /**
   * A row that couldn't be decrypted.
   *
   * @param account the tenant
   * @param connection the connection's id
   * @param failure what is wrong, with the field
   */
  public record Problem(String account, String connection, Failure failure) {
    /**
     * Checks that no part is null.
     *
     * @param account the tenant
     * @param connection the connection's id
     * @param failure what is wrong
     */
    public Problem {
      Objects.requireNonNull(account, "account");
      Objects.requireNonNull(connection, "connection");
      Objects.requireNonNull(failure, "failure");
    }
  }

  /**
   * Keeps an immutable copy of the problems.
   *
   * @param reencrypted how many rows were encrypted anew
   * @param status the keys at its end
   * @param unreadable how many rows couldn't be decrypted
   * @param problems the first of these
   * @param stopped why it ended before its end
   */
  public RotationReport {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(stopped, "stopped");
    problems = List.copyOf(problems);
  }

  /** {@return whether everything is encrypted with the present key now} */
  public boolean complete() {
    return stopped.isEmpty() && status.rotated();
  }
}
