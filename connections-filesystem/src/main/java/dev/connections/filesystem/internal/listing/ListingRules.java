package dev.connections.filesystem.internal.listing;

import dev.connections.filesystem.internal.FileFormat;
import dev.connections.filesystem.internal.paths.NamePattern;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Which files are tables.
 *
 * @param formats the formats that are wanted and readable
 * @param pattern which paths are wanted; absent, all are
 * @param recursive whether directories below the connection's own are looked into
 * @param mostFiles how many files a listing finds at most
 * @param mostEntries how many files and directories, of interest or not, it looks at
 * @param deepest how many levels below the connection's directory a listing goes
 * @param longest how long a listing takes at most; absent, as long as the operation has
 * @param joined whether the files of one format in a directory are one table
 */
public record ListingRules(
    Set<FileFormat> formats,
    Optional<NamePattern> pattern,
    boolean recursive,
    int mostFiles,
    long mostEntries,
    int deepest,
    Optional<Duration> longest,
    boolean joined) {

  /**
   * Copies the formats.
   *
   * @param formats the formats that are wanted and readable
   * @param pattern which paths are wanted
   * @param recursive whether directories are looked into
   * @param mostFiles how many files at most
   * @param mostEntries how many files and directories
   * @param deepest how many levels
   * @param longest how long
   * @param joined whether a directory is one table
   */
  public ListingRules {
    formats = Set.copyOf(formats);
  }

  /**
   * {@return rules for a look whose cost doesn't depend on how much there is}
   *
   * @param found how many files are enough
   * @param entries how many files and directories are looked at
   */
  public ListingRules onlyFirst(int found, long entries) {
    return new ListingRules(formats, pattern, recursive, found, entries, deepest, longest, joined);
  }

  /**
   * {@return the format of a file that is a table, or part of one; empty if it isn't}
   *
   * @param directory the path of its directory, {@code .} for the connection's own
   * @param name its name
   */
  public Optional<FileFormat> formatOf(String directory, String name) {
    if (isHidden(name)) {
      return Optional.empty();
    }
    Optional<FileFormat> format = FileFormat.ofName(name).filter(formats::contains);
    if (format.isPresent() && pattern.isPresent()) {
      String path = directory.equals(".") ? name : directory + "/" + name;
      return pattern.get().matches(path) ? format : Optional.empty();
    }
    return format;
  }

  /**
   * {@return whether a name is left out without a word} Names that begin so are those of
   * half-written files, markers, logs and system files.
   *
   * @param name of a file or directory
   */
  public static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }
}
