package dev.connections.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuickstartTest {
  private static final Path SAMPLE = Path.of("data/shop");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir private Path output;

  private int run(Path directory) {
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new Quickstart(new Screen(out, false), directory, output).run();
  }

  private String said() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void the_sample_data_is_imported_whole() throws IOException {
    assertThat(run(SAMPLE)).as(said()).isZero();

    assertThat(said())
        .contains("stored and encrypted")
        .contains("✓ Read metadata")
        .contains("Preview: 7 tables in 5 directories")
        .contains("Ledger:  7 listed = 7 imported + 0 failed + 0 left out + 0 unchanged")
        .doesNotContain("✗");
    assertThat(output.resolve("databricks.sql"))
        .content()
        .contains("CREATE TABLE IF NOT EXISTS `main`.`bronze`.`customers_csv`")
        .contains("`since` DATE")
        .contains("`price` STRUCT<`amount`: DOUBLE, `currency`: STRING>");
    assertThat(output.resolve("report.html")).content().contains("customers.csv", "<svg", "7");
    JsonNode snapshot = new ObjectMapper().readTree(output.resolve("snapshot.json").toFile());
    assertThat(snapshot.get("format").asText()).isEqualTo("connections.snapshot");
    assertThat(snapshot.get("tables")).hasSize(7);
  }

  @Test
  void a_damaged_file_is_told_and_the_rest_is_imported(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("good.csv"), "id,name\n1,a\n2,b\n");
    Files.writeString(directory.resolve("bad.parquet"), "this is no Parquet file, however long");

    assertThat(run(directory)).isEqualTo(1);

    assertThat(said())
        .contains("2 listed = 1 imported + 1 failed")
        .contains("✗")
        .contains("bad.parquet")
        .contains("→");
    assertThat(output.resolve("report.html")).exists();
  }

  @Test
  void a_directory_that_is_not_there_fails_the_test_with_a_sentence(@TempDir Path directory) {
    assertThat(run(directory.resolve("missing"))).isEqualTo(1);

    assertThat(said()).contains("✗").contains("→").doesNotContain("Exception");
    assertThat(output.resolve("report.html")).doesNotExist();
  }

  @Test
  void a_second_run_opens_the_connection_of_the_first(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("good.csv"), "id,name\n1,a\n2,b\n");
    run(directory);
    byte[] key = Files.readAllBytes(output.resolve("keys/local.key"));
    assertThat(said()).contains("is stored and encrypted").doesNotContain("opened again");

    assertThat(run(directory)).isZero();

    assertThat(said()).contains("opened again").contains("UTC: Nothing has changed.");
    assertThat(output.resolve("keys/local.key")).hasBinaryContent(key);
    assertThat(output.resolve("store/connections.db")).isNotEmptyFile();
  }

  @Test
  void a_second_run_says_what_changed_since_the_first(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("orders.csv"), "id,name\n1,a\n2,b\n");
    Files.writeString(directory.resolve("old.csv"), "id\n1\n");
    run(directory);
    assertThat(said()).doesNotContain("Since the import");

    Files.writeString(directory.resolve("orders.csv"), "id,name,price\n1,a,2.50\n2,b,3.75\n");
    Files.delete(directory.resolve("old.csv"));
    Files.writeString(directory.resolve("new.csv"), "id\n1\n");
    assertThat(run(directory)).as(said()).isZero();

    assertThat(said())
        .contains("UTC: 3 tables: 1 added, 1 removed, 1 changed; 1 breaking.")
        .contains("+ ")
        .contains("new.csv  added")
        .contains("old.csv  removed, breaking")
        .contains("orders.csv  changed")
        .contains("Column 'price' was added");
    assertThat(output.resolve("report.html"))
        .content()
        .contains("What changed since", "Column &#39;price&#39; was added");
  }

  @Test
  void on_a_terminal_the_live_line_is_written_over() {
    Screen screen = new Screen(new PrintStream(printed, true, StandardCharsets.UTF_8), true);

    screen.live("1 of 2, a long line");
    screen.live("2 of 2");
    screen.settle();
    screen.live("x".repeat(500));
    screen.say("done");

    assertThat(said()).contains("\r2 of 2             " + System.lineSeparator());
    assertThat(said()).endsWith("done" + System.lineSeparator());
    assertThat(said().lines().mapToInt(String::length).max().orElseThrow()).isLessThan(400);
  }
}
