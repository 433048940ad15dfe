package dev.connections.databricks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.DataType;
import dev.connections.api.SchemaName;
import dev.connections.api.TableMetadata;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.http.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabricksTypesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "boolean | boolean | BOOLEAN",
        "tinyint | byte | TINYINT",
        "smallint | short | SMALLINT",
        "int | integer | INTEGER",
        "bigint | long | BIGINT",
        "float | float | FLOAT",
        "double | double | DOUBLE",
        "string | string | STRING",
        "binary | binary | BINARY",
        "date | date | DATE",
        "timestamp | timestamp | TIMESTAMP",
        "timestamp_ntz | timestamp_ntz | TIMESTAMP_NTZ",
        "variant | variant | VARIANT",
        "interval year | interval year | INTERVAL",
        "interval year to month | interval year to month | INTERVAL",
        "interval day to second | interval day to second | INTERVAL",
        "geometry(4326) | geometry(4326) | GEOMETRY",
        "geography(4326) | geography(4326) | GEOMETRY",
        "decimal(38,18) | decimal(38,18) | DECIMAL",
        "void | void | OTHER",
        "object | object | OTHER"
      })
  void text_and_json_of_a_simple_type_agree(String text, String json, TypeKind kind) {
    DataType byText = TypeText.parse(text);

    assertThat(byText.kind()).isEqualTo(kind);
    assertThat(byText.nativeType()).isEqualTo(text);
    assertThat(typed("\"" + json + "\"", text)).isEqualTo(byText);
  }

  private static DataType typed(String type, String text) {
    return read("{\"name\":\"c\",\"type\":" + type + ",\"metadata\":{}}", text).type();
  }

  private static TypeJson.Read read(String column, String text) {
    return TypeJson.read(Optional.of(column), Optional.of(text));
  }

  @Test
  void lengths_and_digits_are_kept() {
    assertThat(TypeText.parse("varchar(10)").length()).isEqualTo(OptionalInt.of(10));
    assertThat(TypeText.parse("CHAR(3)").length()).isEqualTo(OptionalInt.of(3));
    assertThat(TypeText.parse("decimal(5,2)").precision()).isEqualTo(OptionalInt.of(5));
    assertThat(TypeText.parse("decimal(5,2)").scale()).isEqualTo(OptionalInt.of(2));
    assertThat(TypeText.parse("decimal").precision()).isEqualTo(OptionalInt.of(10));
    assertThat(typed("\"string\"", "varchar(10)").length()).isEqualTo(OptionalInt.of(10));
    String declared =
        "{\"name\":\"c\",\"type\":\"string\",\"metadata\":{\"__CHAR_VARCHAR_TYPE_STRING\":\"char(7)\"}}";
    assertThat(read(declared, "string").type().length()).isEqualTo(OptionalInt.of(7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "struct<x:int,y z:array<string>>",
        "STRUCT<x: INT, `y z`: ARRAY<STRING>>",
        "struct<x:int NOT NULL COMMENT 'it''s > <, here',y z:array<string>>"
      })
  void fields_are_named_bare_or_in_backticks_with_or_without_a_space(String text) {
    DataType type = TypeText.parse(text);

    assertThat(type.kind()).isEqualTo(TypeKind.STRUCT);
    assertThat(type.children()).extracting(TypeField::name).containsExactly("x", "y z");
    assertThat(type.children().get(1).type().children().get(0).type().kind())
        .isEqualTo(TypeKind.STRING);
  }

  @Test
  void backticks_keep_colons_backticks_and_other_scripts_in_names() {
    DataType type = TypeText.parse("struct<`a:b`:int,`c``d`:map<string,int>,`größe`:date>");

    assertThat(type.children()).extracting(TypeField::name).containsExactly("a:b", "c`d", "größe");
  }

  @Test
  void the_json_keeps_what_the_text_loses() {
    DataType type =
        typed(
            "{\"type\":\"struct\",\"fields\":[{\"name\":\"x:y\",\"type\":\"integer\",\"nullable\":false,"
                + "\"metadata\":{\"comment\":\"c\"}},{\"name\":\"m\",\"type\":{\"type\":\"map\",\"keyType\":"
                + "\"string\",\"valueType\":\"long\",\"valueContainsNull\":false}}]}",
            "struct<x:y:int,m:map<string,bigint>>");

    TypeField first = type.children().get(0);
    assertThat(first.name()).isEqualTo("x:y");
    assertThat(first.nullable()).isFalse();
    assertThat(first.description()).contains("c");
    assertThat(type.children().get(1).type().children().get(1).nullable()).isFalse();
    assertThat(type.nativeType()).isEqualTo("struct<x:y:int,m:map<string,bigint>>");
  }

  @Test
  void without_a_text_the_spelling_is_made_of_the_json() {
    String column =
        "{\"name\":\"c\",\"type\":{\"type\":\"struct\",\"fields\":[{\"name\":\"a b\",\"type\":\"long\"}]}}";
    DataType type = TypeJson.read(Optional.of(column), Optional.empty()).type();

    assertThat(type.nativeType()).isEqualTo("struct<`a b`:bigint>");
    assertThat(TypeText.parse(type.nativeType()).children()).isEqualTo(type.children());
  }

  @Test
  void collations_come_from_the_json_or_the_text() {
    String column =
        "{\"name\":\"c\",\"type\":\"string\",\"metadata\":{\"__COLLATIONS\":{\"c\":\"icu.UNICODE_CI\"}}}";
    assertThat(read(column, "string collate UNICODE_CI").collation()).contains("UNICODE_CI");
    TypeJson.Read byText =
        TypeJson.read(Optional.empty(), Optional.of("string collate UTF8_LCASE"));
    assertThat(byText.collation()).contains("UTF8_LCASE");
    assertThat(byText.type().kind()).isEqualTo(TypeKind.STRING);
  }

  @Test
  void json_that_cannot_be_read_leaves_the_text() {
    assertThat(read("{oops", "array<int>").type().kind()).isEqualTo(TypeKind.ARRAY);
    assertThat(TypeJson.read(Optional.empty(), Optional.empty()).type().kind())
        .isEqualTo(TypeKind.OTHER);
    assertThat(typed("{\"type\":\"udt\",\"sqlType\":\"double\"}", "point").kind())
        .isEqualTo(TypeKind.DOUBLE);
    assertThat(typed("{\"type\":\"novelty\"}", "novelty").kind()).isEqualTo(TypeKind.OTHER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "array",
        "array<",
        "array<int",
        "map<int>",
        "struct<a>",
        "struct<a:int",
        "int>",
        "struct<`a:int>",
        "novelty(3)",
        "decimal(",
        "decimal(999999999999,1)",
        "struct<a:int,>"
      })
  void a_text_that_is_no_type_is_kept_and_nothing_is_thrown(String text) {
    assertThat(TypeText.parse(text).nativeType()).isEqualTo(text);
  }

  @Test
  void no_text_of_these_letters_breaks_or_hangs_the_reader() {
    SplittableRandom random = new SplittableRandom(7);
    String letters = "array<>map,struct:int`' ()0not null comment";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      assertThat(TypeText.parse(text.toString()).nativeType()).isEqualTo(text.toString());
    }
  }

  @Test
  void a_type_nested_too_deep_is_kept_by_its_name() {
    assertThat(TypeText.parse("array<".repeat(5_000) + "int" + ">".repeat(5_000)).kind())
        .isEqualTo(TypeKind.OTHER);
    assertThat(TypeText.parse("array<".repeat(50) + "int" + ">".repeat(50)).kind())
        .isEqualTo(TypeKind.ARRAY);
  }

  @Test
  @Tag("corpus")
  void every_recorded_type_is_read_alike_from_text_and_json() throws IOException {
    Path file =
        Path.of("../../shared/fixtures/databricks/uc-oss-0.6.0-responses/tables_all_types.json");
    assumeTrue(Files.exists(file), "the recorded answers aren't on this machine");
    List<JsonObject> tables = JsonObject.parse(Files.readString(file)).objects("tables");

    assertThat(tables).hasSizeGreaterThan(20);
    for (JsonObject table : tables) {
      TableMetadata metadata = described("unity", "default", table);
      for (JsonObject column : table.objects("columns")) {
        DataType byJson = metadata.column(column.text("name").orElseThrow()).orElseThrow().type();
        DataType byText = TypeText.parse(column.text("type_text").orElseThrow());
        if (!column.text("type_name").orElse("").equals("TABLE_TYPE")) {
          assertThat(byJson.kind()).isEqualTo(byText.kind()).isNotEqualTo(TypeKind.OTHER);
          assertThat(byJson.length()).isEqualTo(byText.length());
          assertThat(byJson.precision()).isEqualTo(byText.precision());
          assertThat(byJson.children())
              .extracting(TypeField::name)
              .isEqualTo(byText.children().stream().map(TypeField::name).toList());
        }
      }
    }
  }

  private static TableMetadata described(String catalog, String schema, JsonObject table) {
    return new TableReader(CatalogFacts.NONE, path -> Optional.empty())
        .listed(TableReader.info(SchemaName.of(catalog, schema), table).orElseThrow(), table);
  }

  @Test
  @Tag("corpus")
  void the_table_of_a_real_workspace_has_its_rows_and_size() throws IOException {
    Path file = Path.of("../../shared/fixtures/databricks/datahub/tables_list_item.json");
    assumeTrue(Files.exists(file), "the recorded answer isn't on this machine");
    JsonObject table = JsonObject.parse(Files.readString(file)).objects("tables").get(0);

    TableMetadata metadata = described("quickstart_catalog", "quickstart_schema", table);

    assertThat(metadata.rowCount().orElseThrow().rows()).isEqualTo(10);
    assertThat(metadata.sizeInBytes()).hasValue(512);
    assertThat(metadata.columns()).hasSize(2);
  }
}
