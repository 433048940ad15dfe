package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.ListRequest;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.store.StoredConnection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** How often a call goes to the server and back, counted on the wire. */
final class PostgresRoundTripsTest {
  private Wire wire;
  private PostgresStore store;

  @BeforeEach
  void open() throws IOException {
    wire = new Wire(PostgresServer.port());
    store =
        PostgresStore.at(
            PostgresServer.settings(PostgresServer.emptied(), wire.port()).poolSize(1).build());
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    wire.close();
  }

  private int roundTrips(Runnable call) {
    int before = wire.roundTrips();
    call.run();
    return wire.roundTrips() - before;
  }

  @Test
  void a_read_is_three_round_trips_tenant_row_and_commit() {
    StoredConnection row = Rows.row("acme", "Sales");
    store.insert(row);
    assertThat(roundTrips(() -> assertThat(store.find("acme", row.id())).contains(row)))
        .isEqualTo(3);
    assertThat(
            roundTrips(() -> store.list(Rows.ADMIN, ConnectionFilter.all(), ListRequest.first())))
        .isEqualTo(3);
    assertThat(roundTrips(() -> store.count(Rows.ADMIN, ConnectionFilter.all()))).isEqualTo(3);
  }

  @Test
  void a_hosts_pool_that_does_not_begin_with_our_schema_costs_a_fourth() {
    String database = PostgresServer.emptied();
    PostgresStoreSettings settings = PostgresServer.settings(database, wire.port()).build();
    for (String path : List.of("public", PostgresTransactions.searchPath("connections"))) {
      PGSimpleDataSource source = PostgresPool.source(settings, settings.user());
      source.setCurrentSchema(path);
      HikariConfig config = new HikariConfig();
      config.setDataSource(source);
      config.setMaximumPoolSize(1);
      try (HikariDataSource pool = new HikariDataSource(config);
          PostgresStore ours = PostgresStore.over(pool, "connections")) {
        assertThat(roundTrips(() -> ours.find("acme", "nothing")))
            .as(path)
            .isEqualTo(path.equals("public") ? 4 : 3);
      }
    }
  }

  @Test
  void a_row_that_was_just_read_is_none() {
    StoredConnection row = Rows.row("acme", "Sales");
    store.insert(row);
    int trips =
        roundTrips(
            () -> {
              for (int i = 0; i < 1000; i++) {
                store.find("acme", row.id());
              }
            });
    assertThat(trips).isBetween(3, 1500);
  }

  @Test
  void a_write_is_three_and_its_audit_record_three_more() {
    StoredConnection row = Rows.row("acme", "Sales");
    assertThat(roundTrips(() -> store.insert(row))).isEqualTo(3);
    StoredConnection changed =
        row.toBuilder().description(Optional.of("x")).changed(Rows.NOON, 2, 1).build();
    AuditRecord record = AuditRecord.of(AuditOperation.UPDATE, Rows.NOON, "acme", "ada").build();
    int trips =
        roundTrips(
            () ->
                store.atomically(
                    "acme",
                    () -> {
                      store.audit().append(record);
                      store.replace(changed, 1);
                      return changed;
                    }));
    assertThat(trips).isEqualTo(6);
  }
}
