package dev.connections.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Visibility;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SnapshotStore} must do. A store's test extends it. */
public abstract class SnapshotStoreContract {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Snapshot TAKEN = new Snapshot(NOON, "{\"scopes\":[]}");
  private static final SchemaName SHOP = SchemaName.of("shop");

  private ConnectionStore store;
  private SnapshotStore snapshots;

  /** {@return an empty store, open until it is closed after the test} */
  protected abstract ConnectionStore emptyStore() throws Exception;

  @BeforeEach
  final void open() throws Exception {
    store = emptyStore();
    snapshots = store.snapshots().orElseThrow();
    connection("acme", "c1");
  }

  @AfterEach
  final void close() {
    store.close();
  }

  private void connection(String account, String id) {
    store.insert(
        StoredConnection.builder(
                id,
                new Ownership(account, Optional.of("west"), "ada", Visibility.PRIVATE, false),
                "Sales " + id,
                "MSSQL",
                new StoredConfiguration(1, "{}"))
            .created("ada", NOON)
            .build());
  }

  private static StoredTable table(TableName name, String content) {
    return StoredTable.of(name, "table", content.getBytes(StandardCharsets.UTF_8));
  }

  private static StoredTable table(String name, String content) {
    return table(SHOP.table(name), content);
  }

  private boolean write(long change, List<StoredTable> tables, List<TableName> gone) {
    return snapshots.write("acme", "c1", change, LONG, tables, gone);
  }

  private long begun() {
    return snapshots.begin("acme", "c1", LONG).orElseThrow();
  }

  private void taken(StoredTable... tables) {
    long change = begun();
    assertThat(write(change, List.of(tables), List.of())).isTrue();
    assertThat(snapshots.commit("acme", "c1", change, TAKEN)).isTrue();
  }

  private List<String> names() {
    return snapshots.names("acme", "c1", Optional.empty(), 100).stream()
        .map(some -> some.name().table())
        .toList();
  }

  @Test
  void tables_come_back_as_they_went_in_whatever_their_names_are() {
    List<TableName> odd =
        List.of(
            new SchemaName(Optional.empty(), "a").table("b"),
            new SchemaName(Optional.of("a"), "b").table("c"),
            new SchemaName(Optional.of(""), "a").table("b"),
            SchemaName.of("").table(""),
            SchemaName.of("a.b").table("c\"]'; --"),
            SchemaName.of("Ünï").table("☃ 𝄞 \u0000 \n"));
    List<StoredTable> tables = odd.stream().map(name -> table(name, "content of " + name)).toList();
    taken(tables.toArray(StoredTable[]::new));

    assertThat(snapshots.find("acme", "c1")).contains(TAKEN);
    assertThat(snapshots.tables("acme", "c1", odd).values())
        .containsExactlyInAnyOrderElementsOf(tables);
    assertThat(snapshots.tables("acme", "c1", Set.of(SHOP.table("absent")))).isEmpty();
    assertThat(snapshots.names("acme", "c1", Optional.empty(), 100))
        .allMatch(StoredTable::isNameOnly)
        .extracting(StoredTable::name)
        .containsExactlyInAnyOrderElementsOf(odd);
  }

  @Test
  void a_change_is_seen_when_it_is_committed_and_not_before() {
    taken(table("orders", "1"), table("old", "1"));
    long change = begun();
    write(change, List.of(table("orders", "2"), table("new", "1")), List.of(SHOP.table("old")));
    assertThat(names()).containsExactlyInAnyOrder("orders", "old");
    assertThat(snapshots.tables("acme", "c1", Set.of(SHOP.table("orders"))).values())
        .containsExactly(table("orders", "1"));

    Snapshot next = new Snapshot(NOON.plusSeconds(60), "{}");
    assertThat(snapshots.commit("acme", "c1", change, next)).isTrue();
    assertThat(snapshots.find("acme", "c1")).contains(next);
    assertThat(names()).containsExactlyInAnyOrder("orders", "new");
    assertThat(snapshots.tables("acme", "c1", Set.of(SHOP.table("orders"))).values())
        .containsExactly(table("orders", "2"));
  }

  @Test
  void an_abandoned_change_leaves_nothing_and_makes_room_for_the_next() {
    taken(table("orders", "1"));
    long change = begun();
    write(change, List.of(table("orders", "2")), List.of());
    snapshots.abandon("acme", "c1", change);
    assertThat(snapshots.commit("acme", "c1", change, TAKEN)).isFalse();

    taken();
    assertThat(snapshots.tables("acme", "c1", Set.of(SHOP.table("orders"))).values())
        .containsExactly(table("orders", "1"));
  }

