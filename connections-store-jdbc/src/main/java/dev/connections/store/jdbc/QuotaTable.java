package dev.connections.store.jdbc;

import dev.connections.api.Quota;
import dev.connections.core.SeenQuota;
import dev.connections.core.store.QuotaRow;
import dev.connections.core.store.QuotaRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What sources said of their allowances, in one table. */
record QuotaTable(Transactions transactions) implements QuotaRows {
  @Override
  public void keep(String account, Collection<QuotaRow> rows) {
    List<List<@Nullable Object>> values = new ArrayList<>();
    rows.stream()
        .sorted(Comparator.comparing(QuotaRow::connection).thenComparing(QuotaTable::name))
        .forEach(row -> values.add(values(account, row))); // in one order, so that nobody deadlocks
    transactions.write(
        account,
        session -> {
          session.batch(
              "INSERT INTO quota_counters (account_id, connection_id, name, budget, used, allowed,"
                  + " resets_at, seen_at)"
                  + " SELECT account_id, id, ?, ?, CAST(? AS bigint), CAST(? AS bigint), ?, ?"
                  + " FROM connections WHERE account_id = ? AND id = ?"
                  + " ON CONFLICT (account_id, connection_id, name) DO UPDATE SET"
                  + " budget = excluded.budget, used = excluded.used, allowed = excluded.allowed,"
                  + " resets_at = excluded.resets_at, seen_at = excluded.seen_at"
                  + " WHERE quota_counters.seen_at <= excluded.seen_at",
              values);
          return rows;
        });
  }

  private static String name(QuotaRow row) {
    return row.seen().quota().name();
  }

  private static List<@Nullable Object> values(String account, QuotaRow row) {
    Quota quota = row.seen().quota();
    List<@Nullable Object> values = new ArrayList<>(8);
    values.add(quota.name());
    values.add(row.budget().orElse(null));
    values.add(number(quota.used()));
    values.add(number(quota.limit()));
    values.add(StoredTime.text(quota.resetsAt()));
    values.add(StoredTime.text(row.seen().seenAt()));
    values.add(account);
    values.add(row.connection());
    return values;
  }

  private static @Nullable Long number(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }

  @Override
  public List<QuotaRow> find(String account, String connection) {
    if (connection.indexOf('\0') >= 0) {
      return List.of(); // PostgreSQL knows no such text
    }
    return transactions.read(
        account,
        session ->
            session.list(
                "SELECT * FROM quota_counters WHERE account_id = ? AND (connection_id = ?"
                    + " OR budget IN (SELECT budget FROM quota_counters"
                    + " WHERE account_id = ? AND connection_id = ? AND budget IS NOT NULL))",
                List.of(account, connection, account, connection),
                QuotaTable::read));
  }

  private static QuotaRow read(ResultSet row) throws SQLException {
    Quota quota =
        new Quota(
            row.getString("name"),
            number(row, "used"),
            number(row, "allowed"),
            StoredTime.of(row.getString("resets_at")));
    return new QuotaRow(
        row.getString("connection_id"),
        Optional.ofNullable(row.getString("budget")),
        new SeenQuota(quota, StoredTime.parse(row.getString("seen_at"))));
  }

  private static OptionalLong number(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
  }
}
