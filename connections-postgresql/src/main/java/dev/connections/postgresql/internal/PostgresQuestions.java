package dev.connections.postgresql.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.ServerInfo;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestSteps;
import dev.connections.jdbc.ConnectionCheck;
import dev.connections.jdbc.DatabaseErrorCode;
import dev.connections.jdbc.DatabaseFailures;
import dev.connections.jdbc.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the test of a connection asks a PostgreSQL server. */
final class PostgresQuestions implements ConnectionCheck.Questions {
  /** Asks whether the server encrypts; it answers with one letter and nothing has been told it. */
  private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 0xD2, 0x16, 0x2F};

  /** As many tables are looked at, at most; the queries say the same. */
  private static final int MOST = 1_000;

  private final PostgresDriver driver;
  private final DatabaseFailures failures;
  private final Clock clock;
  private boolean replica;

  PostgresQuestions(PostgresDriver driver, DatabaseFailures failures, Clock clock) {
    this.driver = driver;
    this.failures = failures;
    this.clock = clock;
  }

  @Override
  public boolean encrypting() {
    return driver.ssl().encrypting();
  }

  @Override
  public boolean encryptionRequired() {
    return driver.ssl().required();
  }

  @Override
  public boolean greet(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(SSL_REQUEST);
    out.flush();
    int answer = socket.getInputStream().read();
    if (answer != 'S' && answer != 'N') {
      throw wrongProtocol();
    }
    return answer == 'S';
  }

  private ConnectionException wrongProtocol() {
    return failures.of(StandardErrorCode.WRONG_PROTOCOL).asException();
  }

  @Override
  public ServerInfo server(Session session) throws SQLException {
    return session
        .query(
            Queries.SERVER,
            Session.Binder.NONE,
            row -> {
              Map<String, String> details = new LinkedHashMap<>();
              details.put("database", row.getString(2));
              details.put("login", row.getString(3));
              details.put("time_zone", row.getString(4));
              double server = row.getDouble(5);
              details.put(
                  "clock_difference_seconds",
                  Long.toString(Math.round(server - clock.millis() / 1000.0)));
              replica = row.getBoolean(6);
              details.put("read_only_replica", Boolean.toString(replica));
              details.put("encoding", row.getString(7));
              String version = row.getString(1);
              return new ServerInfo("PostgreSQL", Optional.of(version), details);
            })
        .get(0);
  }

  @Override
  public void authorize(Session session, TestSteps.Findings findings) throws SQLException {
    long[] counts =
        session
            .query(
                Queries.RIGHTS,
                Session.Binder.NONE,
                row -> new long[] {row.getLong(1), row.getLong(2)})
            .get(0);
    long all = counts[0];
    long visible = counts[1];
    // More aren't looked at, so nothing is known of them.
    String some = all == MOST ? "first " + all + " tables" : all == 1 ? "1 table" : all + " tables";
    findings.detail(visible + " of the " + some + " may be read");
    if (visible < all) {
      findings.warn(
          Failure.of(
                  StandardErrorCode.PERMISSION_DENIED,
                  visible == 0
                      ? "This login may read none of the " + some + "."
                      : "This login may not read "
                          + (all - visible)
                          + " of the "
                          + some
                          + "; they are left out.")
              .withRemedy(Grants.remedy())
              .withFields(PostgresFields.USER));
    }
  }

  @Override
  public void read(Session session, TestSteps.Findings findings) throws SQLException {
    int columns =
        session.query(Queries.SAMPLE, Session.Binder.NONE, row -> row.getString(1)).size();
    if (replica) {
      findings.warn(failures.of(DatabaseErrorCode.READ_ONLY_REPLICA));
    }
    findings.detail(
        columns == 0
            ? "no table to read among the first " + MOST
            : columns + " columns of a table");
  }
}
