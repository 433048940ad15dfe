package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableQuery;
import dev.connections.api.TypeKind;
import dev.connections.databricks.HiveTable;
import dev.connections.http.JsonObject;
import dev.connections.simulators.DatabricksSimulator;
import dev.connections.simulators.Fault;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers as servers once gave them, byte by byte. */
@Tag("corpus")
@Timeout(60)
class RecordedAnswersTest {
  private static final Path FOLDER = Path.of("../../shared/fixtures/databricks");
  private static final String ROOT = "/api/2.1/unity-catalog/";
  private static final SchemaName DEFAULT = SchemaName.of("unity", "default");

  private final DatabricksSimulator workspace = DatabricksSimulator.start();
  private final ConfigurationValues values =
      Workspaces.values(workspace)
          .with("catalog", "unity")
          .with("advanced.volumes_functions_models", true);

  @BeforeEach
  void the_answers_are_there() {
    assumeTrue(Files.isDirectory(FOLDER), "the recorded answers aren't on this machine");
  }

  @AfterEach
  void close() {
    workspace.close();
  }

  private static String recorded(String file) throws IOException {
    return Files.readString(FOLDER.resolve("uc-oss-0.6.0-responses").resolve(file + ".json"));
  }

  private void answering(String path, int status, String file) throws IOException {
    workspace.faults().always(ROOT + path, Fault.json(status, recorded(file)));
  }

  private static Set<String> names(String file, String member) throws IOException {
    Set<String> names = new TreeSet<>();
    JsonObject.parse(recorded(file))
        .objects(member)
        .forEach(object -> names.add(object.text("name").orElseThrow()));
    return names;
  }

  @Test
  void a_server_without_summaries_models_and_warehouses_is_read_to_its_end() throws IOException {
    answering("schemas", 200, "schemas");
    answering("tables", 200, "tables_default");
    answering("volumes", 200, "volumes");
    answering("functions", 200, "functions");
    workspace.faults().always(ROOT + "models", Fault.json(200, "{\"registered_models\":[]}"));
    workspace.faults().always(ROOT + "table-summaries", Fault.status(404));
    RecordingSink sink = new RecordingSink();

    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
    }

    Set<String> expected = names("tables_default", "tables");
    expected.addAll(names("volumes", "volumes"));
    expected.addAll(names("functions", "functions"));
    assertThat(sink.tables().keySet())
        .extracting(name -> name.table())
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(sink.failures()).isEmpty();
    assertThat(sink.tables().values())
        .filteredOn(table -> table.info().kind().equals(TableKind.TABLE))
        .isNotEmpty()
        .allSatisfy(table -> assertThat(table.columns()).isNotEmpty());
  }

  @Test
  void what_is_not_there_is_told_by_name() throws IOException {
    answering("schemas", 404, "schema_404");
    answering("tables", 404, "table_404");
    try (ConnectionAdapter adapter =
        Workspaces.open(values.without("advanced.volumes_functions_models"))) {
      ConnectionException table =
          catchThrowableOfType(
              ConnectionException.class,
              () -> adapter.getTableMetadata(DEFAULT.table("nope"), TestOperation.start()));
      ConnectionException schema =
          catchThrowableOfType(
              ConnectionException.class,
              () -> adapter.listTables(TableQuery.of(DEFAULT), TestOperation.start()));

      assertThat(table.code()).isEqualTo(StandardErrorCode.NOT_FOUND);
      assertThat(table.failure().message()).contains("unity.default.nope");
      assertThat(schema.code()).isEqualTo(StandardErrorCode.NOT_FOUND);
      assertThat(schema.failure().message()).contains("unity.default");
    }
  }

  @Test
  void a_single_table_is_read() throws IOException {
    answering("tables", 200, "table_get");
    try (ConnectionAdapter adapter = Workspaces.open(values)) {
      TableMetadata table =
          adapter.getTableMetadata(DEFAULT.table("marksheet"), TestOperation.start());

      assertThat(table.columns().get(0).description()).contains("ID primary key");
      assertThat(table.columns().get(0).nullable()).isFalse();
    }
  }

  @Test
  void a_description_of_hive_metastore_is_read() throws IOException {
    List<TableDescription.Row> rows = new ArrayList<>();
    for (String line :
        Files.readAllLines(FOLDER.resolve("datahub").resolve("hive_describe_extended.tsv"))) {
      String[] parts = line.split("\t", -1);
      rows.add(
          new TableDescription.Row(
              parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : ""));
    }

    TableMetadata table =
        TableDescription.read(SchemaName.of("hive_metastore", "s").table("t"), rows);

    assertThat(table.columns())
        .extracting(column -> column.name() + " " + column.type().kind())
        .containsExactly("betStatusId " + TypeKind.BIGINT, "channelId " + TypeKind.BIGINT);
    assertThat(table.rowCount().orElseThrow().rows()).isEqualTo(3);
    assertThat(table.sizeInBytes()).hasValue(1_024);
    assertThat(table.properties()).hasSize(4).containsEntry("delta.minReaderVersion", "1");
    assertThat(table.extension(HiveTable.class).orElseThrow().owner()).contains("root");
  }
}
