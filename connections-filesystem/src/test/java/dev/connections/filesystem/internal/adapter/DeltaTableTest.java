package dev.connections.filesystem.internal.adapter;

import static dev.connections.filesystem.internal.adapter.FilesFixture.values;
import static dev.connections.filesystem.internal.adapter.FilesFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Column;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.parquet.CheckpointFiles;
import dev.connections.filesystem.internal.parquet.ParquetFiles;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaTableTest {
  private static final TableName ORDERS = SchemaName.of("orders").table("orders");

  @TempDir Path base;

  @Test
  void a_directory_with_a_log_is_one_table_whatever_else_is_in_it() throws IOException {
    commit(0, metadata("id", "country"));
    write(base, "orders/part-0.parquet", ParquetFiles.ofColumns(1, Type.INT32, "id"));
    write(base, "orders/country=DE/part-1.parquet", ParquetFiles.ofColumns(1, Type.INT32, "id"));
    write(base, "orders/a7/part-2.parquet", ParquetFiles.ofColumns(1, Type.INT32, "id"));
    RecordingSink sink = new RecordingSink();

    try (ConnectionAdapter adapter = FilesFixture.open(values(base))) {
      adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
    }

    assertThat(sink.listed()).containsExactly(ORDERS);
    assertThat(sink.failures()).isEmpty();
    TableMetadata table = sink.tables().get(ORDERS);
    assertThat(table.info().kind()).isEqualTo(TableKind.FILE_SET);
    assertThat(table.columns()).extracting(Column::name).containsExactly("id", "country");
    assertThat(table.partitioning().orElseThrow().columns()).containsExactly("country");
    assertThat(table.sizeInBytes()).isEmpty();
  }

  @Test
  void the_newest_description_in_the_log_counts() throws IOException {
    commit(0, metadata("old", "country"));
    commit(1, "{\"add\":{\"path\":\"x\",\"stats\":\"{}\"}}\n");
    commit(2, "{\"commitInfo\":{}}\n" + metadata("new", "country"));
    commit(3, "{\"remove\":{\"path\":\"x\"}}\n");

    assertThat(read().columns()).extracting(Column::name).containsExactly("new", "country");
    assertThat(read().properties()).containsEntry("version", "3");
  }

  @Test
  void a_log_that_was_cleaned_up_is_read_from_its_checkpoint() throws IOException {
    for (CompressionCodec codec :
        List.of(CompressionCodec.UNCOMPRESSED, CompressionCodec.SNAPPY, CompressionCodec.GZIP)) {
      byte[] checkpoint = CheckpointFiles.of(30, schema("id", "kept")).compressed(codec).build();
      write(base, log(10) + ".checkpoint.parquet", checkpoint);
      commit(11, "{\"commitInfo\":{}}\n");

      assertThat(read().columns()).extracting(Column::name).containsExactly("id", "kept");
    }
  }

  @Test
  void a_checkpoint_in_an_unknown_codec_leaves_the_older_versions_or_is_unsupported()
      throws IOException {
    byte[] checkpoint = CheckpointFiles.of(30, schema("id", "kept")).build();
    byte[] brotli = withCodec(checkpoint, CompressionCodec.BROTLI);
    write(base, log(10) + ".checkpoint.parquet", brotli);

    assertFails(StandardErrorCode.UNSUPPORTED, "was cleaned up");

    for (int version = 0; version <= 10; version++) {
      commit(version, version == 0 ? metadata("id", "country") : "{\"commitInfo\":{}}\n");
    }
    assertThat(read().columns()).extracting(Column::name).containsExactly("id", "country");
  }

  @Test
  void a_checkpoint_of_json_is_read_too() throws IOException {
    write(
        base,
        log(4) + ".checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.json",
        metadata("id", "country"));

    assertThat(read().columns()).hasSize(2);
  }

  @Test
  void a_gap_in_the_log_is_told() throws IOException {
    commit(0, metadata("id", "country"));
    commit(2, "{\"commitInfo\":{}}\n");

    assertFails(StandardErrorCode.MALFORMED_DATA, "version 1 is missing");
  }

  @Test
  void a_damaged_log_is_told_and_other_tables_are_read() throws IOException {
    commit(0, "{\"metaData\":{\"schemaString\":");
    write(base, "other.csv", "a,b\n1,2\n");
    RecordingSink sink = new RecordingSink();

    try (ConnectionAdapter adapter = FilesFixture.open(values(base))) {
      adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
    }

    assertThat(sink.failures()).containsOnlyKeys(ORDERS);
    assertThat(sink.tables()).hasSize(1);
    assertFails(StandardErrorCode.MALFORMED_DATA, "isn't JSON");
  }

  @Test
  void schemas_that_make_no_sense_are_refused() throws IOException {
    for (String schema :
        List.of("[]", "{\\\"type\\\":\\\"struct\\\"}", "{", "{\\\"type\\\":\\\"long\\\"}")) {
      commit(0, "{\"metaData\":{\"schemaString\":\"" + schema + "\"}}");
      assertFails(StandardErrorCode.MALFORMED_DATA, "in its log");
    }
    commit(0, "{\"metaData\":{}}");
    assertFails(StandardErrorCode.MALFORMED_DATA, "without a schema");
    commit(0, "{\"commitInfo\":{}}");
    assertFails(StandardErrorCode.MALFORMED_DATA, "doesn't describe the table");
  }

  @Test
  void types_descriptions_defaults_and_bounds_are_kept() throws IOException {
    String fields =
        """
        {"name":"id","type":"long","nullable":false,"metadata":{"comment":"Its number."}},
        {"name":"code","type":"string","nullable":true,"metadata":{"__CHAR_VARCHAR_TYPE_STRING":"varchar(7)"}},
        {"name":"price","type":"decimal(12,2)","nullable":true,"metadata":{"CURRENT_DEFAULT":"0"}},
        {"name":"day","type":"date","nullable":true,"metadata":{"delta.generationExpression":"CAST(at AS DATE)"}},
        {"name":"at","type":"timestamp_ntz","nullable":true,"metadata":{}},
        {"name":"any","type":"variant","nullable":true,"metadata":{}},
        {"name":"tags","type":{"type":"array","elementType":"string","containsNull":false},"nullable":true,"metadata":{}},
        {"name":"map","type":{"type":"map","keyType":"string","valueType":{"type":"struct","fields":[
           {"name":"x","type":"integer","nullable":false,"metadata":{}}]},"valueContainsNull":true},"nullable":true,"metadata":{}},
        {"name":"odd","type":"hologram","nullable":true,"metadata":{}}
        """;
    commit(0, action("{\"type\":\"struct\",\"fields\":[" + fields + "]}", "[]"));

    TableMetadata table = read();

    assertThat(table.column("id").orElseThrow().nullable()).isFalse();
    assertThat(table.column("id").orElseThrow().description()).contains("Its number.");
    assertThat(table.column("code").orElseThrow().type().length()).hasValue(7);
    assertThat(table.column("price").orElseThrow().defaultExpression()).contains("0");
    assertThat(table.column("day").orElseThrow().generatedExpression())
        .contains("CAST(at AS DATE)");
    assertThat(table.columns())
        .extracting(column -> column.type().kind())
        .containsExactly(
            TypeKind.BIGINT,
            TypeKind.STRING,
            TypeKind.DECIMAL,
            TypeKind.DATE,
            TypeKind.TIMESTAMP_NTZ,
            TypeKind.VARIANT,
            TypeKind.ARRAY,
            TypeKind.MAP,
            TypeKind.STRING);
    assertThat(table.notices()).anyMatch(notice -> notice.message().contains("doesn't know"));
  }

  @Test
  void a_new_version_changes_the_marker() throws IOException {
    commit(0, metadata("id", "country"));
    TableInfo before = listed();
    commit(1, "{\"commitInfo\":{}}\n");
    Files.setLastModifiedTime(base.resolve("orders/_delta_log"), FileTime.fromMillis(1_000));

    assertThat(listed().changeMarker()).isNotEqualTo(before.changeMarker());
  }

  @Test
  void a_delta_table_is_left_out_with_a_notice_where_the_format_is_not_wanted() throws IOException {
    commit(0, metadata("id", "country"));
    write(base, "orders/part-0.parquet", ParquetFiles.ofColumns(1, Type.INT32, "id"));
    RecordingSink sink = new RecordingSink();

    try (ConnectionAdapter adapter =
        FilesFixture.open(values(base).with("supported_formats", List.of("parquet")))) {
      adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
    }

    assertThat(sink.listed()).isEmpty();
    assertThat(sink.events(RecordingSink.Event.Noticed.class))
        .anyMatch(noticed -> noticed.notice().message().contains("is a Delta table"));
  }

  private void commit(int version, String actions) throws IOException {
    write(base, log(version) + ".json", actions);
  }

  private static String log(int version) {
    return "orders/_delta_log/" + String.format("%020d", version);
  }

  private static String metadata(String... names) {
    return action(schema(names), "[\"" + names[names.length - 1] + "\"]");
  }

  private static String action(String schema, String partitionColumns) {
    String text = schema.replace("\n", " ").replace("\"", "\\\"");
    return "{\"metaData\":{\"id\":\"1\",\"schemaString\":\""
        + text
        + "\",\"partitionColumns\":"
        + partitionColumns
        + ",\"configuration\":{\"delta.appendOnly\":\"true\"}}}\n";
  }

  private static String schema(String... names) {
    StringBuilder fields = new StringBuilder();
    for (String name : names) {
      fields
          .append(fields.isEmpty() ? "" : ",")
          .append("{\"name\":\"")
          .append(name)
          .append("\",\"type\":\"string\",\"nullable\":true,\"metadata\":{}}");
    }
    return "{\"type\":\"struct\",\"fields\":[" + fields + "]}";
  }

  private static byte[] withCodec(byte[] checkpoint, CompressionCodec codec) {
    byte[] changed = CheckpointFiles.of(30, schema("id", "kept")).named(codec).build();
    assertThat(changed).hasSameSizeAs(checkpoint);
    return changed;
  }

  private TableMetadata read() {
    ConfigurationValues values = values(base);
    try (ConnectionAdapter adapter = FilesFixture.open(values)) {
      return adapter.getTableMetadata(ORDERS, TestOperation.start());
    }
  }

  private TableInfo listed() {
    try (ConnectionAdapter adapter = FilesFixture.open(values(base))) {
      return adapter
          .listTables(TableQuery.of(SchemaName.of("orders")), TestOperation.start())
          .items()
          .get(0);
    }
  }

  private void assertFails(StandardErrorCode code, String part) {
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> {
              assertThat(e.failure().code()).isEqualTo(code);
              assertThat(e.failure().message()).contains(part);
            });
  }
}
