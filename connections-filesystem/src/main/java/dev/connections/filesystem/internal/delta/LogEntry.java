package dev.connections.filesystem.internal.delta;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a Delta log that matters here, known by its name.
 *
 * @param version the table's version it belongs to
 * @param name the file's name
 * @param kind what it is
 */
record LogEntry(long version, String name, Kind kind) {
  /** What files of a log are. */
  enum Kind {
    /** The actions of one version. */
    COMMIT,
    /** All that is still true at a version, as Parquet; one file or one part of several. */
    CHECKPOINT,
    /** The same as lines of JSON. */
    JSON_CHECKPOINT
  }

  private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");
  private static final Pattern CHECKPOINT =
      Pattern.compile(
          "(\\d{20})\\.checkpoint(?:\\.[0-9a-zA-Z-]+|\\.\\d{10}\\.\\d{10})?\\.(parquet|json)");

  /** The entry of a name; empty for files that don't matter. */
  static Optional<LogEntry> of(String name) {
    Matcher commit = COMMIT.matcher(name);
    if (commit.matches()) {
      return version(commit.group(1)).map(v -> new LogEntry(v, name, Kind.COMMIT));
    }
    Matcher checkpoint = CHECKPOINT.matcher(name);
    if (checkpoint.matches()) {
      Kind kind = checkpoint.group(2).equals("json") ? Kind.JSON_CHECKPOINT : Kind.CHECKPOINT;
      return version(checkpoint.group(1)).map(v -> new LogEntry(v, name, kind));
    }
    return Optional.empty();
  }

  private static Optional<Long> version(String digits) {
    try {
      return Optional.of(Long.parseLong(digits));
    } catch (NumberFormatException beyondAnyVersion) {
      return Optional.empty();
    }
  }
}
