package dev.connections.filesystem.internal.listing;

import java.util.Optional;

/** Counts what one walk met, and says when it met enough. For one thread. */
final class WalkLimits {
  private final ListingRules rules;
  private final long begin = System.nanoTime();
  private long files;
  private long entries;
  private long tooDeep;
  private Optional<Truncation.Reason> end = Optional.empty();

  WalkLimits(ListingRules rules) {
    this.rules = rules;
  }

  /** Counts one more entry of a directory, and says whether a limit was reached. */
  boolean areReached() {
    if (++entries > rules.mostEntries()) {
      end = Optional.of(Truncation.Reason.FILES);
    } else if (rules.longest().isPresent()
        && System.nanoTime() - begin >= rules.longest().get().toNanos()) {
      end = Optional.of(Truncation.Reason.TIME);
    }
    return end.isPresent();
  }

  /** Counts one more file that is read as a table, and says whether it is one too many. */
  boolean isOneTooMany() {
    if (files == rules.mostFiles()) {
      end = Optional.of(Truncation.Reason.FILES);
      return true;
    }
    files++;
    return false;
  }

  /** Whether a directory lies deeper than the walk goes; those that do are counted. */
  boolean isTooDeep(String path) {
    long level = 1 + path.chars().filter(c -> c == '/').count();
    if (level > rules.deepest()) {
      tooDeep++;
      return true;
    }
    return false;
  }

  /** How many files were counted. */
  long files() {
    return files;
  }

  /** How many directories lay too deep. */
  long tooDeep() {
    return tooDeep;
  }

  /** Which limit ended the walk, if one did. */
  Optional<Truncation.Reason> end() {
    return end;
  }
}
