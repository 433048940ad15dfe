package dev.connections.core.internal.importing;

import dev.connections.api.ChangeMarker;
import dev.connections.api.ConnectionException;
import java.util.Optional;

/** How the calls of the adapter came to their end. */
sealed interface RunEnd {
  /** The adapter says that it has read everything. */
  record Done(Optional<ChangeMarker> marker) implements RunEnd {}

  /** The source says that nothing has changed. */
  record Unchanged() implements RunEnd {}

  /** The receiver didn't want to go on when it knew the cost. */
  record Declined() implements RunEnd {}

  /** It was cancelled, or broke off for good. */
  record Broken(ConnectionException why) implements RunEnd {}
}
