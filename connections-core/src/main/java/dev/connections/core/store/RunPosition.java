package dev.connections.core.store;

import dev.connections.api.Page;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A place in a list of past runs, from which the next page goes on. Its text form is the page
 * token. The latest comes first, and of those of one moment the one with the greatest id.
 *
 * @param at when the run ended
 * @param id the run's id
 */
public record RunPosition(Instant at, String id) implements Comparable<RunPosition> {
  private static final String MARK = "run";
  private static final Comparator<RunPosition> LATEST_FIRST =
      Comparator.comparing(RunPosition::at).thenComparing(RunPosition::id).reversed();

  /**
   * Checks that no part is null.
   *
   * @param at when the run ended
   * @param id the run's id
   */
  public RunPosition {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(id, "id");
  }

  /**
   * {@return the place of a run}
   *
   * @param run the run
   */
  public static RunPosition of(StoredRun run) {
    return new RunPosition(run.finishedAt(), run.id());
  }

  /**
   * {@return the place that a page token stands for}
   *
   * @param token what {@link #token} gave, or anything else
   * @throws dev.connections.api.ConnectionException with {@link
   *     dev.connections.core.CoreErrorCode#INVALID_ARGUMENT} if it isn't such a token
   */
  public static RunPosition parse(String token) {
    return parsed(token).orElseThrow(StoreFailures::foreignPageToken);
  }

  private static Optional<RunPosition> parsed(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      String[] parts = text.split("\n", 3);
      return parts.length == 3 && parts[0].equals(MARK) && parts[2].indexOf('\0') < 0
          ? Optional.of(new RunPosition(Instant.parse(parts[1]), parts[2]))
          : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException notAToken) {
      return Optional.empty();
    }
  }

  /**
   * {@return a page of runs that were found}
   *
   * @param found in the order of the list; one more than the limit if there is a further page
   * @param limit how many on a page
   */
  public static Page<StoredRun> page(List<StoredRun> found, int limit) {
    if (found.size() <= limit) {
      return new Page<>(found, Optional.empty(), OptionalLong.empty(), List.of());
    }
    List<StoredRun> page = found.subList(0, limit);
    String next = of(page.get(limit - 1)).token();
    return new Page<>(page, Optional.of(next), OptionalLong.empty(), List.of());
  }

  /** {@return the token of the page that follows} */
  public String token() {
    String text = String.join("\n", MARK, at.toString(), id);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int compareTo(RunPosition other) {
    return LATEST_FIRST.compare(this, other);
  }
}
