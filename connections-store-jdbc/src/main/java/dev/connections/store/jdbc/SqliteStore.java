package dev.connections.store.jdbc;

import dev.connections.api.Failure;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps connections, their keyset and an audit log in an SQLite file. What a call has written is on
 * the disk when the call returns, and is there whole or not at all after a crash.
 *
 * <p>Several processes on one machine may use one file; it must not lie on a network drive. What
 * another process wrote is seen by {@link #find} a millisecond later at most, and by all other
 * methods at once. A call waits at most ten seconds for the writes of others, then it fails with
 * {@link StoreErrorCode#STORE_BUSY}; an interruption doesn't end that wait.
 *
 * <p>The file is readable by its owner only, and so is its directory if this store makes it. Needs
 * the library {@code org.xerial:sqlite-jdbc}, which a host adds itself.
 *
 * <p>Safe for any thread.
 */
public final class SqliteStore extends DatabaseStore {
  private final SqliteFile file;
  private final SqliteTransactions transactions;

  private SqliteStore(SqliteFile file, RecentRows recent, SqliteTransactions transactions) {
    super(transactions, recent);
    this.file = file;
    this.transactions = transactions;
  }

  /**
   * {@return the store in a file} If there is no such file, it is made, and its directory, too. A
   * file that an earlier version of the library has written is brought to the present form; a copy
   * is made beside it before. That is all done or not at all: after a failure the file is as it
   * was.
   *
   * <p>If nobody else uses the file, tests, imports and sign-ins that are under way in it were
   * killed: they count as ended from now on.
   *
   * @param path the file; its name is followed by {@code -wal}, {@code -shm}, {@code .lock} and
   *     {@code .users} for others beside it
   * @throws dev.connections.api.ConnectionException with a {@link StoreErrorCode}: {@link
   *     StoreErrorCode#STORE_TOO_NEW}, {@link StoreErrorCode#NOT_A_STORE}, {@link
   *     StoreErrorCode#STORE_EXPOSED}, {@link StoreErrorCode#MIGRATION_FAILED}, {@link
   *     StoreErrorCode#STORE_INACCESSIBLE}, {@link StoreErrorCode#STORE_BUSY} if others open it for
   *     more than a minute, or {@link StoreErrorCode#DRIVER_MISSING}; with {@link
   *     dev.connections.api.StandardErrorCode#CANCELLED} if the thread is interrupted while others
   *     open it
   */
  public static SqliteStore at(Path path) {
    return open(SqliteFile.at(path));
  }

  static SqliteStore open(SqliteFile file) {
    try {
      StoreDirectory.prepare(file.path());
      FileUse use = StoreDirectory.alone(file.path(), () -> begun(file));
      RecentRows recent = new RecentRows(new SqliteChanges(file), file.patience());
      Writer writer = new Writer(file, recent::changed);
      return new SqliteStore(file, recent, new SqliteTransactions(new Readers(file), writer, use));
    } catch (LinkageError noDriver) {
      throw Failure.of(
              StoreErrorCode.DRIVER_MISSING,
              "The library that reads and writes SQLite files isn't there, or can't be loaded.")
          .withRemedy(
              "Add org.xerial:sqlite-jdbc to the application, and let it unpack its native part to"
                  + " the directory for temporary files.")
          .asException(noDriver);
    }
  }

  private static FileUse begun(SqliteFile file) {
    SqliteSchema.migrate(file);
    FileUse use = FileUse.begin(file.path());
    if (use.only()) {
      LeftBehind.clear(file);
    }
    return use;
  }

  /**
   * Copies the store to a new file, as it is at one moment, while others read and write it. The
   * copy appears under its name when it is whole, is readable by its owner only, and is opened like
   * any store. It holds the encrypted keyset and not the key: back that up elsewhere.
   *
   * @param copy a file that doesn't exist, in a directory that does
   * @throws dev.connections.api.ConnectionException with {@link
   *     dev.connections.core.CoreErrorCode#INVALID_ARGUMENT} if there is such a file, or with a
   *     {@link StoreErrorCode} if it can't be written, or with {@link
   *     dev.connections.api.StandardErrorCode#CANCELLED} if the thread is interrupted
   */
  public void backupTo(Path copy) {
    transactions.readCommon(
        session -> session.number("PRAGMA user_version", List.of())); // refused if closed
    SqliteBackup.to(file, copy);
  }
}
