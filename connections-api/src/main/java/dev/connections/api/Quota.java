package dev.connections.api;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An allowance that the source gives for a period, and how much of it is used.
 *
 * @param name what the source calls it, for example {@code daily API calls}
 * @param used how much is used, if the source says so
 * @param limit how much there is, if the source says so
 * @param resetsAt when it starts anew, if the source says so
 */
public record Quota(
    String name, OptionalLong used, OptionalLong limit, Optional<Instant> resetsAt) {
  /** {@return how much is left, if both figures are known; never negative} */
  public OptionalLong left() {
    return used.isPresent() && limit.isPresent()
        ? OptionalLong.of(Math.max(0, limit.getAsLong() - used.getAsLong()))
        : OptionalLong.empty();
  }
}
