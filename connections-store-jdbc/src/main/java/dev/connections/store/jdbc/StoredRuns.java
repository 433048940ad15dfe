package dev.connections.store.jdbc;

import dev.connections.api.Page;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.access.Actor;
import dev.connections.core.history.HistoryQuery;
import dev.connections.core.history.HistorySettings;
import dev.connections.core.store.RunHistory;
import dev.connections.core.store.RunPosition;
import dev.connections.core.store.StoredRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Past tests and imports in one table. */
record StoredRuns(Transactions transactions) implements RunHistory {
  /** How many rows that are too many are deleted at once; the rest goes with later runs. */
  private static final int MOST_DELETED = 1000;

  private static final String OF_CONNECTION =
      " WHERE account_id = ? AND connection_id = ? AND kind = ?";

  /** Reads a view that has times and accounts and no more. */
  static final String NEXT_OLD =
      "SELECT account_id FROM run_history_ages WHERE finished_at < ? ORDER BY finished_at LIMIT 1";

  static final String DELETE_OLD =
      "DELETE FROM run_history WHERE account_id = ? AND id IN (SELECT id FROM run_history"
          + " WHERE account_id = ? AND kind IN ('test', 'import') AND finished_at < ? LIMIT ?)";

  @Override
  public boolean add(StoredRun run, HistorySettings limits) {
    return transactions.write(
        run.account(),
        session -> {
          boolean added = insert(session, run);
          if (added) {
            deleteTooMany(session, run, limits);
          }
          return added;
        });
  }

  private static boolean insert(Session session, StoredRun run) throws SQLException {
    return session.update(
            "INSERT INTO run_history (account_id, id, connection_id, kind, result, code, user_id,"
                + " started_at, finished_at, content)"
                + " SELECT account_id, ?, id, ?, ?, ?, ?, ?, ?, ? FROM connections"
                + " WHERE account_id = ? AND id = ?",
            run.id(),
            run.kind().stored(),
            run.result(),
            run.code().orElse(null),
            run.user(),
            StoredTime.text(run.startedAt()),
            StoredTime.text(run.finishedAt()),
            run.content(),
            run.account(),
            run.connection())
        == 1;
  }

  private static void deleteTooMany(Session session, StoredRun run, HistorySettings limits)
      throws SQLException {
    session.update(
        "DELETE FROM run_history"
            + OF_CONNECTION
            + " AND (finished_at < ? OR id IN (SELECT id FROM run_history"
            + OF_CONNECTION
            + " ORDER BY finished_at DESC, id DESC LIMIT "
            + MOST_DELETED
            + " OFFSET ?))",
        run.account(),
        run.connection(),
        run.kind().stored(),
        StoredTime.text(run.finishedAt().minus(limits.age())),
        run.account(),
        run.connection(),
        run.kind().stored(),
        limits.runs());
  }

  /** Account by account: a transaction reaches the rows of one. */
  @Override
  public int deleteOld(Instant before, int most) {
    String end = StoredTime.text(before);
    int deleted = 0;
    while (deleted < most) {
      Optional<String> account =
          transactions.readEveryAccount(
              session -> session.first(NEXT_OLD, row -> row.getString(1), end));
      if (account.isEmpty()) {
        return deleted;
      }
      int gone = deleteOld(account.get(), end, most - deleted);
      if (gone == 0) {
        return deleted; // another node was faster
      }
      deleted += gone;
    }
    return deleted;
  }

  private int deleteOld(String account, String end, int most) {
    return transactions.writeMuch(
        account, session -> session.update(DELETE_OLD, account, account, end, most));
  }

  @Override
  public Page<StoredRun> list(Actor viewer, StoredRun.Kind kind, HistoryQuery<?> query) {
    Optional<RunPosition> after = query.pageToken().map(RunPosition::parse);
    if (query.connection().filter(id -> id.indexOf('\0') >= 0).isPresent()) {
      return Page.only(List.of()); // PostgreSQL knows no such text
    }
    List<StoredRun> found =
        transactions.read(
            viewer.account(),
            session -> {
              Search search = search(session.dialect(), viewer, kind, query, after);
              return session.list(search.sql, search.values, StoredRuns::read);
            });
    return RunPosition.page(found, query.limit());
  }

  /**
   * A statement, of a few fixed pieces.
   *
   * @param sql the pieces
   * @param values what is bound to them
   */
  record Search(String sql, List<Object> values) {}

  static Search search(
      Dialect dialect,
      Actor viewer,
      StoredRun.Kind kind,
      HistoryQuery<?> query,
      Optional<RunPosition> after) {
    StringBuilder sql =
        new StringBuilder("SELECT * FROM run_history WHERE account_id = ? AND kind = ?");
    List<Object> values = new ArrayList<>(List.of(viewer.account(), kind.stored()));
    and(sql, values, "connection_id = ?", query.connection());
    and(sql, values, "result = ?", query.result().map(StoredName::of));
    and(sql, values, "finished_at >= ?", query.from().map(StoredTime::text));
    and(sql, values, "finished_at < ?", query.until().map(StoredTime::text));
    after.ifPresent(
        place -> {
          sql.append(" AND (finished_at, id) < (?, ?)");
          values.add(StoredTime.text(place.at()));
          values.add(place.id());
        });
    ListQuery seen = ListQuery.all(dialect, viewer, ConnectionFilter.all());
    sql.append(
        " AND EXISTS (SELECT 1 FROM connections AS c WHERE c.account_id = run_history.account_id"
            + " AND c.id = run_history.connection_id AND ");
    sql.append(seen.where()).append(") ORDER BY finished_at DESC, id DESC LIMIT ?");
    values.addAll(seen.values());
    values.add(query.limit() + 1);
    return new Search(sql.toString(), values);
  }

  private static void and(
      StringBuilder where, List<Object> values, String condition, Optional<String> value) {
    value.ifPresent(
        given -> {
          where.append(" AND ").append(condition);
          values.add(given);
        });
  }

  private static StoredRun read(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    return new StoredRun(
        row.getString("id"),
        row.getString("account_id"),
        row.getString("connection_id"),
        kind.equals(StoredRun.Kind.TEST.stored()) ? StoredRun.Kind.TEST : StoredRun.Kind.IMPORT,
        row.getString("result"),
        Optional.ofNullable(row.getString("code")),
        row.getString("user_id"),
        StoredTime.parse(row.getString("started_at")),
        StoredTime.parse(row.getString("finished_at")),
        row.getString("content"));
  }
}
