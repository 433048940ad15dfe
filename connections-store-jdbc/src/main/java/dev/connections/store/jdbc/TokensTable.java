package dev.connections.store.jdbc;

import dev.connections.api.StandardFailures;
import dev.connections.core.store.TokenRow;
import dev.connections.core.store.TokenRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tokens of connections. Leases end by the clock of the database.
 *
 * @param transactions reach the rows
 */
record TokensTable(Transactions transactions) implements TokenRows {
  private static final String FIND =
      "SELECT * FROM connection_tokens WHERE account_id = ? AND connection_id = ?";

  private static final String RELEASE =
      "UPDATE connection_tokens SET lease_holder = NULL, lease_until = NULL"
          + " WHERE account_id = ? AND connection_id = ? AND lease_holder = ?";

  private static final String REPLACE =
      "UPDATE connection_tokens SET configuration_version = ?, tokens = ?, key_id = ?,"
          + " version = version + 1 WHERE account_id = ? AND connection_id = ? AND version = ?"
          + " AND configuration_version <= ?";

  @Override
  public Optional<TokenRow> find(String account, String connection) {
    return transactions.read(
        account, session -> session.first(FIND, TokensTable::read, account, connection));
  }

  private static TokenRow read(ResultSet row) throws SQLException {
    long key = row.getLong("key_id");
    OptionalLong keyId = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(key);
    return new TokenRow(
        row.getString("account_id"),
        row.getString("connection_id"),
        row.getLong("configuration_version"),
        row.getString("tokens"),
        keyId,
        row.getLong("version"));
  }

  @Override
  public boolean lease(
      String account,
      String connection,
      long configurationVersion,
      String holder,
      Duration length) {
    return transactions.write(
        account,
        session -> {
          String now = session.dialect().millis();
          try {
            return session.update(
                    "INSERT INTO connection_tokens (account_id, connection_id,"
                        + " configuration_version, lease_holder, lease_until) VALUES (?, ?, ?, ?, "
                        + now
                        + " + ?) ON CONFLICT (account_id, connection_id) DO UPDATE"
                        + " SET lease_holder = excluded.lease_holder,"
                        + " lease_until = excluded.lease_until"
                        + " WHERE connection_tokens.lease_holder IS NULL"
                        + " OR connection_tokens.lease_holder = excluded.lease_holder"
                        + " OR connection_tokens.lease_until <= "
                        + now,
                    account,
                    connection,
                    configurationVersion,
                    holder,
                    length.toMillis())
                == 1;
          } catch (SQLException e) {
            if (session.dialect().isMissingReference(e)) {
              throw StandardFailures.notFound("connection", connection).asException();
            }
            throw e;
          }
        });
  }

  @Override
  public void release(String account, String connection, String holder) {
    transactions.write(account, session -> session.update(RELEASE, account, connection, holder));
  }

  @Override
  public boolean replace(TokenRow tokens) {
    return transactions.write(tokens.account(), session -> replace(session, tokens));
  }

  private static boolean replace(Session session, TokenRow tokens) throws SQLException {
    try {
      return session.update(
              REPLACE,
              tokens.configurationVersion(),
              tokens.text(),
              tokens.keyId().orElseThrow(),
              tokens.account(),
              tokens.connection(),
              tokens.version(),
              tokens.configurationVersion())
          == 1;
    } catch (SQLException e) {
      throw KeyedRows.retiredOr(session, e);
    }
  }
}
