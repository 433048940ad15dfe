package dev.connections.filesystem.internal.adapter;

import static dev.connections.filesystem.internal.adapter.FilesFixture.values;
import static dev.connections.filesystem.internal.adapter.FilesFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ImportEnd;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.filesystem.internal.parquet.ParquetFiles;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesImportTest {
  private static final SchemaName ROOT = SchemaName.of(".");

  @TempDir Path temporary;
  private Path base;

  @BeforeEach
  void sample_files() throws IOException {
    base = FilesFixture.samples(Files.createDirectory(temporary.resolve("data")));
  }

  @Test
  void everything_is_listed_read_and_answered_in_one_pass() {
    RecordingSink sink = imported(values(base));

    assertThat(sink.tables()).hasSize(8);
    assertThat(sink.failures()).isEmpty();
    assertThat(complete(sink)).containsExactlyInAnyOrder(".", "clicks", "sales", "sales/old");
    try (ConnectionAdapter adapter = FilesFixture.open(values(base))) {
      for (TableMetadata bulk : sink.tables().values()) {
        assertThat(adapter.getTableMetadata(bulk.name(), TestOperation.start())).isEqualTo(bulk);
      }
    }
  }

  @Test
  void bad_files_fail_by_themselves_and_the_rest_goes_on() throws IOException {
    write(base, "empty.csv", "");
    write(base, "nul.csv", new byte[500]);
    write(base, "cut.parquet", new byte[100]);
    write(base, "cut.avro", "Obj".getBytes());
    write(base, "deep.json", "[".repeat(1_001));

    RecordingSink sink = imported(values(base));

    assertThat(sink.tables()).hasSize(9).containsKey(ROOT.table("empty.csv"));
    assertThat(sink.failures().keySet())
        .containsExactlyInAnyOrder(
            ROOT.table("nul.csv"),
            ROOT.table("cut.parquet"),
            ROOT.table("cut.avro"),
            ROOT.table("deep.json"));
    assertThat(sink.failures().values())
        .allSatisfy(
            failure -> {
              assertThat(failure.code())
                  .isIn(StandardErrorCode.MALFORMED_DATA, StandardErrorCode.TOO_LARGE);
              assertThat(failure.message()).doesNotContain(temporary.toString());
              assertThat(failure.remedy()).isPresent();
            });
  }

  @Test
  void a_message_about_a_file_with_a_hostile_name_stays_one_line() throws IOException {
    for (String ending : new String[] {"csv", "json", "ndjson", "parquet", "avro"}) {
      write(base, "a\nERROR b\u202E." + ending, new byte[] {'{', 0, 0, 7, 1});
    }

    RecordingSink sink = imported(values(base));

    assertThat(sink.failures()).hasSize(5);
    assertThat(sink.failures().values())
        .allSatisfy(failure -> assertThat(failure.message()).contains("'a?ERROR b?."));
  }

  @Test
  void each_directory_that_was_asked_about_is_told_complete_or_failed() throws IOException {
    write(temporary, "elsewhere/secret.csv", "a,b\n1,2\n");
    write(base, "one/two/three/deep.csv", "a,b\n1,2\n");
    Files.createSymbolicLink(base.resolve("out"), temporary.resolve("elsewhere"));
    Files.createSymbolicLink(base.resolve("gone.csv"), base.resolve("nothing"));
    Set<SchemaName> asked = new TreeSet<>();
    RecordingSink sink = new RecordingSink();

    run(
        values(base).with("advanced.follow_links", true).with("advanced.max_depth", 2),
        sink,
        TestSelection.everything().schemas(schema -> asked.add(schema) || true));

    Set<SchemaName> told = new TreeSet<>();
    sink.events(RecordingSink.Event.ListingComplete.class).forEach(e -> told.add(e.schema()));
    sink.events(RecordingSink.Event.ListingFailed.class).forEach(e -> told.add(e.schema()));
    assertThat(told).isEqualTo(asked);
    assertThat(asked).doesNotContain(SchemaName.of("out"));
    assertThat(sink.events(RecordingSink.Event.Noticed.class))
        .extracting(noticed -> noticed.notice().remedy().orElse(""))
        .contains("Copy what is missing into the directory.")
        .noneMatch(remedy -> remedy.startsWith("Allow links"));
  }

  @Test
  void a_file_deleted_between_listing_and_reading_is_not_found() {
    RecordingSink sink =
        new RecordingSink()
            .onEvent(
                event -> {
                  if (event instanceof RecordingSink.Event.Proceed) {
                    delete(base.resolve("customers.csv"));
                    delete(base.resolve("sales/items.parquet"));
                  }
                });

    run(values(base), sink, TestSelection.everything());

    assertThat(sink.failures()).hasSize(2);
    assertThat(sink.failures().get(ROOT.table("customers.csv")).code())
        .isEqualTo(StandardErrorCode.NOT_FOUND);
    assertThat(sink.failures().get(SchemaName.of("sales").table("items.parquet")).message())
        .contains("'sales/items.parquet'");
  }

  @Test
  void a_directory_exchanged_for_a_link_after_the_listing_leads_nowhere() {
    RecordingSink sink =
        new RecordingSink()
            .onEvent(
                event -> {
                  if (event instanceof RecordingSink.Event.Proceed) {
                    exchange();
                  }
                });

    run(values(base), sink, TestSelection.everything());

    assertThat(sink.failures().keySet()).contains(SchemaName.of("sales").table("items.parquet"));
    assertThat(sink.failures().get(SchemaName.of("sales").table("items.parquet")).code())
        .isEqualTo(StandardErrorCode.PERMISSION_DENIED);
  }

  private void exchange() {
    try {
      Path away = temporary.resolve("elsewhere");
      Files.move(base.resolve("sales"), away);
      Files.createSymbolicLink(base.resolve("sales"), away);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void named_tables_are_read_and_nothing_else_is_listed() {
    TableName set = SchemaName.of("clicks").table("clicks");
    TableName gone = ROOT.table("gone.csv");
    TableName evil = SchemaName.of("..").table("evil.csv");
    RecordingSink sink = new RecordingSink();

    run(
        values(base),
        sink,
        TestSelection.everything().named(ROOT.table("orders.tsv"), set, gone, evil));

    assertThat(sink.listed()).containsExactlyInAnyOrder(ROOT.table("orders.tsv"), set);
    assertThat(sink.tables()).containsOnlyKeys(ROOT.table("orders.tsv"), set);
    assertThat(sink.failures()).containsOnlyKeys(gone, evil);
    assertThat(complete(sink)).isEmpty();
  }

  @Test
  void directories_that_are_not_wanted_are_not_listed_but_those_below_them_are() {
    RecordingSink sink = new RecordingSink();

    run(
        values(base),
        sink,
        TestSelection.everything().schemas(schema -> schema.schema().startsWith("sales/")));

    assertThat(sink.tables()).containsOnlyKeys(SchemaName.of("sales/old").table("archive.csv.gz"));
    assertThat(complete(sink)).containsExactly("sales/old");
  }

  @Test
  void no_file_is_opened_where_nothing_in_it_is_wanted() throws IOException {
    write(base, "broken.parquet", new byte[100]);
    RecordingSink sink = new RecordingSink();

    run(values(base), sink, TestSelection.everything().sections(EnumSet.of(Section.FOREIGN_KEYS)));

    assertThat(sink.failures()).isEmpty();
    assertThat(sink.tables().get(ROOT.table("broken.parquet")).loaded()).isEmpty();
  }

  @Test
  void a_preview_lists_and_reads_nothing() {
    RecordingSink sink = new RecordingSink().stopping();

    ImportEnd end = run(values(base), sink, TestSelection.everything());

    assertThat(end).isEqualTo(new ImportEnd.Stopped());
    assertThat(sink.listed()).hasSize(8);
    assertThat(sink.tables()).isEmpty();
    assertThat(sink.events(RecordingSink.Event.Proceed.class))
        .singleElement()
        .satisfies(proceed -> assertThat(proceed.plan().tables()).hasValue(8));
  }

  @Test
  void the_limit_on_files_ends_the_listing_and_says_so() throws IOException {
    for (int i = 0; i < 20; i++) {
      write(base, "many/f" + i + ".parquet", ParquetFiles.ofColumns(1, Type.INT32, "a"));
    }

    RecordingSink sink = imported(values(base).with("advanced.max_files", 5));

    assertThat(sink.tables().size() + sink.failures().size()).isLessThanOrEqualTo(5);
    assertThat(complete(sink)).doesNotContain(".");
    assertThat(sink.events(RecordingSink.Event.ListingFailed.class))
        .anyMatch(failed -> failed.schema().equals(ROOT));
    assertThat(notices(sink)).contains(NoticeCode.TRUNCATED);
  }

  @Test
  void the_limit_on_levels_leaves_deeper_directories_out_and_says_so() {
    RecordingSink sink = imported(values(base).with("advanced.max_depth", 1));

    assertThat(sink.listed()).noneMatch(name -> name.schema().schema().equals("sales/old"));
    assertThat(complete(sink)).contains(".").doesNotContain("sales");
    assertThat(notices(sink)).contains(NoticeCode.TRUNCATED);
  }

  @Test
  void a_directory_that_may_not_be_read_fails_and_the_others_are_complete() throws IOException {
    assumeFalse(
        "root".equals(System.getProperty("user.name")), "rights don't bind this user: skipped");
    Files.setPosixFilePermissions(
        base.resolve("sales/old"), PosixFilePermissions.fromString("---------"));

    RecordingSink sink = imported(values(base));

    assertThat(complete(sink)).contains(".", "sales").doesNotContain("sales/old");
    assertThat(sink.events(RecordingSink.Event.ListingFailed.class))
        .singleElement()
        .satisfies(
            failed ->
                assertThat(failed.failure().code()).isEqualTo(StandardErrorCode.PERMISSION_DENIED));
  }

  @Test
  void what_the_sink_throws_ends_the_import_and_is_no_table_s_failure() {
    IllegalStateException full = new IllegalStateException("full");
    RecordingSink sink =
        new RecordingSink()
            .onEvent(
                event -> {
                  if (event instanceof RecordingSink.Event.Read) {
                    throw full;
                  }
                });

    assertThatThrownBy(() -> run(values(base), sink, TestSelection.everything())).isSameAs(full);
    assertThat(sink.failures()).isEmpty();
  }

  @Test
  void a_missing_directory_ends_the_import() {
    assertThatThrownBy(() -> imported(values(base.resolve("none"))))
        .hasMessageContaining("NOT_FOUND");
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> complete(RecordingSink sink) {
    return sink.events(RecordingSink.Event.ListingComplete.class).stream()
        .map(event -> event.schema().schema())
        .toList();
  }

  private static List<Object> notices(RecordingSink sink) {
    return sink.events(RecordingSink.Event.Noticed.class).stream()
        .map(RecordingSink.Event.Noticed::notice)
        .<Object>map(Notice::code)
        .toList();
  }

  private static RecordingSink imported(ConfigurationValues values) {
    RecordingSink sink = new RecordingSink();
    assertThat(run(values, sink, TestSelection.everything())).isInstanceOf(ImportEnd.Done.class);
    return sink;
  }

  private static ImportEnd run(
      ConfigurationValues values, RecordingSink sink, TestSelection selection) {
    try (ConnectionAdapter adapter = FilesFixture.open(values)) {
      return adapter.importMetadata(selection, sink, TestOperation.start());
    }
  }
}
