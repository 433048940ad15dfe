package dev.connections.store.jdbc;

import dev.connections.api.Failure;
import dev.connections.api.Page;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.ListRequest;
import dev.connections.core.TestSummary;
import dev.connections.core.access.Actor;
import dev.connections.core.audit.AuditLog;
import dev.connections.core.secrets.KeysetStore;
import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.ListPosition;
import dev.connections.core.store.PendingTest;
import dev.connections.core.store.StoreFailures;
import dev.connections.core.store.StoredConnection;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
public final class SqliteStore implements ConnectionStore {
  private final SqliteFile file;
  private final RecentRows recent;
  private final Writer writer;
  private final Readers readers;
  private final KeysetStore keyset;
  private final StoredAuditLog audit;

  private SqliteStore(SqliteFile file) {
    this.file = file;
    this.recent = new RecentRows(file);
    this.writer = new Writer(file, recent::changed);
    this.readers = new Readers(file);
    this.keyset = new SqliteKeyset(readers, writer);
    this.audit = new StoredAuditLog(readers, writer);
  }

  /**
   * {@return the store in a file} If there is no such file, it is made, and its directory, too. A
   * file that an earlier version of the library has written is brought to the present form; a copy
   * is made beside it before. That is all done or not at all: after a failure the file is as it
   * was.
   *
   * @param path the file; its name is followed by {@code -wal}, {@code -shm} and {@code .lock} for
   *     others beside it
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
      StoreDirectory.alone(file.path(), () -> SqliteSchema.migrate(file));
      return new SqliteStore(file);
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
    readers.read(session -> session.number("PRAGMA user_version", List.of())); // refused if closed
    SqliteBackup.to(file, copy);
  }

  /** {@inheritDoc} A transaction of SQLite; others that write wait for its end. */
  @Override
  public <T> T atomically(String account, Supplier<T> work) {
    return writer.transact(session -> work.get());
  }

  @Override
  public void insert(StoredConnection row) {
    writer.transact(
        session -> {
          ConnectionRows.insert(session, row);
          return row;
        });
  }

  @Override
  public Optional<StoredConnection> find(String account, String id) {
    return writer.isMine()
        ? writer.join(session -> ConnectionRows.find(session, account, id))
        : recent.find(
            account, id, () -> readers.read(session -> ConnectionRows.find(session, account, id)));
  }

  @Override
  public void replace(StoredConnection row, long expectedVersion) {
    if (!writer.transact(session -> ConnectionRows.replace(session, row, expectedVersion))) {
      throw StoreFailures.staleVersion();
    }
  }

  @Override
  public void delete(String account, String id, long expectedVersion) {
    if (!change(
        "DELETE FROM connections WHERE account_id = ? AND id = ? AND version = ?",
        account,
        id,
        expectedVersion)) {
      throw StoreFailures.staleVersion();
    }
  }

  @Override
  public Page<StoredConnection> list(Actor viewer, ConnectionFilter filter, ListRequest request) {
    ListQuery query = ListQuery.page(viewer, filter, request);
    List<StoredConnection> found = read(session -> ConnectionRows.list(session, query));
    if (found.size() <= request.limit()) {
      return new Page<>(found, Optional.empty(), OptionalLong.empty(), List.of());
    }
    List<StoredConnection> page = found.subList(0, request.limit());
    ListPosition last = ListPosition.of(page.get(page.size() - 1), request.sort());
    return new Page<>(page, Optional.of(last.token(request)), OptionalLong.empty(), List.of());
  }

  @Override
  public long count(Actor viewer, ConnectionFilter filter) {
    ListQuery query = ListQuery.all(viewer, filter);
    return read(
        session ->
            session.number(
                "SELECT count(*) FROM connections WHERE " + query.where(), query.values()));
  }

  /** Who is in a transaction sees what he wrote. */
  private <T> T read(Session.Work<T> work) {
    return writer.isMine() ? writer.join(work) : readers.read(work);
  }

  @Override
  public boolean beginTest(String account, String id, PendingTest test) {
    return change(
        "UPDATE connections SET pending_test = ?, pending_until = ?"
            + " WHERE account_id = ? AND id = ?",
        test.run(),
        StoredTime.text(test.until()),
        account,
        id);
  }

  @Override
  public boolean endTest(
      String account, String id, String run, long configurationVersion, TestSummary outcome) {
    return writer.transact(
        session -> {
          abandonTest(account, id, run);
          return change(
              "UPDATE connections SET test_status = ?, last_tested_at = ?, test_message = ?"
                  + " WHERE account_id = ? AND id = ? AND configuration_version = ?",
              outcome.status().stored(),
              StoredTime.text(outcome.at()),
              outcome.message().orElse(null),
              account,
              id,
              configurationVersion);
        });
  }

  @Override
  public void abandonTest(String account, String id, String run) {
    change(
        "UPDATE connections SET pending_test = NULL, pending_until = NULL"
            + " WHERE account_id = ? AND id = ? AND pending_test = ?",
        account,
        id,
        run);
  }

  @Override
  public boolean rememberImportSettings(String account, String id, String settings) {
    return change(
        "UPDATE connections SET import_settings = ? WHERE account_id = ? AND id = ?",
        settings,
        account,
        id);
  }

  @Override
  public boolean recordImport(String account, String id, Instant at, OptionalDouble rate) {
    return change(
        "UPDATE connections SET last_import_at = ?, import_rate = coalesce(?, import_rate)"
            + " WHERE account_id = ? AND id = ?",
        StoredTime.text(at),
        rate.isPresent() ? rate.getAsDouble() : null,
        account,
        id);
  }

  private boolean change(String sql, @Nullable Object... values) {
    return writer.transact(session -> session.update(sql, values)) == 1;
  }

  @Override
  public long deleteWorkspace(String account, String workspace) {
    return writer.transact(
        session ->
            (long)
                session.update(
                    "DELETE FROM connections WHERE account_id = ? AND workspace_id = ?",
                    account,
                    workspace));
  }

  /** {@inheritDoc} The account's audit records stay. */
  @Override
  public long deleteAccount(String account) {
    return writer.transact(
        session -> (long) session.update("DELETE FROM connections WHERE account_id = ?", account));
  }

  @Override
  public KeysetStore keyset() {
    return keyset;
  }

  @Override
  public Optional<AuditLog> auditLog() {
    return Optional.of(audit);
  }

  /** {@return the audit log that this store keeps, to be read; the same at every call} */
  public StoredAuditLog audit() {
    return audit;
  }

  /**
   * Closes the file, after the calls under way. Calling it again does nothing; any other call fails
   * with {@link dev.connections.core.CoreErrorCode#CLOSED} from then on.
   */
  @Override
  public void close() {
    recent.close();
    readers.close();
    writer.close();
  }
}
