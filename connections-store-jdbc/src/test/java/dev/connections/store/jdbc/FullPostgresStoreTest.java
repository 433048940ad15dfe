package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.core.ConnectionFilter;
import dev.connections.core.store.StoredConnection;
import org.junit.jupiter.api.Test;

/** A server without room: what it then says of any write, it says here of rows of one name. */
final class FullPostgresStoreTest {
  @Test
  void what_has_no_room_is_refused_and_all_else_can_still_be_read_and_written() {
    String database = PostgresServer.newDatabase();
    StoredConnection kept = Rows.row("acme", "Sales");
    StoredConnection large = Rows.row("acme", "Large");
    try (PostgresStore store = PostgresServer.open(database)) {
      store.insert(kept);
      PostgresServer.run(
          database,
          "CREATE FUNCTION connections.no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
              + " RAISE 'canary-9f27c3: no space left on device' USING ERRCODE = '53100'; END $$",
          "CREATE TRIGGER no_room BEFORE INSERT ON connections.connections FOR EACH ROW"
              + " WHEN (new.name = 'Large') EXECUTE FUNCTION connections.no_room()");
      assertThat(
              Rows.failing(() -> store.insert(large), StoreErrorCode.STORE_FULL)
                  .failure()
                  .toString())
          .contains("53100")
          .doesNotContain("canary-9f27c3");
      Rows.failing(
          () ->
              store.atomically(
                  "acme",
                  () -> {
                    store.delete("acme", kept.id(), 1);
                    store.insert(large);
                    return large;
                  }),
          StoreErrorCode.STORE_FULL);
      assertThat(store.find("acme", kept.id())).contains(kept);
      store.insert(Rows.row("acme", "Small"));
      assertThat(store.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(2);
    }
  }
}
