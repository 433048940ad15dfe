package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.store.StoredConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes on one database. */
final class SharedPostgresStoreTest extends SharedStoreContract {
  private static final Duration AGE = Duration.ofMillis(5);

  private String database;

  SharedPostgresStoreTest() {
    super(AGE);
  }

  @Override
  void clear() {
    database = PostgresServer.emptied();
  }

  @Override
  DatabaseStore node() {
    return PostgresStore.at(PostgresServer.settings(database).rowAge(AGE).build());
  }

  /**
   * A statement that failed has ended the server's transaction, whatever the caller makes of it.
   */
  @Test
  void work_that_hides_a_failed_statement_is_not_kept_by_halves() {
    StoredConnection sales = Rows.row("acme", "Sales");
    here.insert(sales);
    here.insert(Rows.row("acme", "Other"));
    StoredConnection renamed =
        second(Rows.row("acme", "Other"), "x").toBuilder().name("Sales").build();
    assertThatThrownBy(
            () ->
                there.atomically(
                    "acme",
                    () -> {
                      there.delete("acme", Rows.row("acme", "Other").id(), 1);
                      there.insert(Rows.row("acme", "Other"));
                      Rows.failing(() -> there.replace(renamed, 1), CoreErrorCode.NAME_TAKEN);
                      return renamed;
                    }))
        .isInstanceOf(ConnectionException.class);
    assertThat(here.find("acme", sales.id())).contains(sales);
    assertThat(here.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE connections.audit_log SET user_id = 'eve' WHERE sequence = 3",
        "UPDATE connections.audit_log SET at = '2026-05-01T12:00:00.123456788Z' WHERE sequence = 3",
        "UPDATE connections.audit_log SET result = 'denied' WHERE sequence = 3",
        "UPDATE connections.audit_log SET fields = '[\"server\"]' WHERE sequence = 3",
        "UPDATE connections.audit_log SET hash = upper(hash) WHERE sequence = 3",
        "DELETE FROM connections.audit_log WHERE sequence = 3"
      })
  void the_audit_log_refuses_its_owner_and_whoever_gets_round_that_is_found_out(String change) {
    for (int i = 0; i < 6; i++) {
      insert(here, Rows.row("acme", "Connection " + i));
    }
    assertThatThrownBy(() -> PostgresServer.run(database, change))
        .hasMessageContaining("never changed");
    assertThat(there.audit().firstBroken("acme")).isEmpty();
    PostgresServer.run(database, "SET session_replication_role = replica", change);
    assertThat(there.audit().firstBroken("acme")).hasValue(3);
  }
}
