package dev.connections.store.jdbc;

import dev.connections.api.Page;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.ListRequest;
import dev.connections.core.TestSummary;
import dev.connections.core.access.Actor;
import dev.connections.core.audit.AuditLog;
import dev.connections.core.secrets.KeysetStore;
import dev.connections.core.store.CachedMetadata;
import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.ListPosition;
import dev.connections.core.store.PendingTest;
import dev.connections.core.store.QuotaRows;
import dev.connections.core.store.RunHistory;
import dev.connections.core.store.SealedRows;
import dev.connections.core.store.SnapshotStore;
import dev.connections.core.store.StoreFailures;
import dev.connections.core.store.StoredConnection;
import dev.connections.core.store.TokenRows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a store does, whichever database its rows lie in. */
abstract sealed class DatabaseStore implements ConnectionStore permits SqliteStore, PostgresStore {
  private final Transactions transactions;
  private final RecentRows recent;
  private final KeysetStore keyset;
  private final SealedRows sealedRows;
  private final TokenRows tokenRows;
  private final StoredAuditLog audit;
  private final SnapshotStore snapshots;
  private final CachedMetadata cached;
  private final RunHistory runs;
  private final QuotaRows quotas;

  /** The recent rows are told of each commit by the transactions. */
  DatabaseStore(Transactions transactions, RecentRows recent) {
    this.transactions = transactions;
    this.recent = recent;
    this.keyset = new KeysetRow(transactions);
    this.sealedRows = new KeyedRows(transactions);
    this.tokenRows = new TokensTable(transactions);
    this.audit = new StoredAuditLog(transactions);
    this.snapshots = new StoredSnapshots(transactions);
    this.cached = new StoredMetadata(transactions);
    this.runs = new StoredRuns(transactions);
    this.quotas = new QuotaTable(transactions);
  }

  @Override
  public final <T> T atomically(String account, Supplier<T> work) {
    return transactions.write(account, session -> work.get());
  }

  @Override
  public final void insert(StoredConnection row) {
    transactions.write(
        row.account(),
        session -> {
          ConnectionRows.insert(session, row);
          return row;
        });
  }

  @Override
  public final Optional<StoredConnection> find(String account, String id) {
    return transactions.joined() ? stored(account, id) : recent.find(account, id, this::stored);
  }

  private Optional<StoredConnection> stored(String account, String id) {
    return transactions.read(account, session -> ConnectionRows.find(session, account, id));
  }

  @Override
  public final void replace(StoredConnection row, long expectedVersion) {
    if (!transactions.write(
        row.account(), session -> ConnectionRows.replace(session, row, expectedVersion))) {
      throw StoreFailures.staleVersion();
    }
  }

  @Override
  public final void delete(String account, String id, long expectedVersion) {
    if (!change(
        account,
        "DELETE FROM connections WHERE account_id = ? AND id = ? AND version = ?",
        account,
        id,
        expectedVersion)) {
      throw StoreFailures.staleVersion();
    }
  }

  @Override
  public final Page<StoredConnection> list(
      Actor viewer, ConnectionFilter filter, ListRequest request) {
    List<StoredConnection> found =
        transactions.read(
            viewer.account(),
            session ->
                ConnectionRows.list(
                    session, ListQuery.page(session.dialect(), viewer, filter, request)));
    if (found.size() <= request.limit()) {
      return new Page<>(found, Optional.empty(), OptionalLong.empty(), List.of());
    }
    List<StoredConnection> page = found.subList(0, request.limit());
    ListPosition last = ListPosition.of(page.get(page.size() - 1), request.sort());
    return new Page<>(page, Optional.of(last.token(request)), OptionalLong.empty(), List.of());
  }

  @Override
  public final long count(Actor viewer, ConnectionFilter filter) {
    return transactions.read(
        viewer.account(),
        session -> {
          ListQuery query = ListQuery.all(session.dialect(), viewer, filter);
          return session.number(
              "SELECT count(*) FROM connections WHERE " + query.where(), query.values());
        });
  }

  @Override
  public final boolean beginTest(String account, String id, PendingTest test) {
    return change(
        account,
        "UPDATE connections SET pending_test = ?, pending_until = ?"
            + " WHERE account_id = ? AND id = ?",
        test.run(),
        StoredTime.text(test.until()),
        account,
        id);
  }

  @Override
  public final boolean endTest(
      String account, String id, String run, long configurationVersion, TestSummary outcome) {
    return transactions.write(
        account,
        session -> {
          abandonTest(account, id, run);
          return change(
              account,
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
  public final void abandonTest(String account, String id, String run) {
    change(
        account,
        "UPDATE connections SET pending_test = NULL, pending_until = NULL"
            + " WHERE account_id = ? AND id = ? AND pending_test = ?",
        account,
        id,
        run);
  }

  @Override
  public final boolean rememberImportSettings(String account, String id, String settings) {
    return change(
        account,
        "UPDATE connections SET import_settings = ? WHERE account_id = ? AND id = ?",
        settings,
        account,
        id);
  }

  @Override
  public final boolean recordImport(String account, String id, Instant at, OptionalDouble rate) {
    return change(
        account,
        "UPDATE connections SET last_import_at = ?, import_rate = coalesce(?, import_rate)"
            + " WHERE account_id = ? AND id = ?",
        StoredTime.text(at),
        rate.isPresent() ? rate.getAsDouble() : null,
        account,
        id);
  }

  private boolean change(String account, String sql, @Nullable Object... values) {
    return transactions.write(account, session -> session.update(sql, values)) == 1;
  }

  @Override
  public final long deleteWorkspace(String account, String workspace) {
    return rowsDeleted(
        account,
        "DELETE FROM connections WHERE account_id = ? AND workspace_id = ?",
        account,
        workspace);
  }

  /** {@inheritDoc} The account's audit records stay. */
  @Override
  public final long deleteAccount(String account) {
    return rowsDeleted(account, "DELETE FROM connections WHERE account_id = ?", account);
  }

  private long rowsDeleted(String account, String sql, @Nullable Object... values) {
    return transactions.writeMuch(account, session -> session.update(sql, values));
  }

  @Override
  public final KeysetStore keyset() {
    return keyset;
  }

  @Override
  public final SealedRows sealedRows() {
    return sealedRows;
  }

  @Override
  public final TokenRows tokenRows() {
    return tokenRows;
  }

  @Override
  public final Optional<AuditLog> auditLog() {
    return Optional.of(audit);
  }

  @Override
  public final Optional<SnapshotStore> snapshots() {
    return Optional.of(snapshots);
  }

  @Override
  public final Optional<CachedMetadata> cachedMetadata() {
    return Optional.of(cached);
  }

  @Override
  public final Optional<RunHistory> runs() {
    return Optional.of(runs);
  }

  @Override
  public final Optional<QuotaRows> quotas() {
    return Optional.of(quotas);
  }

  /** {@return the audit log that this store keeps, to be read; the same at every call} */
  public final StoredAuditLog audit() {
    return audit;
  }

  /**
   * Ends the store, after the calls under way. Calling it again does nothing; any other call fails
   * with {@link dev.connections.core.CoreErrorCode#CLOSED} from then on.
   */
  @Override
  public final void close() {
    recent.close();
    transactions.close();
  }
}
