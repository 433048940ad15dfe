package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.ForeignKey;
import dev.connections.api.KeyConstraint;
import dev.connections.api.SchemaName;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TypeKind;
import dev.connections.testkit.RecordingSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The catalog's rows of a server that imitates SQL Server, and bends some of them. */
@Tag("corpus")
class CatalogRowsOfAnImitationTest {
  private static final Path ROWS = Path.of("../../shared/fixtures/mssql");

  private static SysCatalog catalog;
  private static Map<TableName, TableMetadata> tables;

  @BeforeAll
  static void the_rows() throws IOException, SQLException {
    assumeTrue(Files.isDirectory(ROWS), "the sample rows aren't here");
    catalog = new SysCatalog();
    try (Connection connection = catalog.connect();
        Statement statement = connection.createStatement()) {
      for (String view :
          List.of(
              "schemas",
              "tables",
              "views",
              "columns",
              "types",
              "computed_columns",
              "default_constraints",
              "indexes",
              "index_columns",
              "partitions",
              "foreign_keys",
              "foreign_key_columns",
              "check_constraints",
              "extended_properties",
              "sql_modules")) {
        load(statement, view);
      }
    }
    try (Opened opened = Opened.on(catalog)) {
      RecordingSink sink = opened.imported();
      assertThat(sink.failures()).isEmpty();
      tables = sink.tables();
    }
  }

  /** In place of our rows: a view of the server has the columns that it has. */
  private static void load(Statement statement, String view) throws IOException, SQLException {
    String header;
    try (var lines = Files.lines(ROWS.resolve(view + ".csv"))) {
      header = lines.findFirst().orElseThrow();
    }
    String columns =
        List.of(header.split(",")).stream()
            .map(cell -> cell.replaceFirst(":.*", ""))
            .collect(Collectors.joining(","));
    statement.execute("drop table sys." + view);
    statement.execute(
        "create table sys."
            + view
            + " as select * from csvread('"
            + ROWS.resolve(view + ".csv").toAbsolutePath()
            + "', '"
            + columns.toUpperCase(java.util.Locale.ROOT)
            + "')");
    statement.execute("delete from sys." + view + " where rownum = 1");
    for (String column : columns.split(",")) {
      for (String cell : header.split(",")) {
        if (cell.equals(column + ":int") || cell.equals(column + ":bigint")) {
          statement.execute("alter table sys." + view + " alter column " + column + " bigint");
        } else if (cell.equals(column + ":bit")
            || cell.equals(column + ":tinyint")
            || cell.equals(column + ":smallint")) {
          statement.execute("alter table sys." + view + " alter column " + column + " int");
        }
      }
    }
    statement.execute(
        "delete from sys.all_columns where object_id in (select object_id from"
            + " sys.all_views where name = '"
            + view
            + "')");
    for (String column : columns.split(",")) {
      statement.execute(
          "insert into sys.all_columns select object_id, '"
              + column
              + "' from sys.all_views where name = '"
              + view
              + "'");
    }
  }

  @AfterAll
  static void close() {
    if (catalog != null) {
      catalog.close();
    }
  }

  private static <T> long count(java.util.function.Function<TableMetadata, Collection<T>> of) {
    return tables.values().stream().mapToLong(table -> of.apply(table).size()).sum();
  }

  @Test
  void everything_is_read() {
    assertThat(tables).hasSize(88);
    assertThat(count(TableMetadata::columns)).isEqualTo(1_266);
    assertThat(tables.values()).filteredOn(table -> table.primaryKey().isPresent()).hasSize(80);
    assertThat(count(TableMetadata::uniqueKeys)).isEqualTo(20);
    assertThat(count(TableMetadata::foreignKeys)).isEqualTo(78);
    assertThat(count(TableMetadata::checks)).isEqualTo(16);
    assertThat(count(TableMetadata::indexes)).isEqualTo(146);
    assertThat(tables.values()).filteredOn(table -> table.definition().isPresent()).hasSize(8);
  }

  @Test
  void one_table_is_exactly_so() {
    TableMetadata table = tables.get(SchemaName.of("sales").table("t0000"));

    assertThat(table.info().description()).contains("Table t0000 of sales");
    assertThat(table.info().rowCount()).isEqualTo(OptionalLong.of(1_000));
    assertThat(table.primaryKey()).contains(KeyConstraint.of("pk_t0000", "id"));
    assertThat(table.uniqueKeys()).containsExactly(KeyConstraint.of("uq_t0000_code", "code"));
    assertThat(table.columns())
        .extracting(Column::name)
        .containsExactly(
            "id",
            "big_no",
            "code",
            "descr",
            "amount",
            "created_at",
            "changed_at",
            "active",
            "row_guid",
            "payload",
            "rate",
            "price",
            "total",
            "manager_id");
    assertThat(table.column("id").orElseThrow().identity()).isTrue();
    assertThat(table.column("code").orElseThrow().type())
        .isEqualTo(DataType.of(TypeKind.STRING, "nvarchar(100)").withLength(100));
    assertThat(table.column("code").orElseThrow().description()).contains("Business code");
    assertThat(table.column("amount").orElseThrow().type())
        .isEqualTo(DataType.decimal(18, 4, "decimal(18,4)"));
    assertThat(table.column("amount").orElseThrow().defaultExpression()).contains("0");
    assertThat(table.column("total").orElseThrow().generatedExpression()).contains("(amount * 2)");
    assertThat(table.foreignKeys())
        .extracting(ForeignKey::name, ForeignKey::references)
        .contains(
            org.assertj.core.groups.Tuple.tuple(
                java.util.Optional.of("fk_t0000_self"), SchemaName.of("sales").table("t0000")));
  }
}
