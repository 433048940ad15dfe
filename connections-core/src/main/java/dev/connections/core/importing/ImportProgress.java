package dev.connections.core.importing;

import dev.connections.api.Internal;
import dev.connections.api.TableName;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far an import has come.
 *
 * @param phase what is going on
 * @param listed how many tables were listed so far
 * @param done how many tables were imported so far
 * @param failed how many tables failed so far
 * @param total how many tables will be imported or fail, once that is known
 * @param current the table that was answered last
 * @param perSecond how many tables are answered in a second, on average; zero before the first
 * @param timeLeft how long the rest will take at that rate, once the total is known
 */
public record ImportProgress(
    Phase phase,
    long listed,
    long done,
    long failed,
    OptionalLong total,
    Optional<TableName> current,
    double perSecond,
    Optional<Duration> timeLeft) {

  /** What an import is doing. A source that lists and reads in turns goes straight to READING. */
  public enum Phase {
    /** It finds out which tables there are. */
    LISTING,
    /** It reads their metadata. */
    READING,
    /** A connection broke; it waits before it goes on where it was. */
    WAITING,
    /** It has ended. */
    FINISHED
  }

  /** The progress of an import that hasn't begun. */
  public static final ImportProgress NOTHING_YET =
      new ImportProgress(
          Phase.LISTING, 0, 0, 0, OptionalLong.empty(), Optional.empty(), 0, Optional.empty());

  /**
   * Takes all parts at once.
   *
   * @param phase what is going on
   * @param listed how many tables were listed
   * @param done how many tables were imported
   * @param failed how many tables failed
   * @param total how many there will be
   * @param current the table that was answered last
   * @param perSecond how many tables in a second
   * @param timeLeft how long the rest will take
   */
  @Internal
  public ImportProgress {
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(total, "total");
    Objects.requireNonNull(current, "current");
    Objects.requireNonNull(timeLeft, "timeLeft");
  }
}
