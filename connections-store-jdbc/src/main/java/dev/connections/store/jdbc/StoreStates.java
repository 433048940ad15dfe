package dev.connections.store.jdbc;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.CoreErrorCode;

/** Failures of a store that no database reports. */
final class StoreStates {
  private StoreStates() {}

  static ConnectionException closed() {
    return Failure.of(CoreErrorCode.CLOSED, "The store of connections is closed.")
        .withRemedy("Open it again to use it.")
        .asException();
  }

  static ConnectionException busy() {
    return Failure.of(
            StoreErrorCode.STORE_BUSY, "The store of connections is busy with other calls.")
        .withRemedy("Try again in a moment.")
        .asException();
  }

  static ConnectionException outcomeUnknown() {
    return Failure.of(
            StoreErrorCode.OUTCOME_UNKNOWN,
            "The change was made together with those of other calls, which haven't ended; it may be"
                + " kept or not.")
        .withRemedy("Read it again before you repeat the change.")
        .asException();
  }

  static ConnectionException damaged() {
    return Failure.of(
            StoreErrorCode.STORE_DAMAGED,
            "A row of the connection store has a value that was never written by this library.")
        .withRemedy("Put the latest backup in its place, or correct the row by hand.")
        .asException();
  }

  /** Of a call that was interrupted; the thread stays so. */
  static ConnectionException cancelled() {
    return Failure.of(StandardErrorCode.CANCELLED, "The call was interrupted before it was done.")
        .withRemedy("Nothing was changed; repeat it when there is time for it.")
        .asException();
  }

  static ConnectionException inaccessible(String what) {
    return Failure.of(StoreErrorCode.STORE_INACCESSIBLE, what)
        .withRemedy("Check that the directory is there and that the application may write it.")
        .asException();
  }
}
