package dev.connections.filesystem.internal.adapter;

import static dev.connections.filesystem.internal.adapter.FilesFixture.values;
import static dev.connections.filesystem.internal.adapter.FilesFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.Column;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Page;
import dev.connections.api.RowCount;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.FileInference;
import dev.connections.filesystem.internal.parquet.ParquetFiles;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesAdapterTest {
  @TempDir Path temporary;
  private Path base;
  private ConnectionAdapter adapter;

  @BeforeEach
  void sample_files() throws IOException {
    base = FilesFixture.samples(Files.createDirectory(temporary.resolve("data")));
    adapter = FilesFixture.open(values(base));
  }

  @AfterEach
  void close() {
    adapter.close();
  }

  @Test
  void directories_are_schemas_and_files_are_tables() {
    assertThat(adapter.listSchemas(TestOperation.start()))
        .extracting(schema -> schema.name().schema())
        .containsExactly(".", "clicks", "sales", "sales/old");
    assertThat(names(tables("."))).containsExactly("customers.csv", "orders.tsv", "settings.json");
    assertThat(names(tables("sales")))
        .containsExactly("events.avro", "events.ndjson", "items.parquet");
    assertThat(names(tables("clicks"))).containsExactly("clicks");
    assertThat(tables("clicks").items().get(0).kind()).isEqualTo(TableKind.FILE_SET);
    assertThat(tables("sales").items()).allMatch(info -> info.changeMarker().isPresent());
  }

  @Test
  void a_list_comes_in_pages_that_files_which_come_and_go_do_not_shift() throws IOException {
    Page<TableInfo> first = adapter.listTables(query(".").limit(2), TestOperation.start());
    Files.delete(base.resolve("customers.csv"));
    Page<TableInfo> second =
        adapter.listTables(
            query(".").limit(2).after(first.next().orElseThrow()), TestOperation.start());

    assertThat(first.total()).hasValue(3);
    assertThat(names(first)).containsExactly("customers.csv", "orders.tsv");
    assertThat(names(second)).containsExactly("settings.json");
    assertThat(second.next()).isEmpty();
    assertThat(names(adapter.listTables(query(".").nameContains("ORD"), TestOperation.start())))
        .containsExactly("orders.tsv");
  }

  @Test
  void a_parquet_file_tells_columns_rows_size_and_how_it_was_read() {
    TableMetadata items = read("sales", "items.parquet");

    assertThat(items.columns()).extracting(Column::name).containsExactly("id", "price");
    assertThat(items.rowCount()).contains(RowCount.exactly(42));
    assertThat(items.sizeInBytes()).isPresent();
    assertThat(items.loaded())
        .contains(Section.COLUMNS, Section.STATISTICS, Section.PROPERTIES)
        .doesNotContain(Section.KEYS, Section.FOREIGN_KEYS);
    assertThat(items.extension(FileInference.class).orElseThrow().format()).isEqualTo("parquet");
  }

  @Test
  void the_doc_of_an_avro_record_is_the_table_s_description() {
    TableMetadata events = read("sales", "events.avro");

    assertThat(events.info().description()).contains("What happened.");
    assertThat(events.column("id").orElseThrow().description()).contains("Its number.");
  }

  @Test
  void directories_of_keys_and_values_are_one_table_with_the_keys_as_columns() {
    TableMetadata clicks = read("clicks", "clicks");

    assertThat(clicks.columns())
        .extracting(Column::name)
        .containsExactly("page", "count", "year", "month");
    assertThat(clicks.column("month").orElseThrow().type().kind()).isEqualTo(TypeKind.INTEGER);
    assertThat(clicks.rowCount()).contains(RowCount.exactly(30));
    assertThat(clicks.partitioning().orElseThrow().columns()).containsExactly("year", "month");
    assertThat(clicks.partitioning().orElseThrow().partitions()).hasValue(3);
    assertThat(clicks.properties()).containsEntry("files", "3");
  }

  @Test
  void a_compressed_file_is_read_whatever_its_name() throws IOException {
    assertThat(read("sales/old", "archive.csv.gz").columns()).hasSize(2);
    write(base, "disguised.csv", FilesFixture.gzip("a,b,c\n1,2,3\n"));
    assertThat(read(".", "disguised.csv").columns()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing.csv",
        ".hidden.csv",
        "notes.txt",
        "_staging/half.csv",
        "",
        "a\0b.csv",
        "sales",
        "."
      })
  void what_a_listing_does_not_show_does_not_exist(String table) {
    assertThatThrownBy(() -> read(".", table))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e ->
                assertThat(e.code())
                    .isIn(StandardErrorCode.NOT_FOUND, StandardErrorCode.PERMISSION_DENIED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"_staging", "clicks/year=2024", "none", "", "/", "sales/", "customers.csv"})
  void a_directory_that_is_no_schema_is_not_found(String schema) {
    assertThatThrownBy(() -> tables(schema))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e ->
                assertThat(e.code())
                    .isIn(StandardErrorCode.NOT_FOUND, StandardErrorCode.PERMISSION_DENIED));
  }

  @Test
  void no_name_leads_out_of_the_directory() throws IOException {
    write(temporary, "data-evil/secret.csv", "a,b\n1,2\n");
    Files.createSymbolicLink(base.resolve("link.csv"), temporary.resolve("data-evil/secret.csv"));
    Files.createSymbolicLink(base.resolve("evil"), temporary.resolve("data-evil"));

    assertCode(StandardErrorCode.PERMISSION_DENIED, "..", "secret.csv");
    assertCode(StandardErrorCode.PERMISSION_DENIED, "../data-evil", "secret.csv");
    assertCode(StandardErrorCode.PERMISSION_DENIED, "sales/../../data-evil", "secret.csv");
    assertCode(StandardErrorCode.PERMISSION_DENIED, "/etc", "passwd");
    assertCode(StandardErrorCode.PERMISSION_DENIED, ".", "../data-evil/secret.csv");
    assertCode(StandardErrorCode.PERMISSION_DENIED, ".", "/etc/passwd");
    assertCode(StandardErrorCode.PERMISSION_DENIED, ".", "link.csv");
    assertCode(StandardErrorCode.PERMISSION_DENIED, "evil", "secret.csv");
    assertThat(names(tables("."))).doesNotContain("link.csv");
    assertThat(tables(".").notices())
        .extracting(Notice::code)
        .containsExactly((ErrorCode) NoticeCode.SKIPPED);
    assertThatThrownBy(() -> tables("evil")).hasMessageContaining("PERMISSION_DENIED");
  }

  @Test
  void links_that_stay_inside_are_followed_where_the_connection_allows_it() throws IOException {
    write(temporary, "data-evil/secret.csv", "a,b\n1,2\n");
    Files.createSymbolicLink(base.resolve("out.csv"), temporary.resolve("data-evil/secret.csv"));
    Files.createSymbolicLink(base.resolve("evil"), temporary.resolve("data-evil"));
    Files.createSymbolicLink(base.resolve("in.parquet"), base.resolve("sales/items.parquet"));
    Files.createSymbolicLink(base.resolve("same"), base.resolve("sales"));
    Files.createSymbolicLink(base.resolve("sales/loop"), base);
    try (ConnectionAdapter following =
        FilesFixture.open(values(base).with("advanced.follow_links", true))) {

      assertThat(following.listSchemas(TestOperation.start()))
          .extracting(schema -> schema.name().schema())
          .contains("same", "same/old")
          .doesNotContain("evil", "sales/loop");
      Page<TableInfo> tables = following.listTables(query("."), TestOperation.start());
      assertThat(names(tables)).contains("in.parquet").doesNotContain("out.csv");
      TableName inside = SchemaName.of(".").table("in.parquet");
      assertThat(following.getTableMetadata(inside, TestOperation.start()).columns()).hasSize(2);
      assertThat(following.listTables(query("sales"), TestOperation.start()).items()).hasSize(3);
    }
  }

  @Test
  void a_pipe_is_skipped_with_a_notice_and_never_opened() throws Exception {
    assumeTrue(
        new ProcessBuilder("mkfifo", base.resolve("pipe.csv").toString()).start().waitFor() == 0,
        "this system can't make a pipe: skipped");

    Page<TableInfo> tables = tables(".");

    assertThat(names(tables)).doesNotContain("pipe.csv");
    assertThat(tables.notices()).extracting(Notice::message).anyMatch(m -> m.contains("pipe"));
    assertCode(StandardErrorCode.UNSUPPORTED, ".", "pipe.csv");
  }

  @Test
  void only_wanted_formats_names_and_levels_are_listed() {
    assertThat(listedWith("supported_formats", List.of("parquet", "xml")))
        .containsExactlyInAnyOrder("clicks.clicks", "sales.items.parquet");
    assertThat(listedWith("advanced.pattern", "*.csv")).containsExactly("customers.csv");
    assertThat(listedWith("advanced.pattern", "sales/*.{avro,parquet}"))
        .containsExactlyInAnyOrder("sales.events.avro", "sales.items.parquet");
    assertThat(listedWith("advanced.pattern", "regex:.*events.*"))
        .containsExactlyInAnyOrder("sales.events.avro", "sales.events.ndjson");
    assertThat(listedWith("advanced.recursive", false))
        .containsExactlyInAnyOrder("customers.csv", "orders.tsv", "settings.json");
  }

  @Test
  void a_table_that_the_pattern_leaves_out_cannot_be_read_either() {
    try (ConnectionAdapter narrow =
        FilesFixture.open(values(base).with("advanced.pattern", "*.csv"))) {
      TableName parquet = SchemaName.of("sales").table("items.parquet");
      assertThatThrownBy(() -> narrow.getTableMetadata(parquet, TestOperation.start()))
          .hasMessageContaining("NOT_FOUND");
    }
  }

  @Test
  void a_pattern_that_backtracks_for_ever_ends_the_listing_with_its_name() throws IOException {
    write(base, "a".repeat(60) + ".csv", "a,b\n1,2\n");
    try (ConnectionAdapter slow =
        FilesFixture.open(values(base).with("advanced.pattern", "regex:(.*a){25}"))) {
      assertThatThrownBy(() -> slow.listSchemas(TestOperation.start()))
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> assertThat(e.failure().fields()).containsExactly("advanced.pattern"));
    }
  }

  @Test
  void a_directory_that_disappeared_is_not_found() throws IOException {
    Path gone = Files.createDirectory(temporary.resolve("gone"));
    try (ConnectionAdapter lost = FilesFixture.open(values(gone))) {
      Files.delete(gone);
      assertThatThrownBy(() -> lost.listSchemas(TestOperation.start()))
          .isInstanceOfSatisfying(
              ConnectionException.class,
              e -> {
                assertThat(e.is(StandardErrorCode.NOT_FOUND)).isTrue();
                assertThat(e.failure().fields()).containsExactly("base_path");
              });
    }
  }

  @Test
  void a_gzip_bomb_costs_no_more_than_its_sample() throws IOException {
    write(base, "bomb.csv.gz", FilesFixture.gzip("a,b\n" + "0,0\n".repeat(20_000_000)));

    assertThat(read(".", "bomb.csv.gz").columns()).hasSize(2);
  }

  @Test
  void a_truncated_or_foreign_compression_is_named() throws IOException {
    byte[] whole = FilesFixture.gzip("a,b\n1,2\n");
    write(base, "cut.csv.gz", Arrays.copyOf(whole, whole.length - 10));
    write(base, "z.csv.zst", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0});
    write(base, "b.csv.bz2", "BZh91AY".getBytes());
    write(base, "p.csv", "PK\3\4....".getBytes());

    assertCode(StandardErrorCode.MALFORMED_DATA, ".", "cut.csv.gz");
    assertCode(StandardErrorCode.UNSUPPORTED, ".", "z.csv.zst");
    assertCode(StandardErrorCode.UNSUPPORTED, ".", "b.csv.bz2");
    assertCode(StandardErrorCode.UNSUPPORTED, ".", "p.csv");
  }

  @Test
  void the_files_of_a_partitioned_table_may_differ_and_it_is_told() throws IOException {
    write(base, "mixed/day=1/a.parquet", ParquetFiles.ofColumns(1, Type.INT32, "id", "x"));
    write(base, "mixed/day=two/a.parquet", ParquetFiles.ofColumns(1, Type.INT64, "id", "day"));
    write(base, "mixed/day=__HIVE_DEFAULT_PARTITION__/a.parquet", new byte[20]);
    write(base, "mixed/day=2/readme.csv", "a,b\n1,2\n");

    TableMetadata mixed = read("mixed", "mixed");

    assertThat(mixed.column("id").orElseThrow().type().kind()).isEqualTo(TypeKind.BIGINT);
    assertThat(mixed.column("x").orElseThrow().nullable()).isTrue();
    Column day = mixed.column("day").orElseThrow();
    assertThat(day.type().kind()).isEqualTo(TypeKind.STRING);
    assertThat(day.nullable()).isTrue();
    assertThat(mixed.rowCount()).isEmpty();
    assertThat(mixed.notices())
        .extracting(Notice::message)
        .anyMatch(m -> m.contains("differ in the type"))
        .anyMatch(m -> m.contains("Not all of the table's files"))
        .anyMatch(m -> m.contains("can't be read"))
        .anyMatch(m -> m.startsWith("1 file of another format"))
        .anyMatch(m -> m.contains("directories' names"));
  }

  @Test
  void a_partitioned_table_of_unreadable_files_fails_as_they_do() throws IOException {
    write(base, "bad/k=1/a.parquet", new byte[20]);

    assertCode(StandardErrorCode.MALFORMED_DATA, "bad", "bad");
  }

  @Test
  void a_directory_of_partitions_may_be_the_connection_s_own() {
    try (ConnectionAdapter clicks = FilesFixture.open(values(base.resolve("clicks")))) {
      TableName name = SchemaName.of(".").table("clicks");
      assertThat(names(clicks.listTables(query("."), TestOperation.start())))
          .containsExactly("clicks");
      assertThat(clicks.getTableMetadata(name, TestOperation.start()).columns()).hasSize(4);
    }
  }

  @Test
  void a_cancelled_or_overdue_call_ends() {
    TestOperation cancelled = TestOperation.start();
    cancelled.cancel();
    TableName table = SchemaName.of("sales").table("items.parquet");

    assertThatThrownBy(() -> adapter.getTableMetadata(table, cancelled))
        .hasMessageContaining("CANCELLED");
    assertThatThrownBy(() -> adapter.listSchemas(TestOperation.within(Duration.ZERO)))
        .hasMessageContaining("TIMEOUT");
  }

  private void assertCode(ErrorCode code, String schema, String table) {
    assertThatThrownBy(() -> read(schema, table))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> {
              assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
              assertThat(e.failure().message()).doesNotContain(temporary.toString());
              assertThat(e.failure().remedy()).isPresent();
            });
  }

  private List<String> listedWith(String field, Object value) {
    ConfigurationValues values = values(base).with(field, value);
    try (ConnectionAdapter other = FilesFixture.open(values)) {
      return other.listSchemas(TestOperation.start()).stream()
          .flatMap(
              schema ->
                  other
                      .listTables(TableQuery.of(schema.name()), TestOperation.start())
                      .items()
                      .stream())
          .map(info -> info.name().display())
          .toList();
    }
  }

  private static TableQuery query(String schema) {
    return TableQuery.of(SchemaName.of(schema));
  }

  private Page<TableInfo> tables(String schema) {
    return adapter.listTables(query(schema), TestOperation.start());
  }

  private static List<String> names(Page<TableInfo> page) {
    return page.items().stream().map(info -> info.name().table()).toList();
  }

  private TableMetadata read(String schema, String table) {
    return adapter.getTableMetadata(SchemaName.of(schema).table(table), TestOperation.start());
  }
}
