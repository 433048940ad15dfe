package dev.connections.core.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportOptionsTest {
  private static final ImportOptions FULL =
      ImportOptions.builder()
          .schemas(List.of(SchemaName.of("sales"), SchemaName.of("main", "dotted.name")))
          .tables(
              List.of(
                  SchemaName.of("hr").table("a \"b\" ü"), SchemaName.of("main", "x").table("y")))
          .layer(Layer.GOLD)
          .entityType(EntityType.STAGING)
          .importRelationships(false)
          .enhance(true)
          .include(List.of(TablePattern.of("s*", "o?"), TablePattern.tables("*").inCatalog("m*")))
          .exclude(List.of(TablePattern.tables("tmp*")))
          .kinds(List.of(TableKind.TABLE, new TableKind("synonym")))
          .sections(List.of(Section.COLUMNS, Section.FOREIGN_KEYS))
          .build();

  @Test
  void what_is_written_is_read_back_equal() {
    assertThat(ImportOptions.fromJson(FULL.toJson())).isEqualTo(FULL);
    assertThat(ImportOptions.fromJson(ImportOptions.all().toJson())).isEqualTo(ImportOptions.all());
  }

  @Test
  void the_stored_text_has_the_names_that_users_have_stored() {
    assertThat(FULL.toJson())
        .isEqualTo(
            "{\"version\":1,"
                + "\"schemas\":[\"sales\",{\"catalog\":\"main\",\"schema\":\"dotted.name\"}],"
                + "\"tables\":[{\"schema\":\"hr\",\"table\":\"a \\\"b\\\" ü\"},"
                + "{\"catalog\":\"main\",\"schema\":\"x\",\"table\":\"y\"}],"
                + "\"layer\":\"gold\",\"entity_type\":\"staging\","
                + "\"import_relationships\":false,\"enhance\":true,"
                + "\"include\":[{\"schema\":\"s*\",\"table\":\"o?\"},"
                + "{\"catalog\":\"m*\",\"schema\":\"*\",\"table\":\"*\"}],"
                + "\"exclude\":[{\"schema\":\"*\",\"table\":\"tmp*\"}],"
                + "\"kinds\":[\"table\",\"synonym\"],"
                + "\"sections\":[\"columns\",\"foreign_keys\"]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"version\":1}",
        "{\"schemas\":[],\"tables\":null,\"layer\":null,\"enhance\":null}"
      })
  void what_is_absent_has_the_value_of_all(String json) {
    assertThat(ImportOptions.fromJson(json)).isEqualTo(ImportOptions.all());
  }

  @Test
  void settings_stored_before_there_were_versions_are_read() {
    ImportOptions read =
        ImportOptions.fromJson(
            "{\"schemas\":[\"dbo\"],\"layer\":\"silver\",\"entity_type\":\"table\","
                + "\"import_relationships\":true,\"enhance\":false}");
    assertThat(read)
        .isEqualTo(ImportOptions.ofSchemas("dbo").toBuilder().layer(Layer.SILVER).build());
  }

  @Test
  void a_newer_version_is_refused_in_a_sentence() {
    ConnectionException refused = refused("{\"version\":2,\"new\":1}");
    assertThat(refused.failure().message())
        .isEqualTo(
            "The import settings were written by a newer release (version 2; this one reads up to"
                + " 1).");
    assertThat(refused.failure().fields()).containsExactly("version");
    assertThat(refused.failure().remedy()).isPresent();
    assertThat(refused("{\"version\":1" + "0".repeat(500) + "}").failure().message())
        .hasSizeLessThan(200);
  }

  @Test
  void every_unknown_or_malformed_member_is_named() {
    ConnectionException refused =
        refused(
            "{\"colour\":1,\"layer\":\"GOLD\",\"schemas\":[7,{\"schema\":\"a\",\"x\":1}],"
                + "\"tables\":[{\"schema\":\"a\"}],\"enhance\":\"yes\"}");
    assertThat(refused.failure().fields())
        .containsExactlyInAnyOrder(
            "colour", "layer", "schemas[0]", "schemas[1].x", "tables[0].table", "enhance");
    assertThat(refused.failure().message())
        .startsWith("The import settings can't be used: \"colour\" is unknown; known are version,")
        .endsWith("; and 3 more.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"schemas\":\"sales\"} | schemas | must be a list",
        "{\"schemas\":[{\"catalog\":3,\"schema\":\"a\"}]} | schemas[0].catalog | must be a text",
        "{\"schemas\":[{}]} | schemas[0].schema | is missing",
        "{\"tables\":[\"dbo.orders\"]} | tables[0] | must be an object with \"schema\" and \"table\"",
        "{\"entity_type\":1} | entity_type | must be one of table, staging",
        "{\"import_relationships\":0} | import_relationships | must be true or false",
        "{\"include\":[\"*\"]} | include[0] | must be an object with \"schema\" or \"table\"",
        "{\"exclude\":[{\"table\":\"\"}]} | exclude[0] | must have parts of 1 to 1000 characters",
        "{\"exclude\":[{\"name\":\"x\"}]} | exclude[0].name | is unknown; known are catalog, schema, table",
        "{\"kinds\":[\"Table\"]} | kinds[0] | must be a kind of tables in lower case",
        "{\"kinds\":[1]} | kinds[0] | must be a kind of tables in lower case",
        "{\"sections\":[\"rows\"]} | sections[0] | must be one of columns, keys",
        "{\"version\":0} | version | must be a whole number from 1",
        "{\"version\":\"1\"} | version | must be a whole number from 1",
      })
  void each_member_says_what_it_must_be(String json, String path, String expected) {
    ConnectionException refused = refused(json);
    assertThat(refused.is(StandardErrorCode.INVALID_CONFIGURATION)).isTrue();
    assertThat(refused.failure().fields()).containsExactly(path);
    assertThat(refused.failure().message()).contains("\"" + path + "\" " + expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{} {}", "{\"layer\":\"gold\",\"layer\":\"gold\"}", "{'a':1}"})
  void a_text_that_is_not_json_is_refused_without_the_words_of_the_parser(String json) {
    ConnectionException refused = refused(json);
    assertThat(refused.is(StandardErrorCode.INVALID_CONFIGURATION)).isTrue();
    assertThat(refused.failure().message()).doesNotContain("Unexpected", "JsonParser", "Duplicate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "\"x\"", "null"})
  void a_text_that_is_no_object_is_refused(String json) {
    assertThat(refused(json).failure().message())
        .isEqualTo("The import settings must be a JSON object.");
  }

  @Test
  void a_deeply_nested_text_is_refused() {
    assertThat(refused("[".repeat(100_000)).is(StandardErrorCode.INVALID_CONFIGURATION)).isTrue();
  }

  @Test
  void an_unknown_name_is_shown_short_and_plain() {
    assertThat(refused("{\"a\\u0007" + "b".repeat(100) + "\":1}").failure().fields().get(0))
        .startsWith("a?bbb")
        .hasSize(61);
  }

  @Test
  void foreign_keys_are_wanted_only_with_relationships() {
    assertThat(ImportOptions.all().wantedSections()).isEqualTo(EnumSet.allOf(Section.class));
    assertThat(FULL.wantedSections()).isEqualTo(Set.of(Section.COLUMNS));
  }

  @Test
  void a_builder_that_starts_from_options_makes_equal_ones() {
    assertThat(FULL.toBuilder().build()).isEqualTo(FULL);
  }

  @Test
  void options_cannot_be_changed_from_outside() {
    assertThatThrownBy(() -> FULL.schemas().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> FULL.wantedSections().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void a_pattern_needs_parts_of_a_sensible_length() {
    assertThatThrownBy(() -> TablePattern.tables("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TablePattern.schemas("x".repeat(1_001)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(TablePattern.of("a", "b").inCatalog("c").display()).isEqualTo("c.a.b");
    assertThat(TablePattern.schemas("a").display()).isEqualTo("a.*");
  }

  private static ConnectionException refused(String json) {
    return catchThrowableOfType(ConnectionException.class, () -> ImportOptions.fromJson(json));
  }
}
