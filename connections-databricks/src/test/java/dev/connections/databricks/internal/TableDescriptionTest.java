package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Column;
import dev.connections.api.NoticeCode;
import dev.connections.api.RowCount;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TypeKind;
import dev.connections.databricks.HiveTable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableDescriptionTest {
  private static final TableName NAME = SchemaName.of("hive_metastore", "sales").table("orders");

  private static TableDescription.Row row(String name, String type, String comment) {
    return new TableDescription.Row(name, type, comment);
  }

  private static TableMetadata read(TableDescription.Row... rows) {
    return TableDescription.read(NAME, Arrays.asList(rows));
  }

  @Test
  void a_table_is_read_with_all_its_details() {
    TableMetadata table =
        read(
            row("id", "bigint", "the number"),
            row("amount", "decimal(10,2)", ""),
            row("day", "date", ""),
            row("# Partition Information", "", ""),
            row("# col_name", "data_type", "comment"),
            row("day", "date", ""),
            row("", "", ""),
            row("# Clustering Information", "", ""),
            row("# col_name", "data_type", "comment"),
            row("id", "bigint", ""),
            row("", "", ""),
            row("# Detailed Table Information", "", ""),
            row("Catalog", "hive_metastore", ""),
            row("Comment", "what was ordered", ""),
            row("Statistics", "1024 bytes, 3 rows", ""),
            row("Type", "EXTERNAL", ""),
            row("Location", "dbfs:/sales/orders", ""),
            row("Provider", "delta", ""),
            row("Owner", "root", ""),
            row("Table Properties", "[a.list=x,y,b.on=true,c=]", ""),
            row("# Column Default Values", "", ""),
            row("amount", "decimal(10,2)", "0"));

    assertThat(table.columns()).extracting(Column::name).containsExactly("id", "amount", "day");
    assertThat(table.columns().get(0).description()).contains("the number");
    assertThat(table.columns().get(1).type().kind()).isEqualTo(TypeKind.DECIMAL);
    assertThat(table.partitioning().orElseThrow().columns()).containsExactly("day");
    assertThat(table.rowCount()).contains(RowCount.about(3));
    assertThat(table.sizeInBytes()).hasValue(1024);
    assertThat(table.info().kind()).isEqualTo(TableKind.TABLE);
    assertThat(table.info().description()).contains("what was ordered");
    assertThat(table.properties())
        .containsEntry("a.list", "x,y")
        .containsEntry("b.on", "true")
        .containsEntry("c", "");
    assertThat(table.loaded()).doesNotContain(Section.KEYS, Section.FOREIGN_KEYS);
    HiveTable own = table.extension(HiveTable.class).orElseThrow();
    assertThat(own.tableType()).isEqualTo("EXTERNAL");
    assertThat(own.format()).contains("delta");
    assertThat(own.storageLocation()).contains("dbfs:/sales/orders");
    assertThat(own.owner()).contains("root");
    assertThat(own.clustering()).containsExactly("id");
    assertThat(own.values()).containsKeys("table_type", "clustering");
  }

  @Test
  void a_column_may_be_named_like_a_heading() {
    TableMetadata table =
        read(
            row("# Detailed Table Information", "string", ""),
            row("Type", "string", ""),
            row("", "", ""),
            row("# Detailed Table Information", "", ""),
            row("Type", "VIEW", ""),
            row("View Text", "SELECT 1", ""));

    assertThat(table.columns())
        .extracting(Column::name)
        .containsExactly("# Detailed Table Information", "Type");
    assertThat(table.info().kind()).isEqualTo(TableKind.VIEW);
    assertThat(table.definition()).contains("SELECT 1");
  }

  @Test
  void an_older_version_of_delta_tells_partitions_in_another_way() {
    TableMetadata table =
        read(
            row("id", "int", ""),
            row("day", "date", ""),
            row("", "", ""),
            row("# Partitioning", "", ""),
            row("Part 0", "day", ""),
            row("Part 1", "id", ""));

    assertThat(table.partitioning().orElseThrow().columns()).containsExactly("day", "id");
  }

  @Test
  void a_type_that_was_cut_short_is_kept_by_its_name_and_told() {
    TableMetadata table =
        read(
            row("wide", "struct<a:int,b:int,... 30 more fields>", ""),
            row("i", "interval day", ""));

    assertThat(table.columns().get(0).type().kind()).isEqualTo(TypeKind.OTHER);
    assertThat(table.columns().get(0).type().nativeType()).contains("30 more fields");
    assertThat(table.columns().get(1).type().kind()).isEqualTo(TypeKind.INTERVAL);
    assertThat(table.notices())
        .singleElement()
        .satisfies(notice -> assertThat(notice.code()).isEqualTo(NoticeCode.UNKNOWN_TYPE));
  }

  @Test
  void an_answer_without_any_row_is_a_table_without_columns() {
    assertThat(read().columns()).isEmpty();
    assertThat(List.of(read().extension(HiveTable.class).orElseThrow().tableType()))
        .containsExactly("UNKNOWN");
  }
}
