package dev.connections.store.jdbc;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.CoreErrorCode;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Says what a failure of PostgreSQL means, by its SQLState. The server's own words stay behind. */
final class PostgresFaults {
  /** What stands for a failure to which neither server nor driver gave a state. */
  private static final String NO_STATE = "";

  /** Stands for what a pool throws that had no connection in time, and met no failure. */
  private static final String POOL_EMPTY = "-";

  private static final int STATE_LENGTH = 5;

  private PostgresFaults() {}

  static boolean isDuplicate(SQLException e) {
    return state(e).equals("23505");
  }

  static boolean isMissingReference(SQLException e) {
    return state(e).equals("23503");
  }

  /** Whether the connection is gone, so that another one may do better. */
  static boolean isDisconnection(SQLException e) {
    return switch (state(e)) {
      case "57P01", "57P02", "57P03", "57P05" -> true;
      default -> state(e).startsWith("08");
    };
  }

  static ConnectionException translate(SQLException e) {
    if (wasInterrupted(e)) {
      Thread.currentThread().interrupt();
      return StoreStates.cancelled();
    }
    Failure failure = failure(e);
    String state = state(e);
    return state.length() < STATE_LENGTH
        ? failure.asException()
        : failure.withVendorCode(state).asException();
  }

  private static Failure failure(SQLException e) {
    if (isDisconnection(e)) {
      return unreachable();
    }
    return switch (state(e)) {
      case POOL_EMPTY ->
          Failure.of(
                  StoreErrorCode.STORE_BUSY,
                  "No connection to the database of the connection store became free in time.")
              .withRemedy("Try again in a moment, or make the pool larger.");
      case "53100", "54000" ->
          Failure.of(
                  StoreErrorCode.STORE_FULL,
                  "There is no room left in the database of the connection store; nothing was"
                      + " changed.")
              .withRemedy("Make room on the server's disk. What is stored can still be read.");
      case "53200", "53300", "53400" ->
          Failure.of(
                  StoreErrorCode.STORE_BUSY,
                  "The server of the connection store has too much to do: it refuses further"
                      + " connections or lacks memory.")
              .withRemedy("Try again in a moment; allow the server more, or the pool less.");
      case "40001", "40P01", "55P03", "57014" ->
          Failure.of(
                  StoreErrorCode.STORE_BUSY,
                  "The rows are in use by other calls, or the server is too slow; nothing was"
                      + " changed.")
              .withRemedy("Try again in a moment.");
      case "28000", "28P01", "3D000" ->
          Failure.of(
                  StoreErrorCode.STORE_REFUSED,
                  "The server of the connection store doesn't let the application in.")
              .withRemedy("Check role, password and database, and the server's rules for clients.");
      case "42501" ->
          Failure.of(
                  StoreErrorCode.STORE_INACCESSIBLE,
                  "The role may not do this in the database of the connection store.")
              .withRemedy("Grant it what the store's scripts grant, and nothing more.");
      case "25006" ->
          Failure.of(
                  StoreErrorCode.STORE_INACCESSIBLE,
                  "The database of the connection store takes no writes, as a standby does.")
              .withRemedy("Name the server that takes writes.");
      case "3F000", "42P01", "42703" ->
          Failure.of(
                  StoreErrorCode.NOT_A_STORE,
                  "The database lacks tables of the connection store, or they have another form.")
              .withRemedy("Check the names of database and schema, or let the owner migrate it.");
      case "XX001", "XX002" ->
          Failure.of(
                  StoreErrorCode.STORE_DAMAGED, "The database of the connection store is damaged.")
              .withRemedy("Stop the application and restore the latest backup.");
      case "22021", "22P05" ->
          Failure.of(
                  CoreErrorCode.INVALID_ARGUMENT,
                  "A text has a character that PostgreSQL doesn't keep, such as U+0000.")
              .withRemedy("Take the character away.");
      default ->
          Failure.of(StandardErrorCode.UNAVAILABLE, "The store of connections has failed.")
              .withRemedy("Tell the operator of the application the code shown.");
    };
  }

  private static Failure unreachable() {
    return Failure.of(
            StoreErrorCode.STORE_UNREACHABLE,
            "The server of the connection store can't be reached, or has ended the connection;"
                + " nothing was changed.")
        .withRemedy("Check that it runs and that host and port are right; then try again.");
  }

  /** Of a change whose end wasn't heard. */
  static ConnectionException outcomeUnknown(SQLException e) {
    return Failure.of(
            StoreErrorCode.OUTCOME_UNKNOWN,
            "The connection to the store was lost while a change was being kept; it may be kept or"
                + " not.")
        .withRemedy("Read it again before you repeat the change.")
        .withVendorCode(state(e))
        .asException();
  }

  private static boolean wasInterrupted(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException) {
        return true;
      }
    }
    return false;
  }

  /** That of the failure, or of what a pool tells as its cause. */
  private static String state(SQLException e) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return e instanceof SQLTransientConnectionException ? POOL_EMPTY : NO_STATE;
  }
}
