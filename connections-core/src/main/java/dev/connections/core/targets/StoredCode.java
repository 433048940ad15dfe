package dev.connections.core.targets;

import dev.connections.api.Category;
import dev.connections.api.ErrorCode;
import java.util.Objects;

/**
 * A plugin's own code as a snapshot keeps it, without the plugin's type.
 *
 * @param id the code's id
 * @param category what kind of failure it is
 * @param transientFailure whether the same call may succeed later
 */
public record StoredCode(String id, Category category, boolean transientFailure)
    implements ErrorCode {
  /**
   * Checks that no part is null.
   *
   * @param id the code's id
   * @param category what kind of failure it is
   * @param transientFailure whether the same call may succeed later
   */
  public StoredCode {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(category, "category");
  }
}
