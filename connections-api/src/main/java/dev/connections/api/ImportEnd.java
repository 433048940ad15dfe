package dev.connections.api;

import java.util.Objects;
import java.util.Optional;

/** How a bulk read ended, when it didn't break off. */
public sealed interface ImportEnd {
  /**
   * Read to the end.
   *
   * @param marker given back as {@link ImportSelection#since} next time, if the source can tell
   *     then whether anything changed
   */
  record Done(Optional<ChangeMarker> marker) implements ImportEnd {
    /**
     * Checks that the part isn't null.
     *
     * @param marker given back next time
     */
    public Done {
      Objects.requireNonNull(marker, "marker");
    }

    /** {@return an end without a marker} */
    public static Done unmarked() {
      return new Done(Optional.empty());
    }
  }

  /** The source says that nothing changed since the marker; nothing was reported. */
  record Unchanged() implements ImportEnd {}

  /** The sink answered {@link MetadataSink#proceed} with false. */
  record Stopped() implements ImportEnd {}
}
