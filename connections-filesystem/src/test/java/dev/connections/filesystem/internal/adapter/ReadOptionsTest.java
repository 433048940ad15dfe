package dev.connections.filesystem.internal.adapter;

import static dev.connections.filesystem.internal.adapter.FilesFixture.values;
import static dev.connections.filesystem.internal.adapter.FilesFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Column;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.Notice;
import dev.connections.api.RowCount;
import dev.connections.api.SchemaName;
import dev.connections.api.TableMetadata;
import dev.connections.api.TypeKind;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadOptionsTest {
  @TempDir Path base;

  @Test
  void what_is_configured_wins_over_what_would_be_found() throws IOException {
    write(base, "t.csv", "# made by hand\nskip me\na,b|c\n1,2|'x|y'\n3,4|z\n");

    TableMetadata table =
        read(
            values(base)
                .with("options.delimiter", "|")
                .with("options.quoting", "single")
                .with("options.header", false)
                .with("options.comment", "#")
                .with("options.skip_lines", 2));

    assertThat(table.columns()).extracting(Column::name).containsExactly("column1", "column2");
    assertThat(table.rowCount()).contains(RowCount.exactly(3));
  }

  @Test
  void a_tab_may_be_written_as_an_escape() throws IOException {
    write(base, "t.csv", "a b\tc,d\n1 2\t3,4\n");

    assertThat(read(values(base).with("options.delimiter", "\\t")).columns())
        .extracting(Column::name)
        .containsExactly("a b", "c,d");
  }

  @Test
  void a_named_encoding_is_used_and_doubted_where_the_bytes_are_of_another_one()
      throws IOException {
    write(base, "t.csv", "größe\n1\n".getBytes(Charset.forName("IBM850")));
    assertThat(read(values(base).with("options.charset", "IBM850")).columns())
        .extracting(Column::name)
        .containsExactly("größe");

    write(base, "t.csv", "größe\n1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(read(values(base).with("options.charset", "UTF-8")).notices())
        .extracting(Notice::message)
        .anyMatch(message -> message.contains("encoding which the connection names"));
  }

  @Test
  void a_named_delimiter_that_the_file_lacks_is_told() throws IOException {
    write(base, "t.csv", "a,b\n1,2\n");

    assertThat(read(values(base).with("options.delimiter", ";")).notices())
        .extracting(Notice::message)
        .anyMatch(message -> message.contains("delimiter that the connection names"));
  }

  @Test
  void a_full_scan_is_exact_where_a_fast_one_is_not() throws IOException {
    StringBuilder text = new StringBuilder("id,name\n");
    for (int i = 0; i < 300_000; i++) {
      text.append(i).append(",n\n");
    }
    int place = text.indexOf("\n", text.length() * 2 / 5) + 1;
    text.insert(place, "late,n\n");
    write(base, "t.csv", text.toString());

    assertThat(read(values(base)).columns().get(0).type().kind()).isEqualTo(TypeKind.BIGINT);
    TableMetadata full = read(values(base).with("options.scan", "full"));
    assertThat(full.columns().get(0).type().kind()).isEqualTo(TypeKind.STRING);
    assertThat(full.rowCount()).contains(RowCount.exactly(300_001));
  }

  private TableMetadata read(ConfigurationValues values) {
    try (ConnectionAdapter adapter = FilesFixture.open(values)) {
      return adapter.getTableMetadata(SchemaName.of(".").table("t.csv"), TestOperation.start());
    }
  }
}
