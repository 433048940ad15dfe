package dev.connections.store.jdbc;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what a failure of SQLite means. The driver's own words stay behind. */
final class SqliteFaults {
  private SqliteFaults() {}

  /** Whether a row has what another one must be alone to have, besides the primary key. */
  static boolean isDuplicate(SQLException e) {
    return code(e) == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE;
  }

  static boolean isMissingReference(SQLException e) {
    return code(e) == SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY;
  }

  /** Whether a failed statement was undone alone, so that its transaction may go on. */
  static boolean leavesTransaction(SQLException e) {
    return primary(e) == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
  }

  static ConnectionException translate(SQLException e) {
    SQLiteErrorCode code = code(e);
    Failure failure =
        switch (SQLiteErrorCode.getErrorCode(primary(e))) {
          case SQLITE_FULL ->
              Failure.of(
                      StoreErrorCode.STORE_FULL,
                      "There is no room left in the store of connections; nothing was changed.")
                  .withRemedy("Make room on its disk. What is stored can still be read.");
          case SQLITE_BUSY, SQLITE_LOCKED ->
              Failure.of(
                      StoreErrorCode.STORE_BUSY,
                      "The store of connections is being written by somebody else.")
                  .withRemedy("Try again in a moment.");
          case SQLITE_CORRUPT ->
              Failure.of(
                      StoreErrorCode.STORE_DAMAGED, "The file of the connection store is damaged.")
                  .withRemedy("Stop the application and put the latest backup in its place.");
          case SQLITE_NOTADB -> notAStore();
          case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_IOERR, SQLITE_AUTH ->
              Failure.of(
                      StoreErrorCode.STORE_INACCESSIBLE,
                      "The file of the connection store can't be read or written.")
                  .withRemedy(
                      "Check that its disk is there and that the application may write it.");
          default ->
              Failure.of(StandardErrorCode.UNAVAILABLE, "The store of connections has failed.")
                  .withRemedy("Tell the operator of the application the code shown.");
        };
    return failure.withVendorCode(code.name()).asException();
  }

  static Failure notAStore() {
    return Failure.of(
            StoreErrorCode.NOT_A_STORE, "The file exists, and isn't a store of connections.")
        .withRemedy("Name another file, or a new one.");
  }

  private static SQLiteErrorCode code(SQLException e) {
    return e instanceof SQLiteException sqlite
        ? sqlite.getResultCode()
        : SQLiteErrorCode.getErrorCode(e.getErrorCode());
  }

  /** The last byte says the kind; those before it refine it. */
  private static int primary(SQLException e) {
    return code(e).code & 0xff;
  }
}
