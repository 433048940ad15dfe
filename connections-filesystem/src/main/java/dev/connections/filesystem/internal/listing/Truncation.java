package dev.connections.filesystem.internal.listing;

import dev.connections.api.Failure;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.StandardErrorCode;
import java.time.Duration;
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

  /** Which limit ended a listing before all files were seen. */
  enum Reason {
    /** How many files there may be. */
    FILES,
    /** How long it may take. */
    TIME;

    /** That the listing ended. */
    Notice notice(ListingRules rules) {
      return Notice.of(
              NoticeCode.TRUNCATED,
              new Notice.Scope.Source(),
              "The listing ended at the limit of " + limit(rules) + ".")
          .withRemedy("Raise the limit, narrow the pattern, or connect further down.");
    }

    /** That a directory wasn't listed to its end. */
    Failure failure(ListingRules rules) {
      return Truncation.failure(
          this == FILES
              ? "more than " + limit(rules)
              : "more than could be listed in " + limit(rules));
    }

    private String limit(ListingRules rules) {
      return this == FILES
          ? rules.mostFiles() + " files"
          : rules.longest().orElse(Duration.ZERO).toSeconds() + " seconds";
    }
  }

  /** That a directory wasn't listed to its end. */
  static Failure failure(String what) {
    return Failure.of(
            StandardErrorCode.TOO_LARGE,
            "The directory wasn't listed to its end: it holds " + what + ".")
        .withRemedy("Raise the limit, or connect to a directory further down.")
        .withFieldPaths(
            List.of("advanced.max_files", "advanced.max_depth", "advanced.max_seconds"));
  }
}
