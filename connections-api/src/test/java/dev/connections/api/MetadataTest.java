package dev.connections.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MetadataTest {
  private record Depth(int value) implements MetadataExtension {
    @Override
    public String id() {
      return "depth";
    }

    @Override
    public Map<String, Object> values() {
      return Map.of("value", value);
    }
  }

  private record Other() implements MetadataExtension {
    @Override
    public String id() {
      return "other";
    }

    @Override
    public Map<String, Object> values() {
      return Map.of();
    }
  }

  private static final SchemaName SALES = SchemaName.of("main", "sales");
  private static final TableName ORDERS = SALES.table("orders");
  private static final DataType INT = DataType.of(TypeKind.INTEGER, "int");

  private static TableMetadata full() {
    return TableMetadata.builder(
            TableInfo.of(ORDERS, TableKind.TABLE).withDescription("All orders"),
            EnumSet.allOf(Section.class))
        .columns(
            List.of(
                Column.builder("id", INT, false)
                    .description("The number")
                    .defaultExpression("1")
                    .generatedExpression("2")
                    .identity()
                    .collation("C")
                    .extension(new Depth(1))
                    .build(),
                Column.of("customer", INT, true)))
        .primaryKey(KeyConstraint.of("pk", "id"))
        .uniqueKeys(List.of(KeyConstraint.of("uk", "customer")))
        .foreignKeys(
            List.of(
                ForeignKey.of("fk", List.of("customer"), SALES.table("customers"), List.of("id"))
                    .withRules("CASCADE", "NO ACTION")
                    .notEnforced()))
        .indexes(
            List.of(
                Index.of("ix", true, "id")
                    .withIncluded(List.of("customer"))
                    .withMethod("btree")
                    .withPredicate("id > 0")))
        .checks(List.of(new CheckConstraint(Optional.of("ck"), "id > 0")))
        .partitioning(new Partitioning("range", List.of("id"), OptionalLong.of(4)))
        .definition("select 1")
        .property("owner", "dbo")
        .extension(new Depth(7))
        .rowCount(RowCount.about(12))
        .sizeInBytes(4_096)
        .notices(Notice.of(NoticeCode.IRREGULAR, new Notice.Scope.Table(ORDERS), "Odd."))
        .build();
  }

  @Test
  void a_table_tells_what_it_was_built_with() {
    TableMetadata table = full();

    assertThat(table.name()).isEqualTo(ORDERS);
    assertThat(table.column("id").orElseThrow().identity()).isTrue();
    assertThat(table.column("ID")).isEmpty();
    assertThat(table.extension(Depth.class)).contains(new Depth(7));
    assertThat(table.extension(Other.class)).isEmpty();
    assertThat(table.columns().get(0).extension(Depth.class)).contains(new Depth(1));
    assertThat(table.columns().get(1).extension(Depth.class)).isEmpty();
    assertThat(table.foreignKeys().get(0).enforced()).isFalse();
    assertThat(table.foreignKeys().get(0).onUpdate()).contains("CASCADE");
    assertThat(table.foreignKeys().get(0).onDelete()).contains("NO ACTION");
    assertThat(table.indexes().get(0).included()).containsExactly("customer");
    assertThat(table.indexes().get(0).method()).contains("btree");
    assertThat(table.indexes().get(0).predicate()).contains("id > 0");
    assertThat(table.rowCount()).contains(RowCount.about(12));
    assertThat(table).isEqualTo(full()).hasSameHashCodeAs(full());
  }

  @Test
  void only_the_columns_are_left_when_only_they_are_kept() {
    TableMetadata columns = full().only(EnumSet.of(Section.COLUMNS));

    assertThat(columns.loaded()).containsExactly(Section.COLUMNS);
    assertThat(columns.columns()).extracting(Column::name).containsExactly("id", "customer");
    assertThat(columns.columns()).allMatch(column -> column.description().isEmpty());
    assertThat(columns.columns().get(0).defaultExpression()).contains("1");
    assertThat(columns.info().description()).isEmpty();
    assertThat(columns.primaryKey()).isEmpty();
    assertThat(columns.uniqueKeys()).isEmpty();
    assertThat(columns.foreignKeys()).isEmpty();
    assertThat(columns.indexes()).isEmpty();
    assertThat(columns.checks()).isEmpty();
    assertThat(columns.partitioning()).isEmpty();
    assertThat(columns.definition()).isEmpty();
    assertThat(columns.properties()).isEmpty();
    assertThat(columns.extensions()).isEmpty();
    assertThat(columns.rowCount()).isEmpty();
    assertThat(columns.sizeInBytes()).isEmpty();
  }

  @Test
  void keeping_every_section_changes_nothing_and_none_leaves_nothing() {
    assertThat(full().only(EnumSet.allOf(Section.class))).isEqualTo(full());
    assertThat(full().only(Set.of()).columns()).isEmpty();
    assertThat(full().only(Set.of()).loaded()).isEmpty();
  }

  @Test
  void lists_handed_over_may_change_afterwards() {
    List<Column> columns = new ArrayList<>(List.of(Column.of("a", INT, true)));
    TableMetadata table =
        TableMetadata.builder(TableInfo.of(ORDERS, TableKind.VIEW), Set.of(Section.COLUMNS))
            .columns(columns)
            .build();
    columns.clear();

    assertThat(table.columns()).hasSize(1);
    assertThatThrownBy(() -> table.columns().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> table.loaded().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> table.properties().put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void names_are_parts_and_have_an_order() {
    assertThat(ORDERS.display()).isEqualTo("main.sales.orders");
    assertThat(SchemaName.of("sales").display()).isEqualTo("sales");
    assertThat(
            List.of(SALES.table("b"), SALES.table("a"), SchemaName.of("z").table("a")).stream()
                .sorted())
        .containsExactly(SchemaName.of("z").table("a"), SALES.table("a"), SALES.table("b"));
    assertThat(SchemaName.of("a.b", "c")).isNotEqualTo(SchemaName.of("a", "b.c"));
  }

  @Test
  void a_nested_type_has_the_children_of_its_kind() {
    DataType array = DataType.array(INT, true, "int[]");
    DataType map = DataType.map(DataType.of(TypeKind.STRING, "text"), array, false, "map");
    DataType struct = DataType.struct(List.of(TypeField.of("m", map, true)), "row");

    assertThat(array.children()).extracting(TypeField::name).containsExactly(DataType.ELEMENT);
    assertThat(map.children())
        .extracting(TypeField::name)
        .containsExactly(DataType.KEY, DataType.VALUE);
    assertThat(struct.children().get(0).type()).isEqualTo(map);
    assertThatThrownBy(
            () ->
                new DataType(
                    TypeKind.MAP,
                    "map",
                    java.util.OptionalInt.empty(),
                    java.util.OptionalInt.empty(),
                    java.util.OptionalInt.empty(),
                    List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new DataType(
                    TypeKind.DATE,
                    "date",
                    java.util.OptionalInt.empty(),
                    java.util.OptionalInt.empty(),
                    java.util.OptionalInt.empty(),
                    array.children()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_type_keeps_its_parameters_and_its_native_spelling() {
    DataType decimal = DataType.decimal(10, 2, "numeric(10,2)");
    DataType text = DataType.of(TypeKind.STRING, "nvarchar(50)").withLength(50);

    assertThat(decimal.precision()).hasValue(10);
    assertThat(decimal.scale()).hasValue(2);
    assertThat(decimal.nativeType()).isEqualTo("numeric(10,2)");
    assertThat(text.length()).hasValue(50);
  }

  @Test
  void bounds_are_kept() {
    assertThatThrownBy(() -> RowCount.exactly(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TableKind("Table")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TableQuery.of(SALES).limit(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CallLimits.parallel(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CallLimits.parallel(1).withTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CallLimits.parallel(1).withRate(0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void small_values_tell_what_they_were_given() {
    TableInfo info =
        TableInfo.of(ORDERS, TableKind.TABLE)
            .withColumnCount(3)
            .withRowCount(9)
            .withChangeMarker(new ChangeMarker("v1"));
    assertThat(info.columnCount()).hasValue(3);
    assertThat(info.rowCount()).hasValue(9);
    assertThat(info.changeMarker()).contains(new ChangeMarker("v1"));

    TableQuery query = TableQuery.of(SALES).nameContains("x").limit(5).after("t");
    assertThat(query).isEqualTo(new TableQuery(SALES, Optional.of("x"), 5, Optional.of("t")));

    Page<String> page = Page.only(List.of("a"));
    assertThat(page.total()).hasValue(1);
    assertThat(page.next()).isEmpty();
    assertThat(page.notices()).isEmpty();

    CallLimits limits =
        CallLimits.parallel(4)
            .withRate(100, Duration.ofHours(1))
            .withTimeout(Duration.ofSeconds(3))
            .withSharedBudget("b");
    assertThat(limits.rate()).contains(new CallLimits.Rate(100, Duration.ofHours(1)));
    assertThat(limits.sharedBudget()).contains("b");
    assertThat(limits.timeout()).contains(Duration.ofSeconds(3));

    Quota quota =
        new Quota("daily", OptionalLong.of(7), OptionalLong.of(5), Optional.of(Instant.EPOCH));
    assertThat(quota.left()).hasValue(0);
    assertThat(new Quota("d", OptionalLong.empty(), OptionalLong.of(5), Optional.empty()).left())
        .isEmpty();

    ImportPlan plan = ImportPlan.of(3, 2).withQuota(quota).withEstimate(Duration.ofSeconds(1));
    assertThat(plan.tables()).hasValue(3);
    assertThat(plan.quota()).contains(quota);
    assertThat(plan.estimate()).contains(Duration.ofSeconds(1));
    assertThat(ImportPlan.UNKNOWN.calls()).isEmpty();
    assertThat(ImportEnd.Done.unmarked().marker()).isEmpty();

    Notice notice =
        Notice.of(NoticeCode.HIDDEN_BY_PERMISSION, new Notice.Scope.Schema(SALES), "Hidden.")
            .withRemedy("Grant.")
            .withHidden(3);
    assertThat(notice.hidden()).hasValue(3);
    assertThat(notice.remedy()).contains("Grant.");
    assertThat(SchemaInfo.of(SALES).system()).isFalse();

    TokenStore.Token token =
        new TokenStore.Token(Secret.of("canary"), Optional.empty(), Optional.empty());
    assertThat(new TokenStore.Granted(token, Optional.of(Secret.of("canary"))).toString())
        .doesNotContain("canary");
    RowPreview.RowSample sample =
        new RowPreview.RowSample(List.of("a"), List.of(List.of(Optional.of(1))), true);
    assertThat(sample.rows().get(0)).containsExactly(Optional.of(1));
  }

  @Test
  void a_sink_reads_everything_unless_it_says_otherwise() {
    List<TableName> seen = new ArrayList<>();
    MetadataSink sink =
        new MetadataSink() {
          @Override
          public void table(TableMetadata table) {
            seen.add(table.name());
          }

          @Override
          public void failed(TableName table, Failure failure) {
            seen.add(table);
          }
        };

    assertThat(sink.listed(full().info())).isEqualTo(MetadataSink.Decision.READ);
    assertThat(sink.proceed(ImportPlan.UNKNOWN)).isTrue();
    sink.listingComplete(SALES);
    sink.listingFailed(SALES, StandardFailures.cancelled());
    sink.notice(Notice.of(NoticeCode.LARGE, new Notice.Scope.Source(), "Large."));
    assertThat(seen).isEmpty();
    Events.NONE.took("a", Duration.ZERO);
    Events.NONE.counted("a", 1);
    ProgressListener.NONE.progress("a", 1, OptionalLong.empty());
  }
}
