package dev.connections.filesystem.internal.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.Category;
import dev.connections.api.Column;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.DataType;
import dev.connections.api.ImportEnd;
import dev.connections.api.SchemaName;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.json.JsonTree;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("corpus")
class CorpusImportTest {
  private static final Path CORPUS = Path.of("../../shared/fixtures/filesystem");

  private static final List<String> DELTA =
      List.of(
          "basic-with-checkpoint",
          "data-reader-nested-struct",
          "data-reader-primitives",
          "table-with-columnmapping-mode-name");

  @TempDir Path temporary;

  @BeforeAll
  static void the_corpus_is_there() {
    assumeTrue(Files.isDirectory(CORPUS), "the file corpus isn't present: skipped");
  }

  @Test
  void every_file_of_the_corpus_ends_in_a_table_or_a_typed_failure() throws IOException {
    RecordingSink sink = new RecordingSink();
    try (ConnectionAdapter adapter = FilesFixture.open(FilesFixture.values(CORPUS))) {
      assertThat(adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start()))
          .isInstanceOf(ImportEnd.Done.class);
    }

    assertThat(sink.tables().size() + sink.failures().size()).isEqualTo(sink.listed().size());
    assertThat(sink.failures().values())
        .allMatch(failure -> failure.code().category() == Category.DATA);
    assertThat(counted(sink))
        .containsExactly(
            Map.entry("avro", "10 read, 1 refused"),
            Map.entry("csv-spectrum", "24 read, 0 refused"),
            Map.entry("delta", "4 read, 0 refused"),
            Map.entry("json-test-suite", "119 read, 199 refused"),
            Map.entry("orc", "5 read, 0 refused"),
            Map.entry("parquet-testing", "79 read, 0 refused"),
            Map.entry("xml", "25 read, 1 refused"));
  }

  /** For each folder of the corpus, what became of its files. */
  private static Map<String, String> counted(RecordingSink sink) {
    Map<String, String> counted = new TreeMap<>();
    for (TableName name : sink.listed()) {
      counted.put(folder(name), "");
    }
    counted.replaceAll(
        (folder, none) ->
            sink.tables().keySet().stream().filter(name -> folder(name).equals(folder)).count()
                + " read, "
                + sink.failures().keySet().stream().filter(n -> folder(n).equals(folder)).count()
                + " refused");
    return counted;
  }

  private static String folder(TableName name) {
    return name.schema().schema().split("/")[0];
  }

  @Test
  void no_file_of_the_corpus_needs_longer_than_its_deadline() throws IOException {
    for (String scan : List.of("fast", "full")) {
      RecordingSink listing = new RecordingSink().reading(table -> false);
      try (ConnectionAdapter adapter =
          FilesFixture.open(FilesFixture.values(CORPUS).with("options.scan", scan))) {
        adapter.importMetadata(TestSelection.everything(), listing, TestOperation.start());
        for (TableName name : listing.listed()) {
          try {
            adapter.getTableMetadata(name, TestOperation.within(Duration.ofSeconds(30)));
          } catch (ConnectionException e) {
            assertThat(e.category()).as(name.display()).isEqualTo(Category.DATA);
          }
        }
      }
    }
  }

  @Test
  void delta_tables_are_equal_to_the_schema_in_their_log() throws IOException {
    for (String name : DELTA) {
      TableMetadata table = read(CORPUS, SchemaName.of("delta/" + name).table(name));
      List<String> found = new ArrayList<>();
      for (Column column : table.columns()) {
        found.add(spelled(column.name(), column.type(), column.nullable()));
      }

      assertThat(found)
          .as(name)
          .isEqualTo(
              fields(JsonTree.parse(schemaString(CORPUS.resolve("delta").resolve(name)), 100)));
      assertThat(table.properties()).as(name).containsKey("version");
    }
  }

  /** A field as we found it. */
  private static String spelled(String name, DataType type, boolean nullable) {
    return name + " " + spelled(type) + (nullable ? "" : " not null");
  }

  private static String spelled(DataType type) {
    if (type.children().isEmpty()) {
      return type.kind() == TypeKind.DECIMAL
          ? "DECIMAL(" + type.precision().orElse(0) + "," + type.scale().orElse(0) + ")"
          : type.kind().name();
    }
    List<String> children = new ArrayList<>();
    for (TypeField child : type.children()) {
      children.add(
          type.kind() == TypeKind.STRUCT
              ? spelled(child.name(), child.type(), child.nullable())
              : spelled(child.type()));
    }
    return type.kind() + children.toString();
  }

  /** The fields as the log describes them. */
  private static List<String> fields(Object struct) {
    List<String> fields = new ArrayList<>();
    for (Object each : (List<?>) ((Map<?, ?>) struct).get("fields")) {
      Map<?, ?> field = (Map<?, ?>) each;
      boolean nullable = field.get("nullable").equals(true);
      fields.add(field.get("name") + " " + type(field.get("type")) + (nullable ? "" : " not null"));
    }
    return fields;
  }

  private static String type(Object described) {
    if (described instanceof Map<?, ?> parts) {
      return switch ((String) parts.get("type")) {
        case "array" -> "ARRAY[" + type(parts.get("elementType")) + "]";
        case "map" ->
            "MAP[" + type(parts.get("keyType")) + ", " + type(parts.get("valueType")) + "]";
        default -> "STRUCT" + fields(parts);
      };
    }
    return switch ((String) described) {
      case "long" -> "BIGINT";
      case "short" -> "SMALLINT";
      case "byte" -> "TINYINT";
      default -> ((String) described).toUpperCase(Locale.ROOT);
    };
  }

  @Test
  void a_cleaned_up_log_gives_the_same_schema_from_its_checkpoint() throws IOException {
    Path log = CORPUS.resolve("delta/basic-with-checkpoint/_delta_log");
    Path copy = Files.createDirectories(temporary.resolve("basic-with-checkpoint/_delta_log"));
    try (Stream<Path> files = Files.list(log)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".parquet") || name.matches("0+1[1-9]\\.json")) {
          Files.copy(file, copy.resolve(name));
        }
      }
    }
    TableName table = SchemaName.of("basic-with-checkpoint").table("basic-with-checkpoint");
    TableName whole = SchemaName.of("delta/basic-with-checkpoint").table("basic-with-checkpoint");

    assertThat(read(temporary, table).columns())
        .isNotEmpty()
        .isEqualTo(read(CORPUS, whole).columns());
  }

  private static TableMetadata read(Path base, TableName table) {
    try (ConnectionAdapter adapter = FilesFixture.open(FilesFixture.values(base))) {
      return adapter.getTableMetadata(table, TestOperation.start());
    }
  }

  private static String schemaString(Path table) throws IOException {
    Path first = table.resolve("_delta_log/00000000000000000000.json");
    for (String line : Files.readAllLines(first)) {
      if (line.contains("schemaString")) {
        Map<?, ?> action = (Map<?, ?>) JsonTree.parse(line, 100);
        return (String) ((Map<?, ?>) action.get("metaData")).get("schemaString");
      }
    }
    throw new AssertionError("no schema in " + table);
  }
}
