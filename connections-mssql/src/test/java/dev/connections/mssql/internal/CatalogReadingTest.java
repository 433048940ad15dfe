package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.ForeignKey;
import dev.connections.api.Index;
import dev.connections.api.KeyConstraint;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TypeKind;
import dev.connections.mssql.MssqlColumn;
import dev.connections.mssql.MssqlTable;
import dev.connections.testkit.TestOperation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter's own queries, run on the catalog's rows. */
class CatalogReadingTest {
  private final SysCatalog catalog = new SysCatalog();
  private int sales;
  private int customers;
  private int orders;

  @BeforeEach
  void a_shop() {
    sales = catalog.schema("sales");
    customers = catalog.table(sales, "customers");
    catalog.column(customers, 1, "id", "int");
    catalog.column(customers, 2, "name", SysCatalog.TYPES.get("nvarchar"), 200, 0, 0);
    catalog.primaryKey(customers, "pk_customers", 1);
    orders = catalog.table(sales, "orders");
    catalog.column(orders, 1, "id", "bigint");
    catalog.column(orders, 2, "customer", "int");
    catalog.column(orders, 3, "total", SysCatalog.TYPES.get("decimal"), 9, 18, 4);
    catalog.primaryKey(orders, "pk_orders", 1);
    catalog.foreignKey(orders, "fk_customer", 2, customers);
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private TableMetadata read(String table) {
    try (Opened opened = Opened.on(catalog)) {
      return opened.table("sales", table);
    }
  }

  private static Column column(TableMetadata table, String name) {
    return table.column(name).orElseThrow();
  }

  private static MssqlColumn beside(TableMetadata table, String column) {
    return column(table, column).extension(MssqlColumn.class).orElseThrow();
  }

  @Test
  void schemas_of_the_system_are_left_out_and_descriptions_read() {
    catalog.insert("extended_properties", 3, sales, 0, "MS_Description", "What we sell");
    try (Opened opened = Opened.on(catalog)) {
      assertThat(opened.adapter().listSchemas(TestOperation.start()))
          .containsExactly(
              new SchemaInfo(SchemaName.of("dbo"), Optional.empty(), false),
              new SchemaInfo(SchemaName.of("sales"), Optional.of("What we sell"), false));
    }
  }

  @Test
  void columns_keys_and_references_are_read() {
    catalog.set(
        "columns",
        "is_nullable = 0, is_identity = 1",
        "object_id = " + orders + " and column_id = 1");
    catalog.insert("identity_columns", orders, 1, "100", "5");

    TableMetadata table = read("orders");

    assertThat(table.columns()).extracting(Column::name).containsExactly("id", "customer", "total");
    assertThat(column(table, "id").nullable()).isFalse();
    assertThat(column(table, "id").identity()).isTrue();
    assertThat(beside(table, "id").identity()).contains(new MssqlColumn.Identity("100", "5"));
    assertThat(column(table, "total").type()).isEqualTo(DataType.decimal(18, 4, "decimal(18,4)"));
    assertThat(table.primaryKey()).contains(KeyConstraint.of("pk_orders", "id"));
    assertThat(table.foreignKeys())
        .containsExactly(
            ForeignKey.of(
                    "fk_customer",
                    List.of("customer"),
                    SchemaName.of("sales").table("customers"),
                    List.of("id"))
                .withRules("NO ACTION", "CASCADE"));
  }

  @Test
  void indexes_have_their_order_included_columns_filter_and_kind() {
    catalog.index(orders, 2, "ix", "NONCLUSTERED", false, false, 2, 1);
    catalog.insert("index_columns", orders, 2, 3, 3, 0, 0, false, true);
    catalog.set("indexes", "filter_definition = '([total]>(0))'", "name = 'ix'");
    catalog.index(orders, 3, "cs", "NONCLUSTERED COLUMNSTORE", false, false);
    catalog.insert("index_columns", orders, 3, 1, 3, 0, 0, false, true);
    catalog.index(orders, 4, "uq", "NONCLUSTERED", true, false, 3);
    catalog.set("indexes", "is_unique_constraint = 1, is_disabled = 1", "name = 'uq'");
    catalog.insert(
        "indexes", customers, 0, null, "HEAP", false, false, false, false, false, null, 1);

    TableMetadata table = read("orders");

    assertThat(table.indexes())
        .containsExactly(
            Index.of("pk_orders", true, "id").withMethod("CLUSTERED"),
            Index.of("ix", false, "customer", "id")
                .withIncluded(List.of("total"))
                .withMethod("NONCLUSTERED")
                .withPredicate("([total]>(0))"),
            Index.of("cs", false)
                .withIncluded(List.of("total"))
                .withMethod("NONCLUSTERED COLUMNSTORE"),
            Index.of("uq", true, "total").withMethod("NONCLUSTERED"));
    assertThat(table.uniqueKeys()).containsExactly(KeyConstraint.of("uq", "total"));
    assertThat(table.properties()).containsEntry("disabled_indexes", "uq");
  }

  @Test
  void defaults_computed_columns_and_special_ones_are_told() {
    int place = catalog.table(sales, "special");
    catalog.column(place, 1, "a", "int");
    catalog.column(place, 2, "b", "int");
    catalog.column(place, 3, "c", "uniqueidentifier");
    catalog.column(place, 4, "d", "datetime2");
    catalog.column(place, 5, "e", "varchar");
    catalog.insert("default_constraints", catalog.id(), place, 1, "df_a", "((7))");
    catalog.insert("computed_columns", place, 2, "([a]*(2))", true);
    catalog.set("columns", "is_computed = 1", "object_id = " + place + " and column_id = 2");
    catalog.set(
        "columns",
        "is_rowguidcol = 1, is_sparse = 1",
        "object_id = " + place + " and column_id = 3");
    catalog.set(
        "columns",
        "generated_always_type = 1, is_hidden = 1",
        "object_id = " + place + " and column_id = 4");
    catalog.set(
        "columns",
        "is_masked = 1, collation_name = 'Latin1_General_CI_AS', encryption_type_desc = 'RANDOMIZED'",
        "object_id = " + place + " and column_id = 5");
    catalog.insert("masked_columns", place, 5, "partial(1,\"x\",0)");
    catalog.insert(
        "sensitivity_classifications", 1, place, 5, "Confidential", "Contact Info", "HIGH");

    TableMetadata table = read("special");

    assertThat(column(table, "a").defaultExpression()).contains("((7))");
    assertThat(beside(table, "a").defaultConstraint()).contains("df_a");
    assertThat(column(table, "b").generatedExpression()).contains("([a]*(2))");
    assertThat(beside(table, "b").traits()).containsExactly(MssqlColumn.Trait.PERSISTED);
    assertThat(beside(table, "c").traits())
        .containsExactlyInAnyOrder(MssqlColumn.Trait.ROWGUID, MssqlColumn.Trait.SPARSE);
    assertThat(beside(table, "d").traits())
        .containsExactlyInAnyOrder(MssqlColumn.Trait.PERIOD_START, MssqlColumn.Trait.HIDDEN);
    assertThat(column(table, "e").collation()).contains("Latin1_General_CI_AS");
    assertThat(beside(table, "e").traits())
        .containsExactlyInAnyOrder(MssqlColumn.Trait.MASKED, MssqlColumn.Trait.ENCRYPTED);
    assertThat(beside(table, "e").maskingFunction()).contains("partial(1,\"x\",0)");
    assertThat(beside(table, "e").sensitivity())
        .contains(
            new MssqlColumn.Sensitivity(
                Optional.of("Confidential"), Optional.of("Contact Info"), Optional.of("HIGH")));
  }

  @Test
  void checks_and_keys_that_may_not_hold_are_told() {
    catalog.insert(
        "check_constraints", catalog.id(), orders, "ck_total", "([total]>=(0))", false, true);
    catalog.set("foreign_keys", "is_disabled = 1, is_not_trusted = 1", "name = 'fk_customer'");

    TableMetadata table = read("orders");

    assertThat(table.checks())
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.name()).contains("ck_total");
              assertThat(check.expression()).isEqualTo("([total]>=(0))");
            });
    assertThat(table.foreignKeys()).singleElement().matches(key -> !key.enforced());
    assertThat(table.extension(MssqlTable.class).orElseThrow().constraints())
        .containsExactly(
            new MssqlTable.DoubtfulConstraint("fk_customer", true, true),
            new MssqlTable.DoubtfulConstraint("ck_total", false, true));
  }

  @Test
  void extended_properties_of_every_kind_of_object_are_read() {
    int key = catalog.foreignKey(orders, "fk_more", 2, customers);
    catalog.insert("extended_properties", 1, orders, 0, "MS_Description", "What was ordered");
    catalog.insert("extended_properties", 1, orders, 0, "owner", "Ada");
    catalog.insert("extended_properties", 1, orders, 2, "MS_Description", "Who ordered");
    catalog.insert("extended_properties", 1, orders, 2, "pii", "yes");
    catalog.insert("extended_properties", 1, key, 0, "MS_Description", "Why");
    catalog.insert("extended_properties", 7, orders, 1, "MS_Description", "The key");

    TableMetadata table = read("orders");

    assertThat(table.info().description()).contains("What was ordered");
    assertThat(column(table, "customer").description()).contains("Who ordered");
    assertThat(table.extension(MssqlTable.class).orElseThrow().extendedProperties())
        .containsExactlyInAnyOrder(
            new MssqlTable.ExtendedProperty("table", "", "owner", "Ada"),
            new MssqlTable.ExtendedProperty("column", "customer", "pii", "yes"),
            new MssqlTable.ExtendedProperty("object", "fk_more", "MS_Description", "Why"),
            new MssqlTable.ExtendedProperty("index", "pk_orders", "MS_Description", "The key"));
  }

  @Test
  void triggers_have_their_text_where_it_may_be_seen() {
    catalog.trigger(orders, "tr_a", false, true, "create trigger tr_a …");
    catalog.trigger(orders, "tr_b", true, false, null);
    catalog.insert("triggers", catalog.id(), 0, 0, "of_the_database", false, false);

    TableMetadata table = read("orders");

    assertThat(table.extension(MssqlTable.class).orElseThrow().triggers())
        .containsExactly(
            new MssqlTable.Trigger("tr_a", false, true, Optional.of("create trigger tr_a …")),
            new MssqlTable.Trigger("tr_b", true, false, Optional.empty()));
    assertThat(table.checks()).isEmpty();
  }

  @Test
  void temporal_tables_name_their_history() {
    int history = catalog.table(sales, "orders_history");
    catalog.column(history, 1, "id", "bigint");
    catalog.set(
        "tables", "temporal_type = 2, history_table_id = " + history, "object_id = " + orders);
    catalog.set("tables", "temporal_type = 1", "object_id = " + history);

    MssqlTable temporal = read("orders").extension(MssqlTable.class).orElseThrow();

    assertThat(temporal.traits()).containsExactly(MssqlTable.Trait.TEMPORAL);
    assertThat(temporal.history()).contains(SchemaName.of("sales").table("orders_history"));
    assertThat(read("orders_history").extension(MssqlTable.class).orElseThrow().traits())
        .containsExactly(MssqlTable.Trait.HISTORY);
  }

  @Test
  void captured_columns_and_tracked_changes_are_told() {
    catalog.set("tables", "is_tracked_by_cdc = 1", "object_id = " + orders);
    catalog.insert("change_tracking_tables", orders);
    catalog.insertInto(
        "cdc.change_tables", List.<Object[]>of(new Object[] {77, orders, "sales_orders"}));
    catalog.insertInto("cdc.captured_columns", List.<Object[]>of(new Object[] {77, "total", 1}));

    TableMetadata table = read("orders");

    assertThat(table.extension(MssqlTable.class).orElseThrow().traits())
        .containsExactlyInAnyOrder(
            MssqlTable.Trait.CHANGE_DATA_CAPTURE, MssqlTable.Trait.CHANGE_TRACKING);
    assertThat(beside(table, "total").capturedBy()).containsExactly("sales_orders");
    assertThat(column(table, "id").extension(MssqlColumn.class)).isEmpty();
  }

  @Test
  void graph_ledger_memory_and_file_tables_are_told() {
    catalog.set(
        "tables",
        "is_node = 1, is_edge = 1, ledger_type = 2, is_memory_optimized = 1,"
            + " durability_desc = 'SCHEMA_ONLY', is_filetable = 1",
        "object_id = " + orders);

    assertThat(read("orders").extension(MssqlTable.class).orElseThrow().traits())
        .isEqualTo(
            Set.of(
                MssqlTable.Trait.GRAPH_NODE,
                MssqlTable.Trait.GRAPH_EDGE,
                MssqlTable.Trait.LEDGER_UPDATABLE,
                MssqlTable.Trait.MEMORY_OPTIMIZED,
                MssqlTable.Trait.SCHEMA_ONLY,
                MssqlTable.Trait.FILE_TABLE));
  }

  @Test
  void rows_and_sizes_come_without_a_scan() {
    catalog.insert("partitions", orders, 1, 1, 500L, 40L);
    catalog.insert("partitions", orders, 1, 2, 501L, 2L);
    catalog.insert("partitions", orders, 2, 1, 502L, 42L);
    catalog.insert("allocation_units", 500L, 10L);
    catalog.insert("allocation_units", 502L, 5L);

    TableMetadata table = read("orders");

    assertThat(table.info().rowCount()).isEqualTo(OptionalLong.of(42));
    assertThat(table.rowCount()).isPresent();
    assertThat(table.sizeInBytes()).isEqualTo(OptionalLong.of(15 * 8192));
  }

  @Test
  void partitioned_tables_name_their_column() {
    catalog.insert("partition_functions", 5, "RANGE", 12);
    catalog.insert("partition_schemes", 65601, "ps", 5);
    catalog.set("indexes", "data_space_id = 65601", "name = 'pk_orders'");
    catalog.set("index_columns", "partition_ordinal = 1", "object_id = " + orders);

    assertThat(read("orders").partitioning())
        .contains(
            new dev.connections.api.Partitioning("range", List.of("id"), OptionalLong.of(12)));
  }

  @Test
  void views_have_their_text_and_indexed_ones_their_kind() {
    int view = catalog.view(sales, "names", "create view sales.names as select 1 as one");
    catalog.column(view, 1, "one", "int");
    int stored = catalog.view(sales, "stored", "create view sales.stored with schemabinding as …");
    catalog.column(stored, 1, "one", "int");
    catalog.index(stored, 1, "ix_stored", "CLUSTERED", true, false, 1);
    catalog.insert("partitions", stored, 1, 1, 900L, 3L);

    assertThat(read("names").definition()).contains("create view sales.names as select 1 as one");
    assertThat(read("names").info().kind()).isEqualTo(TableKind.VIEW);
    assertThat(read("stored").info().kind()).isEqualTo(TableKind.MATERIALIZED_VIEW);
    assertThat(read("stored").indexes()).hasSize(1);
  }

  @Test
  void alias_types_are_read_as_what_they_are_made_of() {
    catalog.insert("types", 257, 231, sales, "Phone", true, false);
    catalog.column(orders, 4, "phone", 257, 40, 0, 0);

    Column phone = column(read("orders"), "phone");

    assertThat(phone.type()).isEqualTo(DataType.of(TypeKind.STRING, "sales.Phone").withLength(20));
    assertThat(phone.extension(MssqlColumn.class).orElseThrow().baseType()).contains("nvarchar");
  }

  @Test
  void types_that_are_unknown_keep_their_name_and_are_told() {
    catalog.insert("types", 300, 240, sales, "Point3", true, true);
    catalog.insert("types", 301, 301, 4, "quantum", false, false);
    catalog.column(orders, 4, "point", 300, -1, 0, 0);
    catalog.column(orders, 5, "state", 301, -1, 0, 0);

    TableMetadata table = read("orders");

    assertThat(column(table, "point").type())
        .isEqualTo(DataType.of(TypeKind.OTHER, "sales.Point3"));
    assertThat(column(table, "state").type()).isEqualTo(DataType.of(TypeKind.OTHER, "quantum"));
    assertThat(table.notices())
        .extracting(notice -> notice.message())
        .containsExactly(
            "The type 'sales.Point3' has no neutral counterpart; it is kept by its name.",
            "The type 'quantum' has no neutral counterpart; it is kept by its name.");
  }

  @Test
  void a_reference_to_a_table_that_is_hidden_is_told() {
    catalog.run("delete from sys.tables where name = 'customers'");

    TableMetadata table = read("orders");

    assertThat(table.foreignKeys()).isEmpty();
    assertThat(table.notices())
        .extracting(notice -> notice.message())
        .containsExactly(
            "The foreign key 'fk_customer' refers to a table that this login may not see.");
  }

  @Test
  void circular_keys_and_keys_across_schemas_are_kept() {
    int hr = catalog.schema("hr");
    int people = catalog.table(hr, "people");
    catalog.column(people, 1, "id", "int");
    catalog.foreignKey(people, "fk_self", 1, people);
    catalog.foreignKey(people, "fk_customer_too", 1, customers);
    catalog.foreignKey(customers, "fk_people", 1, people);

    try (Opened opened = Opened.on(catalog)) {
      assertThat(opened.table("hr", "people").foreignKeys())
          .extracting(ForeignKey::references)
          .containsExactly(
              SchemaName.of("sales").table("customers"), SchemaName.of("hr").table("people"));
      assertThat(opened.table("sales", "customers").foreignKeys())
          .extracting(ForeignKey::references)
          .containsExactly(SchemaName.of("hr").table("people"));
    }
  }

  /** Error 41368 and the like: they know no READ UNCOMMITTED. */
  @Test
  void first_rows_of_a_table_in_memory_are_read_as_it_allows() {
    catalog.set("tables", "is_memory_optimized = 1", "object_id = " + orders);
    catalog.run("create schema sales", "create table sales.orders (id int)");
    Counting counting = new Counting();
    try (Opened opened = Opened.on(catalog, counting)) {
      opened
          .adapter()
          .as(RowPreview.class)
          .orElseThrow()
          .preview(SchemaName.of("sales").table("orders"), 3, TestOperation.start());
    }

    assertThat(counting.statements())
        .filteredOn(sql -> sql.contains("from [sales].[orders]"))
        .hasSize(1)
        .allMatch(sql -> sql.endsWith("[orders] with (snapshot)"));
  }
}
