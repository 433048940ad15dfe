package dev.connections.filesystem.internal.listing;

import dev.connections.api.Failure;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.StandardErrorCode;
import java.util.List;

/** What is said of a listing that a limit ended. */
final class Truncation {
  private Truncation() {}

  /** That directories weren't looked into. */
  static Notice tooDeep(int deepest, long directories) {
    return Notice.of(
            NoticeCode.TRUNCATED,
            new Notice.Scope.Source(),
            "Directories more than " + deepest + " levels deep weren't looked into.")
        .withRemedy("Raise the limit on depth, or connect to a directory further down.")
        .withHidden(directories);
  }

  /** That the listing ended before all files were seen. */
  static Notice tooMany(long mostFiles) {
    return Notice.of(
            NoticeCode.TRUNCATED,
            new Notice.Scope.Source(),
            "The listing ended at the limit of " + mostFiles + " files.")
        .withRemedy("Raise the limit on files, narrow the pattern, or connect further down.");
  }

  /** That a directory wasn't listed to its end. */
  static Failure failure(String what) {
    return Failure.of(
            StandardErrorCode.TOO_LARGE,
            "The directory wasn't listed to its end: it holds " + what + ".")
        .withRemedy("Raise the limit, or connect to a directory further down.")
        .withFieldPaths(List.of("advanced.max_files", "advanced.max_depth"));
  }
}
