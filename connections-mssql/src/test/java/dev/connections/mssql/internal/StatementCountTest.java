package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import org.junit.jupiter.api.Test;

/** How many statements reading takes, however many tables there are. */
class StatementCountTest {
  private static final int MOST = 15;
  private static final int MOST_FOR_ONE = 8;

  private static int ofAnImport(int tables) {
    Counting counting = new Counting();
    try (SysCatalog catalog = new SysCatalog()) {
      catalog.many(catalog.schema("sales"), tables);
      try (Opened opened = Opened.on(catalog, counting)) {
        RecordingSink sink = opened.imported();
        assertThat(sink.tables()).hasSize(tables);
        assertThat(sink.tables().values()).allMatch(table -> table.foreignKeys().size() == 1);
      }
    }
    return counting.statements().size();
  }

  @Test
  void ten_thousand_tables_take_as_many_statements_as_ten() {
    int few = ofAnImport(10);

    assertThat(ofAnImport(10_000)).isEqualTo(few).isLessThanOrEqualTo(MOST);
  }

  @Test
  void an_import_of_everything_that_can_be_special_stays_below_the_most() {
    Counting counting = new Counting();
    try (SysCatalog catalog = new SysCatalog()) {
      int sales = catalog.schema("sales");
      catalog.many(sales, 3);
      int view = catalog.view(sales, "v", "create view …");
      catalog.column(view, 1, "a", "int");
      catalog.set("tables", "is_tracked_by_cdc = 1", "1 = 1");
      try (Opened opened = Opened.on(catalog, counting)) {
        assertThat(opened.imported().tables()).hasSize(4);
      }
    }
    assertThat(counting.statements()).hasSizeLessThanOrEqualTo(MOST);
  }

  @Test
  void one_table_of_ten_thousand_takes_few_statements() {
    Counting counting = new Counting();
    try (SysCatalog catalog = new SysCatalog()) {
      int sales = catalog.schema("sales");
      catalog.many(sales, 10_000);
      int chosen = catalog.table(sales, "chosen");
      catalog.column(chosen, 1, "id", "int");
      catalog.set("tables", "is_tracked_by_cdc = 1", "object_id = " + chosen);
      TableName name = SchemaName.of("sales").table("chosen");
      try (Opened opened = Opened.on(catalog, counting)) {
        RecordingSink sink = new RecordingSink();
        opened
            .adapter()
            .importMetadata(TestSelection.everything().named(name), sink, TestOperation.start());
        assertThat(sink.tables()).hasSize(1);
      }
    }
    assertThat(counting.statements()).hasSizeLessThanOrEqualTo(MOST_FOR_ONE);
  }
}
