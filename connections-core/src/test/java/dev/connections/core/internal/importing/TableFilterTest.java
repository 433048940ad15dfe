package dev.connections.core.internal.importing;

import static dev.connections.core.internal.importing.Tables.name;
import static dev.connections.core.internal.importing.Tables.table;
import static dev.connections.core.internal.importing.Tables.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.core.importing.ExclusionRule;
import dev.connections.core.importing.ExclusionRule.Reason;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.TablePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableFilterTest {
  private static final SchemaName SALES = SchemaName.of("sales");

  @Test
  void without_any_condition_everything_is_wanted() {
    TableFilter filter = new TableFilter(ImportOptions.all());
    assertThat(filter.exclusion(view("any", "thing"))).isEmpty();
    assertThat(filter.mayInclude(SALES)).isTrue();
    assertThat(filter.names()).isEmpty();
  }

  @Test
  void a_schema_is_named_as_the_source_spells_it() {
    TableFilter filter = new TableFilter(ImportOptions.ofSchemas("sales"));
    assertThat(filter.exclusion(table("sales", "orders"))).isEmpty();
    assertThat(reason(filter, table("Sales", "orders"))).contains(Reason.SCHEMA_NOT_CHOSEN);
    assertThat(filter.mayInclude(SALES)).isTrue();
    assertThat(filter.mayInclude(SchemaName.of("Sales"))).isFalse();
  }

  @Test
  void a_schema_without_a_catalog_is_meant_in_every_catalog() {
    TableFilter filter = new TableFilter(ImportOptions.ofSchemas("sales"));
    assertThat(filter.mayInclude(SchemaName.of("main", "sales"))).isTrue();
    TableFilter one =
        new TableFilter(
            ImportOptions.builder().schemas(List.of(SchemaName.of("main", "sales"))).build());
    assertThat(one.mayInclude(SchemaName.of("main", "sales"))).isTrue();
    assertThat(one.mayInclude(SchemaName.of("test", "sales"))).isFalse();
    assertThat(one.mayInclude(SALES)).isFalse();
  }

  @Test
  void tables_alone_are_read_by_name() {
    TableFilter filter = new TableFilter(ImportOptions.ofTables(name("sales", "orders")));
    assertThat(filter.names()).contains(Set.of(name("sales", "orders")));
    assertThat(filter.exclusion(table("sales", "orders"))).isEmpty();
    assertThat(reason(filter, table("sales", "customers"))).contains(Reason.TABLE_NOT_CHOSEN);
    assertThat(reason(filter, table("hr", "people"))).contains(Reason.SCHEMA_NOT_CHOSEN);
    assertThat(filter.mayInclude(SALES)).isTrue();
    assertThat(filter.mayInclude(SchemaName.of("hr"))).isFalse();
  }

  @Test
  void tables_named_in_a_chosen_schema_narrow_it() {
    TableFilter filter =
        new TableFilter(
            ImportOptions.builder()
                .schemas(List.of(SALES))
                .tables(List.of(name("sales", "orders")))
                .build());
    assertThat(filter.names()).contains(Set.of(name("sales", "orders")));
    assertThat(reason(filter, table("sales", "customers"))).contains(Reason.TABLE_NOT_CHOSEN);
  }

  @Test
  void a_whole_schema_and_a_table_of_another_are_both_read() {
    TableFilter filter =
        new TableFilter(
            ImportOptions.builder()
                .schemas(List.of(SALES))
                .tables(List.of(name("hr", "people")))
                .build());
    assertThat(filter.names()).isEmpty();
    assertThat(filter.exclusion(table("sales", "orders"))).isEmpty();
    assertThat(filter.exclusion(table("hr", "people"))).isEmpty();
    assertThat(reason(filter, table("hr", "salaries"))).contains(Reason.TABLE_NOT_CHOSEN);
    assertThat(reason(filter, table("ops", "hosts"))).contains(Reason.SCHEMA_NOT_CHOSEN);
    assertThat(filter.mayInclude(SchemaName.of("hr"))).isTrue();
  }

  @Test
  void an_exclude_pattern_wins_and_is_told() {
    TablePattern temporary = TablePattern.tables("tmp_*");
    TableFilter filter =
        new TableFilter(
            ImportOptions.ofTables(name("sales", "TMP_1")).toBuilder()
                .include(List.of(TablePattern.schemas("sales")))
                .exclude(List.of(TablePattern.tables("*_old"), temporary))
                .build());
    assertThat(filter.exclusion(table("sales", "TMP_1")))
        .contains(ExclusionRule.excludedBy(temporary));
    assertThat(filter.exclusion(table("sales", "TMP_1")).orElseThrow().sentence())
        .isEqualTo("An exclude pattern matches it: *.tmp_*.");
  }

  @Test
  void one_of_the_include_patterns_must_match() {
    TableFilter filter =
        new TableFilter(
            ImportOptions.builder()
                .include(List.of(TablePattern.of("sales", "o*"), TablePattern.schemas("h?")))
                .build());
    assertThat(filter.exclusion(table("Sales", "Orders"))).isEmpty();
    assertThat(filter.exclusion(table("hr", "people"))).isEmpty();
    assertThat(reason(filter, table("sales", "customers"))).contains(Reason.NO_INCLUDE_PATTERN);
    assertThat(filter.mayInclude(SALES)).isTrue();
    assertThat(filter.mayInclude(SchemaName.of("ops"))).isFalse();
  }

  @Test
  void a_kind_that_was_not_chosen_is_left_out() {
    TableFilter filter =
        new TableFilter(ImportOptions.builder().kinds(List.of(TableKind.TABLE)).build());
    assertThat(filter.exclusion(table("sales", "orders"))).isEmpty();
    assertThat(reason(filter, view("sales", "orders"))).contains(Reason.KIND_NOT_CHOSEN);
  }

  @Test
  void a_schema_is_passed_over_only_if_all_of_it_is_excluded() {
    TableFilter filter =
        new TableFilter(
            ImportOptions.builder()
                .exclude(List.of(TablePattern.schemas("sys*"), TablePattern.of("sales", "tmp*")))
                .build());
    assertThat(filter.mayInclude(SchemaName.of("system"))).isFalse();
    assertThat(filter.mayInclude(SALES)).isTrue();
  }

  @Test
  void a_pattern_can_ask_for_a_catalog() {
    TableFilter filter =
        new TableFilter(
            ImportOptions.builder()
                .exclude(List.of(TablePattern.schemas("*").inCatalog("system")))
                .build());
    assertThat(filter.mayInclude(SchemaName.of("system", "x"))).isFalse();
    assertThat(filter.mayInclude(SchemaName.of("main", "x"))).isTrue();
    assertThat(filter.mayInclude(SchemaName.of("x"))).isTrue();
  }

  @Test
  void a_schema_that_is_passed_over_never_has_a_wanted_table() {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      TableFilter filter = new TableFilter(options(random));
      TableInfo table =
          TableInfo.of(
              schema(random).table(word(random)),
              random.nextBoolean() ? TableKind.TABLE : TableKind.VIEW);
      if (filter.exclusion(table).isEmpty()) {
        assertThat(filter.mayInclude(table.name().schema())).isTrue();
        filter.names().ifPresent(names -> assertThat(names).contains(table.name()));
      }
    }
  }

  private static ImportOptions options(Random random) {
    return ImportOptions.builder()
        .schemas(some(random, 2, () -> schema(random)))
        .tables(some(random, 2, () -> schema(random).table(word(random))))
        .include(some(random, 2, () -> pattern(random)))
        .exclude(some(random, 2, () -> pattern(random)))
        .kinds(random.nextBoolean() ? List.of() : List.of(TableKind.TABLE))
        .build();
  }

  private static <T> List<T> some(Random random, int most, java.util.function.Supplier<T> item) {
    List<T> items = new ArrayList<>();
    for (int count = random.nextInt(most + 1); count > 0; count--) {
      items.add(item.get());
    }
    return items;
  }

  private static SchemaName schema(Random random) {
    return random.nextBoolean()
        ? SchemaName.of(word(random))
        : SchemaName.of(word(random), word(random));
  }

  private static TablePattern pattern(Random random) {
    String[] parts = {"*", "a*", "?", "b"};
    return TablePattern.of(parts[random.nextInt(4)], parts[random.nextInt(4)])
        .inCatalog(parts[random.nextInt(2)]);
  }

  private static String word(Random random) {
    return new String[] {"a", "b", "ab"}[random.nextInt(3)];
  }

  private static Optional<Reason> reason(TableFilter filter, TableInfo table) {
    return filter.exclusion(table).map(ExclusionRule::reason);
  }
}
