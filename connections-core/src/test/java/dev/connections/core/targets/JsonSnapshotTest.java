package dev.connections.core.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.DataType;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.Notice;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.internal.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSnapshotTest {
  @Test
  void a_table_comes_back_equal_but_for_types_of_plugins() {
    TableMetadata table = Rich.table();

    try (JsonSnapshotReader reader = read(snapshot(List.of(table)))) {
      assertThat(reader.source())
          .isEqualTo(new JsonSnapshotReader.Source("c-1", "Sales files", "filesystem"));
      assertThat(reader.report()).isEmpty();
      assertThat(reader.tables()).containsExactly(stored(table));
      assertThat(reader.report()).contains(Samples.report(List.of(table)));
    }
  }

  @Test
  void a_report_with_everything_comes_back_equal_but_for_codes_of_plugins() {
    ImportReport report = Rich.report();

    try (JsonSnapshotReader reader = read(snapshot(List.of(), report))) {
      assertThat(reader.tables()).isEmpty();
      ImportReport read = reader.report().orElseThrow();
      assertThat(read.failedTables().get(0)).isEqualTo(report.failedTables().get(0));
      assertThat(read.failedTables().get(1).failure().code())
          .isEqualTo(stored(Rich.PluginCode.ODD_DELIMITER));
      assertThat(read).usingRecursiveComparison().ignoringFields("failedTables").isEqualTo(report);
    }
  }

  @Test
  void any_table_comes_back_equal_in_the_order_of_names() {
    Random random = new Random(42);
    Map<TableName, TableMetadata> tables = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      TableMetadata table = Rich.random(random);
      tables.put(table.name(), table);
    }

    try (JsonSnapshotReader reader = read(snapshot(List.copyOf(tables.values())))) {
      assertThat(reader.tables().toList())
          .containsExactlyElementsOf(tables.keySet().stream().sorted().map(tables::get).toList());
    }
  }

  @Test
  void a_type_of_many_levels_comes_back() {
    DataType type = DataType.of(TypeKind.DATE, "date");
    for (int i = 0; i < 150; i++) {
      type = DataType.struct(List.of(TypeField.of("f", type, true)), "s");
    }
    TableMetadata table = Samples.table(Samples.name("s", "t"), Column.of("c", type, true)).build();

    try (JsonSnapshotReader reader = read(snapshot(List.of(table)))) {
      assertThat(reader.tables()).containsExactly(table);
    }
  }

  @Test
  void half_a_character_becomes_the_replacement_character() {
    TableMetadata table =
        Samples.table(Samples.name("s", "a\uD83D"), Samples.column("\uDE00b", TypeKind.DATE))
            .build();

    try (JsonSnapshotReader reader = read(snapshot(List.of(table)))) {
      TableMetadata read = reader.tables().findFirst().orElseThrow();
      assertThat(read.name().table()).isEqualTo("a\uFFFD");
      assertThat(read.columns().get(0).name()).isEqualTo("\uFFFDb");
    }
  }

  @Test
  void what_is_written_is_valid_by_the_published_schema() {
    Random random = new Random(42);
    Map<TableName, TableMetadata> tables = new HashMap<>(Map.of(Rich.NAME, Rich.table()));
    for (int i = 0; i < 50; i++) {
      TableMetadata table = Rich.random(random);
      tables.put(table.name(), table);
    }

    assertThat(problems(snapshot(List.copyOf(tables.values()), Rich.report()))).isEmpty();
    assertThat(problems(snapshot(List.of()))).isEmpty();
  }

  @Test
  void the_published_schema_refuses_what_isnt_a_snapshot() {
    String good = snapshot(List.of(Rich.table()));

    assertThat(problems(good.replace("\"version\":2,\"release\"", "\"version\":3,\"release\"")))
        .isNotEmpty();
    assertThat(problems(good.replace("\"kind\":\"bigint\"", "\"kind\":\"int8\""))).isNotEmpty();
    assertThat(problems(good.replace("\"nullable\":false", "\"nulable\":false"))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "no json",
        "{\"format\":\"other\",\"version\":1}",
        "{\"format\":\"connections.snapshot\",\"version\":1}",
        "{\"format\":\"connections.snapshot\",\"version\":1,\"tables\":[]}",
        "{\"format\":\"connections.snapshot\",\"version\":1,\"connection\":{},\"tables\":[]}"
      })
  void what_is_no_snapshot_is_refused(String text) {
    assertThatThrownBy(() -> JsonSnapshotReader.of(new StringReader(text)))
        .satisfies(e -> hasCode(e, TargetErrorCode.MALFORMED_SNAPSHOT))
        .hasMessageContaining("This is not a snapshot of Connections.");
  }

  @Test
  void a_snapshot_of_a_later_version_is_refused_with_its_number() {
    String text = "{\"format\":\"connections.snapshot\",\"version\":7}";

    assertThatThrownBy(() -> JsonSnapshotReader.of(new StringReader(text)))
        .satisfies(e -> hasCode(e, TargetErrorCode.UNKNOWN_SNAPSHOT_VERSION))
        .hasMessageContaining("version 7");
  }

  @Test
  void a_snapshot_of_an_earlier_version_is_read() {
    String text =
        snapshot(List.of(Rich.table()))
            .replace("\"version\":2,\"release\"", "\"version\":1,\"release\"");

    try (JsonSnapshotReader reader = read(text)) {
      assertThat(reader.tables()).hasSize(1);
      assertThat(reader.report().orElseThrow().drift()).isEmpty();
    }
  }

  @Test
  void a_snapshot_cut_anywhere_is_damaged_and_never_passes_as_whole() {
    String text = snapshot(List.of(Rich.table())).strip();
    for (int end = 0; end < text.length(); end += 7) {
      String cut = text.substring(0, end);
      assertThatThrownBy(() -> readAll(cut))
          .satisfies(e -> hasCode(e, TargetErrorCode.MALFORMED_SNAPSHOT));
    }
    assertThatThrownBy(() -> readAll(text + "{}"))
        .satisfies(e -> hasCode(e, TargetErrorCode.MALFORMED_SNAPSHOT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"kind\":\"bigint\"=\"kind\":\"int8\"",
        "\"kind\":\"table\"=\"kind\":\"TABLE\"",
        "\"rows\":10=\"rows\":-10",
        "\"length\":5=\"length\":5000000000",
        "\"table\":\"Orders\"=\"tible\":\"Orders\"",
        "\"startedAt\":\"2026=\"startedAt\":\"soon",
        "\"attempts\":1=\"attempts\":\"one\"",
        "\"report\"=\"rapport\"",
        "\"status\":\"complete\"=\"status\":\"done\""
      })
  void a_damaged_member_is_told_without_what_stands_in_it(String change) {
    String[] parts = change.split("=", 2);
    String text = snapshot(List.of(Rich.table()));
    assertThat(text).contains(parts[0]);

    assertThatThrownBy(() -> readAll(text.replace(parts[0], parts[1])))
        .satisfies(e -> hasCode(e, TargetErrorCode.MALFORMED_SNAPSHOT))
        .hasMessageContaining("The snapshot is damaged at table ");
  }

  @Test
  void a_file_is_written_and_read(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("snapshot.json");

    Samples.run(JsonSnapshot.to(file), List.of(Rich.table()));

    try (JsonSnapshotReader reader = JsonSnapshotReader.open(file)) {
      assertThat(reader.tables()).hasSize(1);
      assertThat(reader.tables()).isEmpty();
    }
    assertThatThrownBy(() -> JsonSnapshotReader.open(folder.resolve("gone")))
        .satisfies(e -> hasCode(e, TargetErrorCode.SNAPSHOT_NOT_READ));
    Files.write(file, "{\"format\":\"\u00e9\"".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> JsonSnapshotReader.open(file)).isInstanceOf(ConnectionException.class);
  }

  @Test
  void behind_the_last_table_there_is_none() {
    try (JsonSnapshotReader reader = read(snapshot(List.of()))) {
      var tables = reader.tables().iterator();

      assertThat(tables.hasNext()).isFalse();
      assertThatThrownBy(tables::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void an_extension_has_one_form_for_one_content() {
    StoredExtension stored = StoredExtension.of(new Rich.Inference(0.5, ","));

    assertThat(StoredExtension.of(stored)).isSameAs(stored);
    assertThat(stored.values())
        .containsEntry("sampled", 4096L)
        .containsEntry("small", 3L)
        .containsEntry("undefined", "NaN");
    Map<String, Object> odd = new HashMap<>();
    odd.put("nothing", null);
    odd.put("kind", TypeKind.DATE);
    odd.put("fits", new java.math.BigInteger("7"));
    assertThat(new StoredExtension("x", odd).values())
        .isEqualTo(Map.of("kind", "DATE", "fits", 7L));
  }

  private static TableMetadata stored(TableMetadata table) {
    TableMetadata.Builder stored =
        TableMetadata.builder(table.info(), table.loaded())
            .columns(table.columns().stream().map(JsonSnapshotTest::stored).toList())
            .primaryKey(table.primaryKey().orElseThrow())
            .uniqueKeys(table.uniqueKeys())
            .foreignKeys(table.foreignKeys())
            .indexes(table.indexes())
            .checks(table.checks())
            .partitioning(table.partitioning().orElseThrow())
            .definition(table.definition().orElseThrow())
            .rowCount(table.rowCount().orElseThrow())
            .sizeInBytes(table.sizeInBytes().orElseThrow());
    table.properties().forEach(stored::property);
    table.extensions().forEach(extension -> stored.extension(StoredExtension.of(extension)));
    table.notices().forEach(notice -> stored.notices(stored(notice)));
    return stored.build();
  }

  private static Column stored(Column column) {
    return new Column(
        column.name(),
        column.type(),
        column.nullable(),
        column.description(),
        column.defaultExpression(),
        column.generatedExpression(),
        column.identity(),
        column.collation(),
        column.extensions().stream()
            .map(StoredExtension::of)
            .map(e -> (dev.connections.api.MetadataExtension) e)
            .toList());
  }

  private static Notice stored(Notice notice) {
    return new Notice(
        stored(notice.code()), notice.scope(), notice.message(), notice.remedy(), notice.hidden());
  }

  private static ErrorCode stored(ErrorCode code) {
    return code instanceof Rich.PluginCode
        ? new StoredCode(code.id(), code.category(), code.transientFailure())
        : code;
  }

  private static List<String> problems(String json) {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(JsonSnapshot.schema());
    try {
      return schema.validate(Json.MAPPER.readTree(json)).stream().map(Object::toString).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void hasCode(Throwable thrown, ErrorCode code) {
    assertThat(thrown).isInstanceOf(ConnectionException.class);
    Failure failure = ((ConnectionException) thrown).failure();
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.remedy()).isPresent();
  }

  private static void readAll(String text) {
    try (JsonSnapshotReader reader = read(text)) {
      assertThat(reader.tables().toList()).isNotNull();
    }
  }

  private static JsonSnapshotReader read(String text) {
    return JsonSnapshotReader.of(new StringReader(text));
  }

  private static String snapshot(List<TableMetadata> tables) {
    return snapshot(tables, Samples.report(tables));
  }

  private static String snapshot(List<TableMetadata> tables, ImportReport report) {
    StringWriter out = new StringWriter();
    Samples.run(JsonSnapshot.to(out), tables, ImportOptions.all(), report);
    return out.toString();
  }
}
