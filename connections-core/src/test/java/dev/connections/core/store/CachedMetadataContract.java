package dev.connections.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Visibility;
import dev.connections.core.store.CachedMetadata.Place;
import dev.connections.core.store.CachedMetadata.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link CachedMetadata} must do. The test of a store that has one extends it. */
public abstract class CachedMetadataContract {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);
  private static final TableName ORDERS = SchemaName.of("shop").table("orders");
  private static final TableName ITEMS = SchemaName.of("shop").table("items");

  private ConnectionStore store;
  private CachedMetadata cached;

  /** {@return an empty store, open until it is closed after the test} */
  protected abstract ConnectionStore emptyStore() throws Exception;

  @BeforeEach
  final void open() throws Exception {
    store = emptyStore();
    cached = store.cachedMetadata().orElseThrow();
    connection("acme");
    connection("other");
  }

  @AfterEach
  final void close() {
    store.close();
  }

  private void connection(String account) {
    store.insert(
        StoredConnection.builder(
                "c",
                new Ownership(account, Optional.empty(), "ada", Visibility.PRIVATE, false),
                "Sales",
                "MSSQL",
                new StoredConfiguration(1, "{}"))
            .created("ada", NOW)
            .build());
  }

  private StoredConnection connection() {
    return store.find("acme", "c").orElseThrow();
  }

  private Place place() {
    return Place.of(connection());
  }

  private static Row row(String key, String content) {
    return new Row(key, content, NOW, NOW.plusSeconds(3600));
  }

  private static final Row ORDERS_ROW =
      row("[null,\"shop\",\"orders\"]", "{\"name\":\"Bestellungen ☃ \\u0000\"}");
  private static final Row ITEMS_ROW = row("[null,\"shop\",\"items\"]", "{}");
  private static final Row SHOP = row("[null,\"shop\"]", "{\"schema\":\"shop\"}");
  private static final String SHOP_KEY = "[null,\"shop\"]";
  private static final Row PAGE = row("page-1", "{\"tables\":[\"☃ \\u0000\"]}");
  private static final Row HR = row("[null,\"hr\"]", "{\"schema\":\"hr\"}");

  private void kept() {
    cached.keepSchemas(place(), List.of(SHOP, HR));
    cached.keepTable(place(), ORDERS, ORDERS_ROW);
    cached.keepTable(place(), ITEMS, ITEMS_ROW);
  }

  private Set<TableName> tables() {
    return cached.tables(place(), Set.of(ORDERS, ITEMS)).keySet();
  }

  @Test
  void rows_come_back_as_they_went_in() {
    kept();
    assertThat(cached.tables(place(), Set.of(ORDERS))).containsEntry(ORDERS, ORDERS_ROW).hasSize(1);
    assertThat(cached.schemas(place())).containsExactlyInAnyOrder(SHOP, HR);
  }

  @Test
  void a_row_read_again_replaces_the_former_and_schemas_replace_all_schemas() {
    kept();
    Row later = row(ORDERS_ROW.key(), "{\"later\":true}");
    cached.keepTable(place(), ORDERS, later);
    cached.keepSchemas(place(), List.of(HR));
    assertThat(cached.tables(place(), Set.of(ORDERS))).containsEntry(ORDERS, later);
    assertThat(cached.schemas(place())).containsExactly(HR);
  }

  @Test
  void a_row_belongs_to_its_account_and_its_configuration() {
    kept();
    Place now = place();
    Place foreign = new Place("other", "c", now.configurationVersion(), now.metadataVersion());
    Place changed = new Place("acme", "c", now.configurationVersion() + 1, now.metadataVersion());
    for (Place place : List.of(foreign, changed)) {
      assertThat(cached.tables(place, Set.of(ORDERS))).isEmpty();
      assertThat(cached.schemas(place)).isEmpty();
    }
    assertThat(cached.markStale("other", "c", Set.of(ORDERS))).isZero();
    cached.forget("other", "c");
    assertThat(tables()).hasSize(2);
  }

  @Test
  void what_was_asked_before_the_cache_was_emptied_is_not_kept() {
    Place before = place();
    cached.forget("acme", "c");
    cached.keepTable(before, ORDERS, ORDERS_ROW);
    cached.keepSchemas(before, List.of(SHOP));
    assertThat(tables()).isEmpty();
    assertThat(cached.schemas(place())).isEmpty();
    assertThat(place().metadataVersion()).isGreaterThan(before.metadataVersion());
  }

  @Test
  void a_stale_table_is_not_given_until_it_is_read_again_and_the_schemas_with_it() {
    kept();
    long before = place().metadataVersion();
    assertThat(cached.markStale("acme", "c", Set.of(ORDERS))).isEqualTo(1);
    assertThat(place().metadataVersion()).isGreaterThan(before);
    assertThat(tables()).containsExactly(ITEMS);
    assertThat(cached.schemas(place())).isEmpty();
    cached.keepTable(place(), ORDERS, ORDERS_ROW);
    assertThat(tables()).containsExactlyInAnyOrder(ORDERS, ITEMS);
  }

  @Test
  void marking_what_is_not_kept_changes_nothing() {
    kept();
    long before = place().metadataVersion();
    TableName absent = SchemaName.of("shop").table("absent");
    assertThat(cached.markStale("acme", "c", Set.of(absent))).isZero();
    assertThat(place().metadataVersion()).isEqualTo(before);
    assertThat(cached.schemas(place())).hasSize(2);
  }

  @Test
  void a_page_comes_back_as_it_went_in_under_its_schema_name_account_and_configuration() {
    cached.keepPage(place(), SHOP_KEY, PAGE);
    assertThat(cached.page(place(), SHOP_KEY, PAGE.key())).contains(PAGE);
    Row later = row(PAGE.key(), "{}");
    cached.keepPage(place(), SHOP_KEY, later);
    assertThat(cached.page(place(), SHOP_KEY, PAGE.key())).contains(later);
    Place now = place();
    Place foreign = new Place("other", "c", now.configurationVersion(), now.metadataVersion());
    Place changed = new Place("acme", "c", now.configurationVersion() + 1, now.metadataVersion());
    assertThat(cached.page(foreign, SHOP_KEY, PAGE.key())).isEmpty();
    assertThat(cached.page(changed, SHOP_KEY, PAGE.key())).isEmpty();
    assertThat(cached.page(now, "[null,\"hr\"]", PAGE.key())).isEmpty();
    assertThat(cached.page(now, SHOP_KEY, "page-2")).isEmpty();
    assertThat(cached.markPagesStale("other", "c")).isZero();
    assertThat(cached.page(now, SHOP_KEY, PAGE.key())).contains(later);
  }

  @Test
  void pages_go_when_they_are_marked_forgotten_or_expired_and_with_their_connection() {
    cached.keepPage(place(), SHOP_KEY, PAGE);
    Place before = place();
    assertThat(cached.markPagesStale("acme", "c")).isEqualTo(1);
    assertThat(cached.page(place(), SHOP_KEY, PAGE.key())).isEmpty();
    assertThat(place().metadataVersion()).isGreaterThan(before.metadataVersion());
    assertThat(cached.markPagesStale("acme", "c")).isZero();
    cached.keepPage(before, SHOP_KEY, PAGE);
    assertThat(cached.page(place(), SHOP_KEY, PAGE.key())).as("asked before").isEmpty();
    cached.keepPage(place(), SHOP_KEY, PAGE);
    assertThat(cached.page(place(), SHOP_KEY, PAGE.key())).contains(PAGE);
    cached.forget("acme", "c");
    assertThat(cached.page(place(), SHOP_KEY, PAGE.key())).isEmpty();
    cached.keepPage(
        place(), SHOP_KEY, new Row("old", "{}", NOW.minusSeconds(7200), NOW.minusSeconds(3600)));
    cached.keepPage(place(), SHOP_KEY, PAGE);
    assertThat(cached.page(place(), SHOP_KEY, "old")).isEmpty();
    store.delete("acme", "c", 1);
    connection("acme");
    assertThat(cached.page(place(), SHOP_KEY, PAGE.key())).isEmpty();
  }

  @Test
  void a_users_change_leaves_the_metadata_version_as_the_store_has_it() {
    StoredConnection read = connection();
    cached.forget("acme", "c");
    long version = place().metadataVersion();
    store.replace(read.toBuilder().name("Other").changed(NOW, 2, 1).build(), 1);
    assertThat(place().metadataVersion()).isEqualTo(version);
  }

  @Test
  void what_has_expired_is_deleted_in_time() {
    Row old = new Row(ORDERS_ROW.key(), "{}", NOW.minusSeconds(7200), NOW.minusSeconds(3600));
    cached.keepTable(place(), ORDERS, old);
    assertThat(tables()).containsExactly(ORDERS);
    cached.keepTable(place(), ITEMS, ITEMS_ROW);
    assertThat(tables()).containsExactly(ITEMS);
  }

  @Test
  void rows_are_deleted_with_their_connection() {
    kept();
    store.delete("acme", "c", 1);
    connection("acme");
    assertThat(tables()).isEmpty();
    assertThat(cached.schemas(place())).isEmpty();
  }

  @Test
  void how_long_metadata_is_kept_is_a_setting_of_the_connection() {
    StoredConnection set =
        connection().toBuilder()
            .metadataExpiry(Optional.of(Duration.ofMinutes(5)))
            .changed(NOW, 2, 1)
            .build();
    store.replace(set, 1);
    assertThat(connection()).isEqualTo(set);
  }
}
