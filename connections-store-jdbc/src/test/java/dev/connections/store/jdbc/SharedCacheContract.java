package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.Page;
import dev.connections.api.SchemaInfo;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.ConnectionUpdate;
import dev.connections.core.Connections;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.store.ConnectionStore;
import dev.connections.testkit.SyntheticSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes with one store: what one has read the other needn't, and what changed reaches both. */
abstract class SharedCacheContract {
  private static final Actor ADA = Actor.of("acme", "ada", Role.MEMBER);
  private static final TableName TABLE = SyntheticSource.table(0, 1);
  private static final TableQuery LISTING = TableQuery.of(TABLE.schema()).limit(2);

  private final SyntheticSource source = SyntheticSource.create();
  private final KeySource keys = KeySource.ephemeral();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-05-01T12:00:00Z"));
  private Connections one;
  private Connections other;
  private TenantConnections here;
  private TenantConnections there;
  private String id;

  /** {@return one more store of the database of this test} */
  abstract ConnectionStore store() throws Exception;

  /** Waits until rows that a store has in memory are looked at again. */
  abstract void settle() throws Exception;

  @BeforeEach
  final void open() throws Exception {
    one = node();
    other = node();
    here = one.as(ADA);
    there = other.as(ADA);
    Connection made =
        here.create(
            ConnectionDraft.of("synthetic", "Sales").configuration(source.configuration(2, 4, 3)));
    id = made.id();
  }

  private Connections node() throws Exception {
    return Connections.builder()
        .store(store())
        .keys(keys)
        .provider(source.provider())
        .pluginLoader(Optional.empty())
        .clock(
            new Clock() {
              @Override
              public ZoneId getZone() {
                return ZoneOffset.UTC;
              }

              @Override
              public Clock withZone(ZoneId zone) {
                return this;
              }

              @Override
              public Instant instant() {
                return now.get();
              }
            })
        .build();
  }

  @AfterEach
  final void close() {
    one.close();
    other.close();
  }

  private long asked(Runnable what) {
    long before = source.counts().roundTrips();
    what.run();
    return source.counts().roundTrips() - before;
  }

  @Test
  void what_one_node_has_read_the_other_does_not_ask_for() {
    TableMetadata table = here.getTableMetadata(id, TABLE);
    List<SchemaInfo> schemas = here.listSchemas(id);
    assertThat(
            asked(
                () -> {
                  assertThat(there.getTableMetadata(id, TABLE)).isEqualTo(table);
                  assertThat(there.listSchemas(id)).isEqualTo(schemas);
                }))
        .isZero();
  }

  @Test
  void a_listing_that_one_node_has_read_page_by_page_the_other_does_not_ask_for() {
    List<Page<TableInfo>> read = pages(here);
    assertThat(read).hasSize(2);
    assertThat(asked(() -> assertThat(pages(there)).isEqualTo(read))).isZero();
  }

  private List<Page<TableInfo>> pages(TenantConnections node) {
    List<Page<TableInfo>> pages = new ArrayList<>();
    TableQuery query = LISTING;
    while (true) {
      Page<TableInfo> page = node.listTables(id, query);
      pages.add(page);
      if (page.next().isEmpty()) {
        return pages;
      }
      query = query.after(page.next().get());
    }
  }

  @Test
  void a_listing_of_another_page_size_or_what_is_searched_for_is_no_answer() {
    here.listTables(id, LISTING);
    here.listTables(id, LISTING.nameContains("1"));
    assertThat(asked(() -> there.listTables(id, LISTING.limit(3)))).isPositive();
    assertThat(asked(() -> there.listTables(id, LISTING.nameContains("1")))).isPositive();
    assertThat(asked(() -> there.listTables(id, LISTING))).isZero();
  }

  @Test
  void a_listing_is_read_anew_on_every_node_when_an_import_has_found_something_otherwise()
      throws Exception {
    here.importMetadata(id, ImportOptions.all(), ImportListener.NONE).join().orThrow();
    settle();
    there.listTables(id, LISTING);
    here.listTables(id, LISTING);
    here.importMetadata(id, ImportOptions.all(), ImportListener.NONE).join().orThrow();
    settle();
    assertThat(asked(() -> there.listTables(id, LISTING))).as("all is as it was").isZero();
    source.removeTable(TABLE);
    here.importMetadata(id, ImportOptions.all(), ImportListener.NONE).join().orThrow();
    settle();
    for (TenantConnections node : List.of(there, here)) {
      assertThat(pages(node).stream().flatMap(page -> page.items().stream()))
          .hasSize(3)
          .noneMatch(table -> table.name().equals(TABLE));
    }
  }

  @Test
  void a_listing_from_before_a_first_import_is_not_believed_after_it() throws Exception {
    there.listTables(id, LISTING);
    source.removeTable(TABLE);
    here.importMetadata(id, ImportOptions.all(), ImportListener.NONE).join().orThrow();
    settle();
    assertThat(pages(there).stream().flatMap(page -> page.items().stream())).hasSize(3);
  }

