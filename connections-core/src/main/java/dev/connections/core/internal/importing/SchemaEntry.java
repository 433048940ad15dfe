package dev.connections.core.internal.importing;

import dev.connections.api.Failure;
import dev.connections.api.SchemaName;
import dev.connections.core.importing.SchemaListing;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a run remembers of one schema and its tables. */
final class SchemaEntry {
  final Map<String, TableEntry> tables = new HashMap<>(4);

  /** Whether tables of it are wanted; others are here as foreign keys refer to them. */
  volatile boolean included;

  long listed;
  long excluded;

  /** The attempt that listed it to its end, or failed to; 0 if none did. */
  private int completeIn;

  private int failedIn;
  private Optional<Failure> failure = Optional.empty();

  /** An attempt that both fails and completes a listing contradicts itself: it has failed. */
  void complete(int attempt) {
    if (failedIn != attempt) {
      completeIn = attempt;
      failure = Optional.empty();
    }
  }

  /** What one attempt has listed to its end stays listed, though a later one can't list it. */
  void failed(Failure why, int attempt) {
    if (completeIn == 0 || completeIn == attempt) {
      completeIn = 0;
      failedIn = attempt;
      failure = Optional.of(why);
    }
  }

  SchemaListing listing(SchemaName name) {
    SchemaListing.Status status =
        completeIn > 0
            ? SchemaListing.Status.COMPLETE
            : failure.isPresent() ? SchemaListing.Status.FAILED : SchemaListing.Status.UNFINISHED;
    return new SchemaListing(name, status, failure, listed, excluded);
  }
}
