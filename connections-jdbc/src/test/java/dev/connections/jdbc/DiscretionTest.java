package dev.connections.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import dev.connections.testkit.LogCapture;
import dev.connections.testkit.TestOperation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says of a broken connection gets into no log. */
@Timeout(60)
class DiscretionTest {
  private static final String CANARY = "canary-5be0c7d1";

  private static String saying(String state) {
    return "do $$ begin raise exception using errcode = '"
        + state
        + "', message = '"
        + CANARY
        + "'; end $$";
  }

  /** All but the driver's own record of its protocol, and what the test's server writes itself. */
  private static String said(LogCapture log) {
    return log.lines().stream()
        .filter(line -> !line.matches("(?s)[A-Z]+ (org\\.postgresql|io\\.zonky)\\..*"))
        .collect(Collectors.joining("\n"));
  }

  private static int session(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01"})
  void a_hosts_broken_connection_is_not_used_again_and_its_words_are_not_logged(String state)
      throws SQLException {
    try (LogCapture log = LogCapture.start();
        Database database = ToolkitServer.open(1)) {
      int broken;
      try (Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        broken = session(connection);
        assertThatThrownBy(() -> statement.execute(saying(state)))
            .as("the host hears the driver itself")
            .hasMessageContaining(CANARY);
      }
      try (Connection connection = database.dataSource().getConnection()) {
        assertThat(session(connection)).isNotEqualTo(broken);
      }
      assertThat(said(log)).doesNotContain(CANARY);
    }
  }

  @Test
  void a_hosts_mistake_breaks_no_connection() throws SQLException {
    try (Database database = ToolkitServer.open(1)) {
      int first;
      try (Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        first = session(connection);
        assertThatThrownBy(() -> statement.execute("select nothing from nowhere"))
            .isInstanceOf(SQLException.class);
      }
      try (Connection connection = database.dataSource().getConnection()) {
        assertThat(session(connection)).isEqualTo(first);
      }
    }
  }

  @Test
  void our_own_calls_log_and_throw_none_of_a_servers_words() {
    try (LogCapture log = LogCapture.start();
        Database database = ToolkitServer.open(1)) {
      ConnectionException thrown =
          catchThrowableOfType(
              ConnectionException.class,
              () ->
                  database.list(
                      CatalogQuery.read(DiscretionTest.class, "toolkit", "numbers")
                          .edited(text -> saying("57P01")),
                      Session.Binder.NONE,
                      row -> 1,
                      TestOperation.start()));

      assertThat(thrown.code()).isEqualTo(StandardErrorCode.UNAVAILABLE);
      assertThat(thrown.failure().toString()).doesNotContain(CANARY);
      assertThat(said(log)).doesNotContain(CANARY);
    }
  }
}
