package dev.connections.filesystem.internal.adapter;

import static dev.connections.filesystem.internal.adapter.FilesFixture.values;
import static dev.connections.filesystem.internal.adapter.FilesFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Column;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.RowCount;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinedFilesTest {
  private static final TableName SALES = SchemaName.of("sales").table("sales");

  @TempDir Path base;

  @BeforeEach
  void files() throws IOException {
    write(base, "sales/jan.csv", "id,amount\n1,2.50\n");
    write(base, "sales/feb.csv", "id,amount,note\n2,3.50,x\n3,1.00,y\n");
    write(base, "sales/readme.json", "{\"about\":\"sales\"}");
    write(base, "single/only.csv", "a\n1\n");
  }

  @Test
  void files_of_one_format_in_a_directory_are_one_table() {
    TableMetadata sales = read(SALES);

    assertThat(sales.columns())
        .extracting(Column::name)
        .containsExactlyInAnyOrder("id", "amount", "note");
    assertThat(sales.rowCount()).contains(RowCount.exactly(3));
    assertThat(sales.info().kind()).isEqualTo(TableKind.FILE_SET);
    assertThat(sales.partitioning()).isEmpty();
    assertThat(sales.notices())
        .extracting(Notice::message)
        .anyMatch(message -> message.contains("Not all of the table's files have this column"));
  }

  @Test
  void a_file_alone_and_files_of_another_format_are_tables_of_their_own() {
    RecordingSink sink = new RecordingSink();
    try (ConnectionAdapter adapter = FilesFixture.open(joined())) {
      adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
    }

    assertThat(sink.tables().keySet())
        .isEqualTo(
            Set.of(
                SALES,
                SchemaName.of("sales").table("readme.json"),
                SchemaName.of("single").table("only.csv")));
    assertThat(sink.failures()).isEmpty();
  }

  @Test
  void a_file_that_is_part_of_a_table_is_none_itself() {
    assertThatThrownBy(() -> read(SchemaName.of("sales").table("jan.csv")))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> assertThat(e.failure().code()).isEqualTo(StandardErrorCode.NOT_FOUND));
    assertThatThrownBy(() -> read(SchemaName.of("nowhere").table("x.csv")))
        .isInstanceOf(ConnectionException.class);
    assertThat(read(SchemaName.of("sales").table("readme.json")).columns()).hasSize(1);
  }

  private ConfigurationValues joined() {
    return values(base).with("options.directory", "one_table");
  }

  private TableMetadata read(TableName table) {
    try (ConnectionAdapter adapter = FilesFixture.open(joined())) {
      return adapter.getTableMetadata(table, TestOperation.start());
    }
  }
}
