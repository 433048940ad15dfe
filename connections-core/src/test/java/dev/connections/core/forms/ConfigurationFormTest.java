package dev.connections.core.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionType;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFormTest {
  enum Mode {
    BASIC,
    OAUTH,
    NONE
  }

  enum Grant {
    PASSWORD,
    CODE
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ConnectionType TYPE =
      ConnectionType.of("sample", "Sample", ConnectionType.Family.OTHER).build();

  static final Field<String> SERVER =
      Field.text("server")
          .label("Server")
          .help("Where it is.")
          .example("db.example.com")
          .suggestions("localhost", "127.0.0.1")
          .aliases("host")
          .range(1, 40)
          .required()
          .destination();
  static final Field<Integer> PORT =
      Field.integer("port").preset(1433).range(1, 65535).example("1433").destination();
  static final Field<Integer> RETRIES = Field.integer("advanced.retries");
  static final Field<Mode> MODE =
      Field.choice("authentication.type", Mode.class).preset(Mode.BASIC);
  static final Field<String> USER =
      Field.text("authentication.username").encrypted().required().when(MODE, Mode.BASIC);
  static final Field<Secret> PASSWORD =
      Field.secret("authentication.password").range(8, 64).required().when(MODE, Mode.BASIC);
  static final Field<Grant> GRANT =
      Field.choice("authentication.grant", Grant.class).required().when(MODE, Mode.OAUTH);
  static final Field<String> CODE =
      Field.text("authentication.code").required().when(GRANT, Grant.CODE);
  static final Field<Boolean> PROXIED = Field.flag("proxy.enabled").preset(false);
  static final Field<String> PROXY =
      Field.text("proxy.address").required().destination().when(PROXIED, true);
  static final Field<Integer> LEVEL = Field.integer("level").preset(2).range(1, 3);
  static final Field<String> REASON = Field.text("reason").required().when(LEVEL, 2, 3);
  static final Field<String> REGION = Field.text("region").preset("eu");
  static final Field<String> ZONE = Field.text("zone").required().when(REGION, "eu");
  static final Field<String> NEEDED = Field.text("advanced.deep.needed").required();
  static final Field<String> CERTIFICATE = Field.multilineText("certificate");
  static final Field<List<String>> FORMATS =
      Field.texts("formats").allowed("csv", "json").range(0, 2);
  static final Field<List<String>> TAGS = Field.texts("tags").example("sales");
  static final Field<Duration> TIMEOUT =
      Field.seconds("advanced.timeout").preset(Duration.ofSeconds(30)).range(1, 600);
  static final Field<Instant> EXPIRES = Field.instant("expires_at");
  static final Field<Secret> TOKEN = Field.secret("token").preset(Secret.of("never shown"));

  static final ConfigurationSpec SPEC =
      ConfigurationSpec.version(4)
          .group("address", "Address", SERVER, PORT, PROXIED, PROXY)
          .group("authentication", "Authentication", MODE, USER, PASSWORD, GRANT, CODE, TOKEN)
          .group("more", "More", LEVEL, REASON, REGION, ZONE, NEEDED, CERTIFICATE, FORMATS, TAGS)
          .group("advanced", "Advanced", RETRIES, TIMEOUT, EXPIRES)
          .build();

  private static final String TEXT = ConfigurationForm.jsonSchema(TYPE, SPEC);
  private static final JsonSchema SCHEMA = compiled(TEXT);

  private static JsonSchema compiled(String schema) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
  }

  private static boolean accepts(JsonSchema schema, ConfigurationValues values) {
    JsonNode instance = JSON.valueToTree(values.toTree());
    return schema
        .validate(
            instance, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
        .isEmpty();
  }

  private static JsonNode schema() {
    return tree(TEXT);
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(notJson);
    }
  }

  private static JsonNode property(String path) {
    return schema().at("/properties/" + path.replace(".", "/properties/"));
  }

  private static ConfigurationValues good() {
    return ConfigurationValues.empty()
        .with("server", "db.example.com")
        .with("authentication.username", "ada")
        .with("authentication.password", "hunter22")
        .with("advanced.deep.needed", "yes")
        .with("reason", "because")
        .with("zone", "a");
  }

  private static void agreed(ConfigurationValues values, boolean fine) {
    assertThat(SPEC.validate(values).isEmpty()).as("validate %s", values.toTree()).isEqualTo(fine);
    assertThat(accepts(SCHEMA, values)).as("schema %s", values.toTree()).isEqualTo(fine);
  }

  @Test
  void the_schema_is_a_schema_of_the_draft_it_names() {
    JsonSchema draft =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(SchemaLocation.of(SchemaId.V202012));
    assertThat(draft.validate(schema())).isEmpty();
    assertThat(draft.validate(tree("{\"type\":\"nonsense\"}"))).isNotEmpty();
    assertThat(schema().path("$schema").textValue()).isEqualTo(SchemaId.V202012);
  }

  @Test
  void one_spec_gives_one_text() {
    assertThat(ConfigurationForm.jsonSchema(TYPE, SPEC)).isEqualTo(TEXT);
  }

  @Test
  void the_root_names_type_version_and_groups() {
    assertThat(schema().path("$id").textValue())
        .isEqualTo("urn:dev.connections:configuration:sample:4");
    assertThat(schema().path("title").textValue()).isEqualTo("Sample");
    assertThat(schema().path("x-version").intValue()).isEqualTo(4);
    assertThat(schema().path("x-groups").toString())
        .startsWith("[{\"id\":\"address\",\"label\":\"Address\"},");
  }

  @Test
  void every_object_is_closed() {
    List<JsonNode> objects = new ArrayList<>();
    collect(schema(), objects);
    assertThat(objects).hasSize(5);
    assertThat(objects).allMatch(node -> !node.path("additionalProperties").asBoolean(true));
  }

  private static void collect(JsonNode node, List<JsonNode> objects) {
    if (node.path("type").asText().equals("object")) {
      objects.add(node);
      node.path("properties").forEach(property -> collect(property, objects));
    }
  }

  @Test
  void a_field_is_drawn_with_all_that_is_known_of_it() {
    assertThat(property("server"))
        .hasToString(
            "{\"title\":\"Server\",\"description\":\"Where it is.\",\"type\":\"string\","
                + "\"pattern\":\"^[^\\\\u0000]*[^\\\\s\\\\u001c-\\\\u001f\\\\u0000][^\\\\u0000]*$\","
                + "\"minLength\":1,\"maxLength\":40,\"examples\":[\"db.example.com\"],"
                + "\"x-suggestions\":[\"localhost\",\"127.0.0.1\"],\"x-aliases\":[\"host\"],"
                + "\"x-destination\":true,\"x-group\":\"address\",\"x-order\":0}");
    assertThat(property("port"))
        .hasToString(
            "{\"title\":\"Port\",\"type\":\"integer\",\"minimum\":1,\"maximum\":65535,"
                + "\"default\":1433,\"examples\":[1433],\"x-destination\":true,"
                + "\"x-group\":\"address\",\"x-order\":1}");
    assertThat(property("certificate").path("x-multiline").booleanValue()).isTrue();
    assertThat(property("advanced.timeout").path("x-unit").textValue()).isEqualTo("seconds");
    assertThat(property("advanced.timeout").path("default").intValue()).isEqualTo(30);
    assertThat(property("advanced.retries").path("maximum").intValue())
        .isEqualTo(Integer.MAX_VALUE);
    assertThat(property("formats").toString())
        .contains("\"items\":{\"type\":\"string\",\"enum\":[\"csv\",\"json\"]}")
        .contains("\"minItems\":0,\"maxItems\":2,\"default\":[]");
    assertThat(property("tags").path("examples").toString()).isEqualTo("[[\"sales\"]]");
    assertThat(property("proxy.enabled").path("default").booleanValue()).isFalse();
    assertThat(property("authentication.type").path("enum").toString())
        .isEqualTo("[\"basic\",\"oauth\",\"none\"]");
  }

  @Test
  void a_secret_is_write_only_and_a_user_name_is_not() {
    assertThat(property("authentication.password").path("writeOnly").booleanValue()).isTrue();
    assertThat(property("authentication.password").path("x-encrypted").booleanValue()).isTrue();
    assertThat(property("authentication.username").has("writeOnly")).isFalse();
    assertThat(property("authentication.username").path("x-encrypted").booleanValue()).isTrue();
    assertThat(property("server").has("x-encrypted")).isFalse();
    assertThat(property("token").has("default")).isFalse();
    assertThat(TEXT).doesNotContain("never shown");
  }

  @Test
  void a_condition_is_data_with_values_of_the_deciding_fields_kind() {
    assertThat(property("authentication.username").path("x-visible-when").toString())
        .isEqualTo("[{\"field\":\"authentication.type\",\"values\":[\"basic\"]}]");
    assertThat(property("proxy.address").path("x-visible-when").toString())
        .isEqualTo("[{\"field\":\"proxy.enabled\",\"values\":[true]}]");
    assertThat(property("reason").path("x-visible-when").toString())
        .isEqualTo("[{\"field\":\"level\",\"values\":[2,3]}]");
  }

  @Test
  void fields_are_numbered_in_the_order_of_the_form() {
    Map<Integer, String> order = new TreeMap<>();
    SPEC.fields().forEach(f -> order.put(property(f.path()).path("x-order").intValue(), f.path()));
    assertThat(order.values())
        .containsExactlyElementsOf(SPEC.fields().stream().map(Field::path).toList());
    assertThat(order).containsKeys(0, SPEC.fields().size() - 1);
  }

  @Test
  void what_is_required_is_required_only_where_it_is_shown() {
    agreed(good(), true);
    agreed(good().without("server"), false);
    agreed(good().without("advanced.deep.needed"), false);
    agreed(good().without("authentication.password"), false);
    agreed(good().with("authentication.type", "basic").without("authentication.username"), false);
    ConfigurationValues bare =
        good().without("authentication.password").without("authentication.username");
    agreed(bare, false);
    agreed(bare.with("authentication.type", "none"), true);
    agreed(bare.with("authentication.type", "oauth"), false);
    agreed(
        bare.with("authentication.type", "oauth").with("authentication.grant", "password"), true);
    ConfigurationValues code =
        bare.with("authentication.type", "oauth").with("authentication.grant", "code");
    agreed(code, false);
    agreed(code.with("authentication.code", "c"), true);
    agreed(code.with("authentication.code", " "), false);
    agreed(code.with("authentication.type", "none"), true);
    agreed(good().with("proxy.enabled", true), false);
    agreed(good().with("proxy.enabled", true).with("proxy.address", "p"), true);
    agreed(good().without("reason"), false);
    agreed(good().without("reason").with("level", 1), true);
    agreed(good().without("reason").with("level", 3), false);
    agreed(good().without("zone"), false);
    agreed(good().without("zone").with("region", " "), false);
    agreed(good().without("zone").with("region", "us"), true);
  }

  @Test
  void unknown_and_malformed_values_are_refused() {
    agreed(good().with("servr", "x"), false);
    agreed(good().with("authentication.pasword", "x"), false);
    agreed(good().with("authentication", "x"), false);
    agreed(good().with("port", 0), false);
    agreed(good().with("port", 1.5), false);
    agreed(good().with("port", 1433.0), true);
    agreed(good().with("server", "x".repeat(41)), false);
    agreed(good().with("server", "a\0b"), false);
    agreed(good().with("server", "\u001c\u001d"), false);
    agreed(good().with("advanced.retries", Integer.MAX_VALUE), true);
    agreed(good().with("advanced.retries", Integer.MIN_VALUE), false);
    agreed(good().with("formats", List.of("csv", "orc")), false);
    agreed(good().with("formats", List.of("csv", "json")), true);
    agreed(good().with("formats", List.of("csv", "csv", "csv")), false);
    agreed(good().with("formats", "csv"), false);
    agreed(good().with("authentication.password", "short"), false);
    agreed(good().with("expires_at", "2025-12-31T23:59:59Z"), true);
    agreed(good().with("expires_at", "2025-12-31T23:59:59.25+02:00"), true);
    agreed(good().with("expires_at", "2025-02-30T00:00:00Z"), false);
    agreed(good().with("expires_at", "tomorrow"), false);
  }

  @Test
  void the_mask_is_accepted_for_a_secret_of_any_length() {
    assertThat(accepts(SCHEMA, good().with("authentication.password", "******"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void the_schema_and_the_library_agree_on_generated_configurations(long seed) {
    Random random = new Random(seed);
    int fine = 0;
    int refused = 0;
    for (int i = 0; i < 2_500; i++) {
      ConfigurationValues values = ConfigurationValues.empty();
      boolean broken = false;
      double care = random.nextInt(3) == 0 ? 0.9 : 0.995;
      for (Field<?> field : SPEC.fields()) {
        boolean omitted = random.nextInt(field.isRequired() ? 12 : 3) == 0;
        if (omitted) {
          continue;
        }
        boolean bad = random.nextDouble() > care;
        broken |= bad;
        values = values.with(field.path(), bad ? bad(field, random) : good(field, random));
      }
      if (random.nextInt(20) == 0) {
        values = values.with("unknown" + random.nextInt(3), "x");
      }
      boolean valid = SPEC.validate(values).isEmpty();
      boolean accepted = accepts(SCHEMA, values);
      if (accepted) {
        assertThat(valid).as("accepted by the schema: %s", values.toTree()).isTrue();
      } else if (!broken) {
        assertThat(valid).as("refused by the schema: %s", values.toTree()).isFalse();
      }
      if (accepted) {
        fine++;
      } else {
        refused++;
      }
    }
    assertThat(fine).isGreaterThan(300);
    assertThat(refused).isGreaterThan(300);
  }

  private static Object good(Field<?> field, Random random) {
    return switch (field.kind()) {
      case TEXT ->
          field.path().equals("region")
              ? List.of("eu", "us", " ").get(random.nextInt(3))
              : "text".repeat(1 + random.nextInt(5)) + "é密";
      case MULTILINE_TEXT -> "line\nline";
      case SECRET -> "secret".repeat(2 + random.nextInt(3));
      case INTEGER, SECONDS ->
          field.least().orElse(0)
              + random.nextInt(
                  (int) Math.min(100, field.most().orElse(100) - field.least().orElse(0) + 1));
      case FLAG -> random.nextBoolean();
      case TEXTS ->
          field.choices().isEmpty()
              ? List.of("a", "b")
              : List.of(field.choices().get(random.nextInt(field.choices().size())));
      case CHOICE -> field.choices().get(random.nextInt(field.choices().size()));
      case INSTANT -> Instant.ofEpochSecond(random.nextInt(2_000_000_000)).toString();
    };
  }

  private static Object bad(Field<?> field, Random random) {
    List<Object> any =
        switch (field.kind()) {
          case TEXT, MULTILINE_TEXT -> List.of("a\0b", true, List.of("x"));
          case SECRET -> List.of(false, List.of(), 7);
          case INTEGER, SECONDS -> List.of(-3_000_000_000L, 1.5, "many", true, 3_000_000_000L);
          case FLAG -> List.of("maybe", 1, List.of());
          case TEXTS -> List.of("csv", 1, List.of(1), List.of(true));
          case CHOICE -> List.of("other", 1, true);
          case INSTANT -> List.of("2025-13-01T00:00:00Z", "2025-01-01", 5);
        };
    return any.get(random.nextInt(any.size()));
  }

  @Test
  void a_field_below_another_keeps_its_dotted_name() {
    ConfigurationSpec spec =
        ConfigurationSpec.version(1)
            .group("all", "All", Field.text("a"), Field.text("a.b.c").required())
            .build();
    JsonSchema schema = compiled(ConfigurationForm.jsonSchema(TYPE, spec));
    ConfigurationValues both = ConfigurationValues.empty().with("a", "x").with("a.b.c", "y");
    assertThat(accepts(schema, both)).isTrue();
    assertThat(accepts(schema, both.without("a.b.c"))).isFalse();
  }

  @Test
  void a_circle_of_conditions_shows_nothing_and_requires_nothing() {
    Field<Boolean> first = Field.flag("first");
    Field<Boolean> second = Field.flag("second").required().when(first, true);
    ConfigurationSpec spec =
        ConfigurationSpec.version(1)
            .group("all", "All", first.required().when(second, true), second)
            .build();
    JsonSchema schema = compiled(ConfigurationForm.jsonSchema(TYPE, spec));
    ConfigurationValues values = ConfigurationValues.empty().with("first", true);
    assertThat(spec.validate(values)).isEmpty();
    assertThat(accepts(schema, values)).isTrue();
  }

  @Test
  void a_condition_on_a_list_is_told_but_can_not_be_checked() {
    Field<String> dependent = Field.text("dependent").required().when(TAGS, List.of("x"));
    ConfigurationSpec spec =
        ConfigurationSpec.version(1).group("all", "All", TAGS, dependent).build();
    String text = ConfigurationForm.jsonSchema(TYPE, spec);
    assertThat(tree(text).at("/properties/dependent/x-visible-when/0/field").textValue())
        .isEqualTo("tags");
    assertThat(tree(text).has("allOf")).isFalse();
  }

  @Test
  void a_spec_without_fields_is_an_empty_object() {
    ConfigurationSpec spec = ConfigurationSpec.version(1).build();
    JsonSchema schema = compiled(ConfigurationForm.jsonSchema(TYPE, spec));
    assertThat(accepts(schema, ConfigurationValues.empty())).isTrue();
    assertThat(accepts(schema, ConfigurationValues.empty().with("a", 1))).isFalse();
  }

  @Test
  void an_example_that_is_no_number_is_shown_as_text() {
    ConfigurationSpec spec =
        ConfigurationSpec.version(1)
            .group("all", "All", Field.integer("n").example("many"))
            .build();
    assertThat(ConfigurationForm.jsonSchema(TYPE, spec)).contains("\"examples\":[\"many\"]");
  }
}
