package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Failure;
import dev.connections.api.MetadataSink;
import dev.connections.api.SchemaName;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.mssql.MssqlTable;
import dev.connections.testkit.RecordingSink;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of many tables nothing large is held: each large set is a stream on a connection of its own. */
class ManyTablesTest {
  /** Sees how many connections there are while tables arrive. */
  private static int connectionsWhileReading(int tables, int poolSize) {
    AtomicInteger most = new AtomicInteger();
    try (SysCatalog catalog = new SysCatalog()) {
      catalog.many(catalog.schema("sales"), tables);
      try (Opened opened = Opened.on(catalog, new Counting(), poolSize)) {
        RecordingSink sink = new RecordingSink();
        opened.imported(
            new MetadataSink() {
              @Override
              public void table(TableMetadata table) {
                most.accumulateAndGet(opened.adapter().pooled(), Math::max);
                sink.table(table);
              }

              @Override
              public void failed(TableName table, Failure failure) {
                sink.failed(table, failure);
              }
            });
        assertThat(sink.tables()).hasSize(tables);
        assertThat(sink.tables().values())
            .allMatch(table -> table.primaryKey().isPresent() && table.indexes().size() == 1);
        assertThat(opened.adapter().pooled()).isLessThanOrEqualTo(poolSize);
      }
    }
    return most.get();
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 4, 1",
    "1001, 4, 3",
    "1001, 2, 1",
  })
  void many_tables_are_streamed_where_the_pool_allows_it(
      int tables, int poolSize, int connections) {
    assertThat(connectionsWhileReading(tables, poolSize)).isEqualTo(connections);
  }

  @Test
  void properties_of_constraints_find_their_table_among_many() {
    try (SysCatalog catalog = new SysCatalog()) {
      int sales = catalog.schema("sales");
      int first = catalog.table(sales, "first");
      catalog.column(first, 1, "id", "int");
      catalog.many(sales, 1_000);
      int last = catalog.table(sales, "last");
      catalog.column(last, 1, "id", "int");
      int late = catalog.foreignKey(first, "fk_first", 1, last);
      catalog.insert("extended_properties", 1, last, 1, "MS_Description", "Of the last");
      catalog.insert("extended_properties", 1, late, 0, "note", "Of the first one's key");
      try (Opened opened = Opened.on(catalog)) {
        RecordingSink sink = opened.imported();

        assertThat(sink.tables().get(name("first")).extension(MssqlTable.class).orElseThrow())
            .extracting(MssqlTable::extendedProperties)
            .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
            .containsExactly(
                new MssqlTable.ExtendedProperty(
                    "object", "fk_first", "note", "Of the first one's key"));
        assertThat(sink.tables().get(name("last")).columns().get(0).description())
            .contains("Of the last");
      }
    }
  }

  private static TableName name(String table) {
    return SchemaName.of("sales").table(table);
  }
}
