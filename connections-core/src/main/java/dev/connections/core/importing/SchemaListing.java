package dev.connections.core.importing;

import dev.connections.api.Failure;
import dev.connections.api.SchemaName;
import java.util.Objects;
import java.util.Optional;

/**
 * How the listing of one included schema went. Only from a complete one can be told that a table is
 * no longer there.
 *
 * @param schema which schema
 * @param status how it went
 * @param failure why it failed, if it did
 * @param listed how many of its tables were listed
 * @param excluded how many of these the options leave out
 */
public record SchemaListing(
    SchemaName schema, Status status, Optional<Failure> failure, long listed, long excluded) {

  /** How a listing went. */
  public enum Status {
    /** All of its tables were listed. */
    COMPLETE,
    /** It couldn't be listed, or not to its end. */
    FAILED,
    /** The import ended before the listing did, or the adapter never said that it was complete. */
    UNFINISHED
  }

  /**
   * Checks the parts.
   *
   * @param schema which schema
   * @param status how it went
   * @param failure why it isn't complete
   * @param listed how many tables
   * @param excluded how many left out
   * @throws IllegalArgumentException if a complete listing has a failure, or a failed one has none
   */
  public SchemaListing {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(status, "status");
    if (failure.isPresent() != (status == Status.FAILED)) {
      throw new IllegalArgumentException(status + " and the failure " + failure);
    }
  }

  /** {@return whether all of its tables were listed} */
  public boolean complete() {
    return status == Status.COMPLETE;
  }

  /** {@return how many of its tables are wanted} */
  public long wanted() {
    return listed - excluded;
  }
}