  @Test
  void only_one_changes_a_snapshot_at_a_time() {
    connection("acme", "c2");
    long change = begun();
    assertThat(snapshots.begin("acme", "c1", LONG)).isEmpty();
    assertThat(snapshots.begin("acme", "c2", LONG)).isPresent();
    assertThat(snapshots.commit("acme", "c1", change, TAKEN)).isTrue();
    assertThat(snapshots.begin("acme", "c1", LONG)).isPresent();
  }

  @Test
  void whose_lease_has_ended_writes_nothing_once_another_has_taken_over() {
    long dead = snapshots.begin("acme", "c1", Duration.ZERO).orElseThrow();
    snapshots.write("acme", "c1", dead, Duration.ZERO, List.of(table("dead", "1")), List.of());
    long next = begun();
    assertThat(next).isGreaterThan(dead);

    assertThat(write(dead, List.of(table("late", "1")), List.of())).isFalse();
    assertThat(snapshots.commit("acme", "c1", dead, TAKEN)).isFalse();
    snapshots.abandon("acme", "c1", dead);
    assertThat(write(next, List.of(table("orders", "1")), List.of())).isTrue();
    assertThat(snapshots.commit("acme", "c1", next, TAKEN)).isTrue();
    assertThat(names()).containsExactly("orders");
  }

  @Test
  void a_lease_that_has_ended_is_good_until_another_takes_over() {
    long slow = snapshots.begin("acme", "c1", Duration.ZERO).orElseThrow();
    assertThat(write(slow, List.of(table("orders", "1")), List.of())).isTrue();
    assertThat(snapshots.begin("acme", "c1", LONG)).as("the write has prolonged it").isEmpty();
    assertThat(snapshots.commit("acme", "c1", slow, TAKEN)).isTrue();
  }

  @Test
  void names_are_paged_each_once() {
    List<StoredTable> tables = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      tables.add(table("t" + i, "x"));
    }
    taken(tables.toArray(StoredTable[]::new));
    List<TableName> all = new ArrayList<>();
    List<StoredTable> page = snapshots.names("acme", "c1", Optional.empty(), 10);
    while (!page.isEmpty()) {
      page.forEach(some -> all.add(some.name()));
      page = snapshots.names("acme", "c1", Optional.of(all.get(all.size() - 1)), 10);
    }
    assertThat(all).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void another_account_sees_and_changes_nothing() {
    connection("other", "c1");
    taken(table("orders", "1"));
    assertThat(snapshots.find("other", "c1")).isEmpty();
    assertThat(snapshots.tables("other", "c1", Set.of(SHOP.table("orders")))).isEmpty();
    assertThat(snapshots.names("other", "c1", Optional.empty(), 10)).isEmpty();

    long change = begun();
    assertThat(
            snapshots.write("other", "c1", change, LONG, List.of(table("orders", "2")), List.of()))
        .isFalse();
    assertThat(snapshots.commit("other", "c1", change, TAKEN)).isFalse();
    snapshots.abandon("other", "c1", change);
    assertThat(snapshots.commit("acme", "c1", change, TAKEN)).isTrue();
  }

  @Test
  void a_connection_that_is_not_there_has_no_snapshot_and_gets_none() {
    assertThat(snapshots.begin("acme", "none", LONG)).isEqualTo(OptionalLong.empty());
    assertThat(snapshots.find("acme", "none")).isEmpty();
    assertThat(snapshots.commit("acme", "none", 1, TAKEN)).isFalse();
  }

  @Test
  void a_snapshot_is_deleted_with_its_connection_its_workspace_and_its_account() {
    taken(table("orders", "1"));
    store.delete("acme", "c1", 1);
    assertIsAnew();
    store.deleteWorkspace("acme", "west");
    assertIsAnew();
    store.deleteAccount("acme");
    assertIsAnew();
  }

  private void assertIsAnew() {
    assertThat(snapshots.find("acme", "c1")).isEmpty();
    connection("acme", "c1");
    assertThat(snapshots.find("acme", "c1")).isEmpty();
    assertThat(names()).isEmpty();
    taken(table("orders", "1"));
  }

  @Test
  void a_deletion_that_is_undone_leaves_the_snapshot() {
    taken(table("orders", "1"));
    assertThat(
            catchThrowable(
                () ->
                    store.atomically(
                        "acme",
                        () -> {
                          store.delete("acme", "c1", 1);
                          throw new IllegalStateException("undone");
                        })))
        .hasMessage("undone");
    assertThat(names()).containsExactly("orders");
  }
}