  @Test
  void a_listing_is_read_anew_when_the_cache_is_emptied_expires_or_the_configuration_changes()
      throws Exception {
    there.listTables(id, LISTING);
    here.invalidateMetadata(id);
    settle();
    assertThat(asked(() -> there.listTables(id, LISTING))).isPositive();
    now.updateAndGet(time -> time.plus(Duration.ofHours(25)));
    assertThat(asked(() -> here.listTables(id, LISTING))).isPositive();
    here.update(id, ConnectionUpdate.of(here.get(id)).configuration(source.configuration(2, 6, 3)));
    settle();
    assertThat(pages(there)).hasSize(3);
  }

  @Test
  void what_the_source_is_asked_is_kept_a_day_or_as_long_as_the_connection_says() throws Exception {
    here.getTableMetadata(id, TABLE);
    now.updateAndGet(time -> time.plus(Duration.ofHours(23)));
    assertThat(asked(() -> there.getTableMetadata(id, TABLE))).isZero();
    there.invalidateMetadata(id);
    here.update(
        id, ConnectionUpdate.of(here.get(id)).metadataExpiry(Optional.of(Duration.ofMinutes(10))));
    settle();
    assertThat(there.get(id).metadataExpiry()).contains(Duration.ofMinutes(10));
    there.getTableMetadata(id, TABLE);
    now.updateAndGet(time -> time.plus(Duration.ofMinutes(11)));
    settle();
    assertThat(asked(() -> here.getTableMetadata(id, TABLE))).isPositive();
  }

  @Test
  void what_a_node_has_read_whose_clock_is_far_ahead_is_read_anew() throws Exception {
    now.updateAndGet(time -> time.plus(Duration.ofMinutes(4)));
    here.listTables(id, LISTING);
    now.updateAndGet(time -> time.plus(Duration.ofHours(2)));
    here.getTableMetadata(id, TABLE);
    now.updateAndGet(time -> time.minus(Duration.ofMinutes(124)));
    settle();
    assertThat(asked(() -> there.listTables(id, LISTING))).as("a little ahead").isZero();
    assertThat(asked(() -> there.getTableMetadata(id, TABLE))).isPositive();
  }

  @Test
  void emptying_the_cache_of_one_node_empties_that_of_the_other() throws Exception {
    here.getTableMetadata(id, TABLE);
    there.getTableMetadata(id, TABLE);
    here.invalidateMetadata(id);
    settle();
    assertThat(asked(() -> there.getTableMetadata(id, TABLE))).isPositive();
  }

  @Test
  void a_table_that_an_import_finds_gone_is_not_given_by_another_node() throws Exception {
    here.importMetadata(id, ImportOptions.all(), ImportListener.NONE).join().orThrow();
    there.getTableMetadata(id, TABLE);
    source.removeTable(TABLE);
    assertThat(there.getTableMetadata(id, TABLE).name()).isEqualTo(TABLE);
    assertThat(
            here.importMetadata(id, ImportOptions.all(), ImportListener.NONE)
                .join()
                .orThrow()
                .drift()
                .orElseThrow()
                .removed())
        .isEqualTo(1);
    settle();
    assertThatThrownBy(() -> there.getTableMetadata(id, TABLE))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            gone -> assertThat(gone.code().id()).isEqualTo(StandardErrorCode.NOT_FOUND.id()));
  }

  @Test
  void an_import_that_finds_all_as_it_was_leaves_the_cache_as_it_is() throws Exception {
    there.getTableMetadata(id, TABLE);
    here.importMetadata(id, ImportOptions.all(), ImportListener.NONE).join().orThrow();
    here.importMetadata(id, ImportOptions.all(), ImportListener.NONE).join().orThrow();
    settle();
    assertThat(asked(() -> there.getTableMetadata(id, TABLE))).isZero();
    assertThat(asked(() -> here.getTableMetadata(id, TABLE))).isZero();
  }

  @Test
  void another_configuration_is_read_anew() throws Exception {
    here.getTableMetadata(id, TABLE);
    here.update(id, ConnectionUpdate.of(here.get(id)).configuration(source.configuration(2, 4, 5)));
    settle();
    assertThat(there.getTableMetadata(id, TABLE).columns()).hasSize(5);
  }

  @Test
  void what_is_kept_shows_nothing_to_who_may_not_see_the_connection() {
    here.getTableMetadata(id, TABLE);
    there.getTableMetadata(id, TABLE);
    here.listTables(id, LISTING);
    for (Actor stranger :
        List.of(
            Actor.of("acme", "bob", Role.MEMBER),
            Actor.of("other", "ada", Role.ADMIN),
            Actor.of("other", "ada", Role.ADMIN).in("north"))) {
      TenantConnections his = other.as(stranger);
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> his.getTableMetadata(id, TABLE), () -> his.listTables(id, LISTING))) {
        assertThatThrownBy(call)
            .isInstanceOfSatisfying(
                ConnectionException.class,
                refused ->
                    assertThat(refused.code().id()).isEqualTo(StandardErrorCode.NOT_FOUND.id()));
      }
    }
  }

  @Test
  void a_table_with_parts_of_a_vendors_own_is_read_from_the_source_with_them() {
    TableName own = SyntheticSource.table(0, 0);
    TableMetadata table = here.getTableMetadata(id, own);
    assertThat(table.extensions()).isNotEmpty();
    assertThat(asked(() -> assertThat(there.getTableMetadata(id, own)).isEqualTo(table)))
        .isPositive();
  }
}
