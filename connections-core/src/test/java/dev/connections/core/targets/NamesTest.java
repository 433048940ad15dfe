package dev.connections.core.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.core.importing.EntityType;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.Layer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final TargetLayout LAYOUT = TargetLayout.in("main");

  @Test
  void a_file_in_a_directory_gets_a_valid_name() {
    assertThat(name(Samples.name("a/b", "orders.csv"))).isEqualTo("main.bronze_a_b.orders_csv");
    assertThat(name(Samples.name(".", "Big Orders.csv"))).isEqualTo("main.bronze.big_orders_csv");
  }

  @Test
  void layer_prefix_catalog_and_schema_make_the_schemas_name() {
    TargetLayout layout =
        LAYOUT.withLayer(Layer.GOLD).withSchemaPrefix("erp").withTablePrefix("x_");
    TableName table = SchemaName.of("Shop", "Sales").table("Orders");

    assertThat(TargetNames.of(List.of(table), layout).of(table).orElseThrow().display())
        .isEqualTo("main.gold_erp_shop_sales.x_orders");
  }

  @Test
  void options_decide_on_layer_and_staging() {
    ImportOptions options =
        ImportOptions.builder().layer(Layer.SILVER).entityType(EntityType.STAGING).build();

    assertThat(LAYOUT.following(options).layer()).isEqualTo(Layer.SILVER);
    assertThat(LAYOUT.following(options).tablePrefix()).isEqualTo("stg_");
    assertThat(LAYOUT.withTablePrefix("z").following(options).tablePrefix()).isEqualTo("z");
  }

  @Test
  void of_two_names_that_become_one_the_unchanged_stays_and_the_other_gets_a_stable_suffix() {
    TableName kept = Samples.name("s", "orders_csv");
    TableName changed = Samples.name("s", "orders.csv");

    TargetNames names = TargetNames.of(List.of(changed, kept), LAYOUT);

    assertThat(names.of(kept).orElseThrow().table()).isEqualTo("orders_csv");
    assertThat(names.of(changed).orElseThrow().table()).matches("orders_csv_[0-9a-f]{8}");
  }

  @Test
  void schemas_that_become_one_are_kept_apart() {
    TableName one = Samples.name("a/b", "t");
    TableName other = Samples.name("a_b", "t");

    TargetNames names = TargetNames.of(List.of(one, other), LAYOUT);

    assertThat(names.of(other).orElseThrow().schema()).isEqualTo("bronze_a_b");
    assertThat(names.of(one).orElseThrow().schema()).matches("bronze_a_b_[0-9a-f]{8}");
    assertThat(names.schemasSql()).hasSize(2);
  }

  @Test
  void a_table_that_isnt_part_of_the_import_has_no_name() {
    assertThat(TargetNames.of(List.of(), LAYOUT).of(Samples.name("s", "t"))).isEmpty();
  }

  @Test
  void target_names_are_valid_distinct_and_independent_of_the_order() {
    Random random = new Random(42);
    for (int round = 0; round < 50; round++) {
      Set<TableName> tables = new HashSet<>();
      for (int i = 0; i < 60; i++) {
        tables.add(Samples.name(Nasty.name(random), Nasty.name(random)));
      }
      List<TableName> shuffled = new ArrayList<>(tables);
      Collections.shuffle(shuffled, random);
      TargetNames names = TargetNames.of(shuffled, LAYOUT);
      Set<String> seen = new HashSet<>();
      for (TableName table : tables) {
        TargetName name = names.of(table).orElseThrow();
        assertThat(name).isEqualTo(TargetNames.of(tables, LAYOUT).of(table).orElseThrow());
        assertThat(seen.add(name.display())).isTrue();
        for (String part : List.of(name.schema(), name.table())) {
          assertThat(part).hasSizeBetween(1, 255).doesNotContainPattern("[./ \\p{Cntrl}]");
          assertThat(part).isEqualTo(part.toLowerCase(Locale.ROOT));
        }
      }
    }
  }

  @Test
  void column_names_are_valid_and_distinct_but_for_case() {
    Random random = new Random(42);
    for (int round = 0; round < 500; round++) {
      List<String> sources = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        sources.add(Nasty.name(random));
      }
      List<String> names = ColumnNames.of(sources, ColumnNaming.PLAIN);
      Set<String> seen = new HashSet<>();
      for (String name : names) {
        assertThat(name).hasSizeBetween(1, 255).doesNotContainPattern("[ ,;{}()\n\t=]");
        assertThat(seen.add(name.toLowerCase(Locale.ROOT))).isTrue();
      }
    }
  }

  @Test
  void refused_characters_become_underscores_and_empty_names_positions() {
    assertThat(ColumnNames.of(List.of("a b", "", "x=(1)", "naïve😀", "  "), ColumnNaming.PLAIN))
        .containsExactly("a_b", "_c1", "x__1_", "naïve😀", "_c4");
  }

  @Test
  void an_unchanged_name_is_not_taken_away_by_a_changed_one() {
    assertThat(ColumnNames.of(List.of("a b", "A_B", "a_b", "a_b_2"), ColumnNaming.PLAIN))
        .containsExactly("a_b_3", "A_B", "a_b_4", "a_b_2");
  }

  @Test
  void mapped_naming_keeps_what_column_mapping_allows() {
    assertThat(ColumnNames.of(List.of("a b", "p=q;{r}\t", "x\u0000y"), ColumnNaming.MAPPED))
        .containsExactly("a b", "p=q;{r}\t", "x_y");
  }

  /** Sixteen thousand names, each of which would be tried against all before it. */
  @Test
  void thousands_of_names_that_differ_in_case_only_are_numbered_one_after_the_other() {
    List<String> sources = new ArrayList<>();
    for (int cases = 0; cases < 1 << 14; cases++) {
      StringBuilder name = new StringBuilder("abcdefghijklmn");
      for (int letter = 0; letter < 14; letter++) {
        if ((cases >> letter & 1) == 1) {
          name.setCharAt(letter, Character.toUpperCase(name.charAt(letter)));
        }
      }
      sources.add(name.toString());
    }

    List<String> names = ColumnNames.of(sources, ColumnNaming.PLAIN);

    assertThat(names.get(0)).isEqualTo("abcdefghijklmn");
    assertThat(names.get(sources.size() - 1)).isEqualTo("ABCDEFGHIJKLMN_16384");
    assertThat(new HashSet<>(names)).hasSize(sources.size());
  }

  @Test
  void a_long_name_is_cut_without_halving_a_character() {
    String name = "x".repeat(254) + "😀";

    assertThat(ColumnNames.of(List.of(name, name), ColumnNaming.PLAIN))
        .containsExactly("x".repeat(254), "x".repeat(253) + "_2");
  }

  @Test
  void a_catalog_with_an_impossible_name_is_refused() {
    for (String catalog : List.of(" ", "a.b", "a/b", "a b", "x".repeat(256))) {
      assertThatThrownBy(() -> TargetLayout.in(catalog))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static String name(TableName table) {
    return TargetNames.of(List.of(table), LAYOUT).of(table).orElseThrow().display();
  }
}
