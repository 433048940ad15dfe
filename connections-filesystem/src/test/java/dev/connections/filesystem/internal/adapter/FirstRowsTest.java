package dev.connections.filesystem.internal.adapter;

import static dev.connections.filesystem.internal.adapter.FilesFixture.values;
import static dev.connections.filesystem.internal.adapter.FilesFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.RowPreview;
import dev.connections.api.RowPreview.RowSample;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.filesystem.internal.orc.OrcFiles;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstRowsTest {
  @TempDir Path base;

  @Test
  void values_of_a_csv_file_have_their_columns_types() throws IOException {
    write(base, "t.csv", "Report\n\nid;price;who;on\n1;1,50;\"a;\"\"b\"\"\";true\n2;;x;false\n");

    RowSample sample = preview("t.csv", 10);

    assertThat(sample.columns()).containsExactly("id", "price", "who", "on");
    assertThat(sample.rows().get(0))
        .containsExactly(
            Optional.of(1L),
            Optional.of(new BigDecimal("1.50")),
            Optional.of("a;\"b\""),
            Optional.of(true));
    assertThat(sample.rows().get(1).get(1)).isEmpty();
    assertThat(sample.more()).isFalse();
  }

  @Test
  void no_more_rows_are_shown_than_wanted_and_that_there_are_more_is_told() throws IOException {
    write(base, "t.csv", "id\n" + "7\n".repeat(5_000));

    assertThat(preview("t.csv", 3).rows()).hasSize(3);
    assertThat(preview("t.csv", 3).more()).isTrue();
    assertThat(preview("t.csv", Integer.MAX_VALUE).rows()).hasSize(1_000);
  }

  @Test
  void a_value_that_is_not_of_its_columns_type_stays_text() throws IOException {
    write(base, "t.tsv", "a\tb\n1\tx\n2\ty\nthree\tz\n".replace("a\tb", "n\tm"));

    assertThat(preview("t.tsv", 3).rows().get(2))
        .containsExactly(Optional.of("three"), Optional.of("z"));
  }

  @Test
  void objects_of_json_are_rows_and_what_is_nested_is_json_text() throws IOException {
    write(
        base,
        "t.json",
        "[{\"id\":1,\"tags\":[1,2],\"deep\":{\"a\":null}},{\"id\":2.5,\"new\":false}]");
    write(base, "t.ndjson", "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n");

    RowSample json = preview("t.json", 5);
    assertThat(json.columns()).containsExactly("id", "tags", "deep", "new");
    assertThat(json.rows().get(0))
        .containsExactly(
            Optional.of(1), Optional.of("[1,2]"), Optional.of("{\"a\":null}"), Optional.empty());
    assertThat(json.rows().get(1).get(0)).contains(new BigDecimal("2.5"));
    assertThat(preview("t.ndjson", 2).rows()).hasSize(2);
    assertThat(preview("t.ndjson", 2).more()).isTrue();
  }

  @Test
  void a_json_file_of_scalars_has_one_column() throws IOException {
    write(base, "t.json", "[1, null, \"x\"]");

    assertThat(preview("t.json", 5).rows())
        .containsExactly(
            List.of(Optional.of(1)), List.of(Optional.empty()), List.of(Optional.of("x")));
  }

  @Test
  void an_empty_file_has_no_rows() throws IOException {
    write(base, "t.csv", "");

    assertThat(preview("t.csv", 5).rows()).isEmpty();
  }

  @Test
  void rows_of_binary_formats_cannot_be_shown() throws IOException {
    write(base, "t.orc", OrcFiles.ofColumns(3, "id"));

    assertThatThrownBy(() -> preview("t.orc", 5))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> assertThat(e.failure().code()).isEqualTo(StandardErrorCode.UNSUPPORTED));
  }

  @Test
  void rows_are_not_shown_unless_that_is_configured() {
    try (ConnectionAdapter adapter = FilesFixture.open(values(base))) {
      assertThat(adapter.as(RowPreview.class)).isEmpty();
    }
  }

  private RowSample preview(String table, int rows) {
    ConfigurationValues values =
        values(base).with("advanced.row_preview", true).with("options.scan", "full");
    try (ConnectionAdapter adapter = FilesFixture.open(values)) {
      return adapter
          .as(RowPreview.class)
          .orElseThrow()
          .preview(SchemaName.of(".").table(table), rows, TestOperation.start());
    }
  }
}
