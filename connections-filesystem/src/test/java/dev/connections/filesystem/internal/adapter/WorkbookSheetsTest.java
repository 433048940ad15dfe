package dev.connections.filesystem.internal.adapter;

import static dev.connections.filesystem.internal.adapter.FilesFixture.values;
import static dev.connections.filesystem.internal.adapter.FilesFixture.write;
import static dev.connections.filesystem.internal.excel.ExcelFiles.book;
import static dev.connections.filesystem.internal.excel.ExcelFiles.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.connections.api.Column;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.filesystem.internal.excel.ExcelFiles;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbookSheetsTest {
  private static final SchemaName SALES = SchemaName.of("sales");

  @TempDir Path base;

  @BeforeEach
  void workbooks() throws IOException {
    write(
        base,
        "sales/year.xlsx",
        book()
            .sheet("Orders", row("id", "amount"), row(1, 2.5))
            .sheet("Kunden & 名前", row("id", "name"), row(1, "Ada"))
            .hidden("Notes", row("secret"), row(1))
            .build());
    write(base, "sales/odd#1.xlsm", ExcelFiles.simple());
    write(base, "sales/broken.xlsx", new byte[100]);
    write(base, "sales/other.csv", "a,b\n1,2\n");
  }

  @Test
  void each_sheet_is_a_table_where_the_format_is_wanted() {
    RecordingSink sink = imported(wanted());

    assertThat(sink.listed())
        .extracting(TableName::table)
        .containsExactlyInAnyOrder(
            "year.xlsx#Orders",
            "year.xlsx#Kunden & 名前",
            "odd#1.xlsm#People",
            "broken.xlsx",
            "other.csv");
    assertThat(sink.tables().get(SALES.table("year.xlsx#Kunden & 名前")).columns())
        .extracting(Column::name)
        .containsExactly("id", "name");
    assertThat(sink.failures()).containsOnlyKeys(SALES.table("broken.xlsx"));
    assertThat(sink.failures().values())
        .allMatch(failure -> failure.code() == StandardErrorCode.MALFORMED_DATA);
    assertThat(sink.events(RecordingSink.Event.Noticed.class))
        .anyMatch(
            noted ->
                noted
                    .notice()
                    .message()
                    .equals("1 hidden sheet of the workbook 'sales/year.xlsx' was left out."));
  }

  @Test
  void workbooks_are_left_out_where_the_format_is_not_wanted() {
    assertThat(imported(values(base)).listed()).containsExactly(SALES.table("other.csv"));
  }

  @Test
  void a_sheet_read_by_its_name_is_as_the_import_has_it() {
    RecordingSink sink = imported(wanted());
    try (ConnectionAdapter adapter = FilesFixture.open(wanted())) {
      for (TableMetadata table : sink.tables().values()) {
        assertThat(adapter.getTableMetadata(table.name(), TestOperation.start()).columns())
            .as(table.name().table())
            .isEqualTo(table.columns());
      }
      assertThat(adapter.listTables(TableQuery.of(SALES), TestOperation.start()).items())
          .extracting(TableInfo::name)
          .containsExactlyInAnyOrderElementsOf(sink.listed());
    }
  }

  @Test
  void names_that_a_listing_does_not_give_are_no_tables() {
    try (ConnectionAdapter adapter = FilesFixture.open(wanted())) {
      for (String name :
          List.of(
              "year.xlsx",
              "year.xlsx#",
              "year.xlsx#orders",
              "year.xlsx#Notes",
              "odd#1.xlsm",
              "other.csv#x",
              "broken.xlsx#x")) {
        assertThatThrownBy(() -> adapter.getTableMetadata(SALES.table(name), TestOperation.start()))
            .as(name)
            .hasMessageContaining("NOT_FOUND");
      }
    }
  }

  @Test
  void workbooks_of_other_file_systems_are_read() throws IOException {
    URI archive = URI.create("jar:" + base.resolve("samples.zip").toUri());
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"));
        FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      for (Path root : List.of(zip.getPath("/data"), memory.getPath("/data"))) {
        write(root, "a.xlsx", ExcelFiles.simple());
        RecordingSink sink =
            imported(
                ConfigurationValues.empty()
                    .with("type", "uri")
                    .with("base_path", root.toUri().toString())
                    .with("supported_formats", List.of("xlsx")));

        assertThat(sink.failures()).isEmpty();
        assertThat(sink.tables()).containsOnlyKeys(SchemaName.of(".").table("a.xlsx#People"));
      }
    }
  }

  @Test
  void only_wanted_sheets_are_imported_when_they_are_named() {
    RecordingSink sink = new RecordingSink();
    try (ConnectionAdapter adapter = FilesFixture.open(wanted())) {
      adapter.importMetadata(
          TestSelection.everything().named(SALES.table("year.xlsx#Orders")),
          sink,
          TestOperation.start());
    }
    assertThat(sink.tables()).containsOnlyKeys(SALES.table("year.xlsx#Orders"));
  }

  private ConfigurationValues wanted() {
    return values(base).with("supported_formats", List.of("csv", "xlsx"));
  }

  private static RecordingSink imported(ConfigurationValues values) {
    RecordingSink sink = new RecordingSink();
    try (ConnectionAdapter adapter = FilesFixture.open(values)) {
      adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
    }
    return sink;
  }
}
