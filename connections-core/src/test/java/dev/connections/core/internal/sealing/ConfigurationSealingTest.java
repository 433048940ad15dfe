package dev.connections.core.internal.sealing;

import static dev.connections.core.internal.sealing.SampleSpec.SPEC;
import static dev.connections.core.internal.sealing.SampleSpec.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.secrets.KeysetStore;
import dev.connections.core.secrets.SecretErrorCode;
import dev.connections.core.store.StoredConfiguration;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationSealingTest {
  private static final SealedPlace HERE = new SealedPlace("acme", "c1");
  private static final Migration NONE =
      (version, values) -> {
        throw new AssertionError("nothing to migrate");
      };

  private final SecretCipher cipher =
      SecretCipher.open(KeySource.ephemeral(), KeysetStore.inMemory());
  private final ConfigurationSealing sealing = new ConfigurationSealing(cipher);

  private StoredConfiguration stored(ConfigurationValues values) {
    return sealing.seal(HERE, SPEC, values);
  }

  private ConfigurationValues open(StoredConfiguration stored) {
    return sealing.open(HERE, SPEC, NONE, stored);
  }

  private static ConnectionException failing(Runnable call) {
    ConnectionException failure = catchThrowableOfType(ConnectionException.class, call::run);
    assertThat(failure).isNotNull();
    assertThat(failure.failure().remedy()).isPresent();
    return failure;
  }

  @Test
  void user_names_and_secrets_are_sealed_and_the_rest_stays_legible() {
    StoredConfiguration stored = stored(values());
    assertThat(stored.specVersion()).isEqualTo(3);
    assertThat(stored.json())
        .contains("\"server\":\"db.example.com\"")
        .contains("\"username\":\"sealed:2:")
        .contains("\"password\":\"sealed:2:")
        .contains("\"advanced\":{\"pattern\":\"*.csv\"}")
        .doesNotContain("ada.lovelace")
        .doesNotContain("hunter2");
    assertThat(stored).hasToString("StoredConfiguration[version 3]");
  }

  @Test
  void an_adapter_gets_all_values_in_the_clear_with_secrets_as_secrets() {
    assertThat(open(stored(values())))
        .isEqualTo(values().with("authentication.password", Secret.of("hunter2")));
    assertThat(SPEC.bind(open(stored(values()))).get(SampleSpec.PASSWORD))
        .isEqualTo(Secret.of("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "pässwörd 密码 🔑", "line\nline", "\"}", "\0", "sealed:1:2:3", " "})
  void secrets_of_any_text_come_back(String text) {
    for (Object secret : List.of(text, Secret.of(text))) {
      StoredConfiguration stored = stored(values().with("authentication.password", secret));
      assertThat(open(stored).find("authentication.password")).contains(Secret.of(text));
    }
  }

  @Test
  void a_secret_of_64_kilobytes_comes_back_and_an_empty_one_is_no_secret_of_its_own() {
    String key = "k".repeat(64 * 1024);
    assertThat(
            open(stored(values().with("authentication.password", key)))
                .find("authentication.password"))
        .contains(Secret.of(key));
    StoredConfiguration empty = stored(values().with("authentication.password", Secret.of("")));
    assertThat(empty.json()).contains("\"password\":\"sealed:");
    assertThat(open(empty).find("authentication.password")).contains(Secret.of(""));
  }

  @Test
  void what_is_shown_has_user_names_in_the_clear_and_secrets_masked() {
    ReadableConfiguration shown = sealing.readable(HERE, SPEC, NONE, stored(values()));
    assertThat(shown.problems()).isEmpty();
    assertThat(shown.values()).isEqualTo(values().with("authentication.password", "******"));
  }

  @Test
  void a_secret_that_is_not_set_is_not_shown_as_set() {
    ReadableConfiguration shown =
        sealing.readable(HERE, SPEC, NONE, stored(values().without("authentication.password")));
    assertThat(shown.values().find("authentication.password")).isEmpty();
  }

  @Test
  void the_mask_is_never_stored_as_a_secret() {
    for (Object mask : List.of("******", Secret.of("******"))) {
      StoredConfiguration stored =
          stored(
              values()
                  .with("authentication.password", mask)
                  .with("authentication.username", mask)
                  .with("unknown", mask)
                  .with("advanced.pattern", "******"));
      assertThat(open(stored))
          .isEqualTo(
              ConfigurationValues.empty()
                  .with("server", "db.example.com")
                  .with("advanced.pattern", "******"));
    }
  }

  @Test
  void an_unknown_field_is_sealed_whatever_its_value_is() {
    ConfigurationValues unknown =
        values()
            .with("dsn", "postgres://ada:hunter2@db")
            .with("extra.flag", true)
            .with("extra.number", new BigDecimal("1.50"))
            .with("extra.whole", 7)
            .with("extra.list", List.of("hunter2", Map.of("key", Secret.of("hunter3"))));
    StoredConfiguration stored = stored(unknown);
    assertThat(stored.json())
        .doesNotContain("hunter")
        .doesNotContain(":1.5")
        .doesNotContain(":true");
    ConfigurationValues opened = open(stored);
    assertThat(opened.find("dsn")).contains("postgres://ada:hunter2@db");
    assertThat(opened.find("extra.flag")).contains(true);
    assertThat(opened.find("extra.number")).contains(new BigDecimal("1.50"));
    assertThat(opened.find("extra.whole")).contains(7);
    assertThat(opened.find("extra.list")).contains(List.of("hunter2", Map.of("key", "hunter3")));
    ReadableConfiguration shown = sealing.readable(HERE, SPEC, NONE, stored);
    assertThat(shown.values().find("dsn")).contains("******");
    assertThat(shown.values().find("extra.list")).contains("******");
  }

  @Test
  void an_alias_of_a_secret_is_as_secret_and_is_stored_under_the_field() {
    StoredConfiguration stored =
        stored(
            values()
                .without("authentication.password")
                .with("authentication.pwd", "hunter2")
                .with("host", "h"));
    assertThat(stored.json()).doesNotContain("hunter2").doesNotContain("\"pwd\"");
    assertThat(open(stored).find("authentication.password")).contains(Secret.of("hunter2"));
    assertThat(open(stored).find("server")).contains("db.example.com");
  }

  @Test
  void what_looks_sealed_in_a_legible_field_is_sealed_so_that_it_comes_back_as_entered() {
    String copied =
        cipher.seal(HERE, "authentication.password", "thunter2".getBytes(StandardCharsets.UTF_8));
    StoredConfiguration stored = stored(values().with("advanced.pattern", copied));
    assertThat(stored.json()).doesNotContain(copied);
    assertThat(open(stored).find("advanced.pattern")).contains(copied);
    assertThat(sealing.readable(HERE, SPEC, NONE, stored).values().find("advanced.pattern"))
        .contains(copied);
  }

  @Test
  void a_secret_handed_to_a_legible_field_is_sealed() {
    StoredConfiguration stored = stored(values().with("advanced.pattern", Secret.of("hunter2")));
    assertThat(stored.json()).doesNotContain("hunter2");
    assertThat(open(stored).find("advanced.pattern")).contains("hunter2");
    StoredConfiguration list =
        stored(values().with("advanced.pattern", List.of("a", Secret.of("hunter2"))));
    assertThat(list.json()).doesNotContain("hunter2");
    assertThat(open(list).find("advanced.pattern")).contains(List.of("a", "hunter2"));
  }

  @Test
  void lists_numbers_and_flags_are_stored_as_they_are() {
    StoredConfiguration stored =
        stored(
            values()
                .with("port", 1_433)
                .with("advanced.pattern", List.of("a", true, 2, Map.of("k", "v"))));
    assertThat(stored.json()).contains("\"port\":1433").contains("[\"a\",true,2,{\"k\":\"v\"}]");
    assertThat(open(stored).find("port")).contains(1_433);
    assertThat(open(stored).find("advanced.pattern"))
        .contains(List.of("a", true, 2, Map.of("k", "v")));
  }

  @Test
  void half_a_character_is_refused_before_it_becomes_another_secret() {
    for (ConfigurationValues broken :
        List.of(
            values().with("authentication.password", "hunter\ud800"),
            values().with("authentication.password", Secret.of("hunter\udc00")),
            values().with("advanced.pattern", "\ud83d"),
            values().with("advanced.pattern", List.of("\ud83d")),
            values().with("advanced.pattern", List.of(Map.of("k", "\ud83d"))),
            values().with("advanced.pattern", List.of(Map.of("\ud83d", "v"))),
            values().with("a\ud83d", "x"))) {
      ConnectionException failure = failing(() -> stored(broken));
      assertThat(failure.code()).isEqualTo(StandardErrorCode.INVALID_CONFIGURATION);
      assertThat(failure.failure().fields()).hasSize(1);
      assertThat(failure).hasMessageNotContaining("hunter");
    }
    assertThat(open(stored(values().with("advanced.pattern", "🔑"))).find("advanced.pattern"))
        .contains("🔑");
  }

  @Test
  void a_configuration_opens_in_its_own_account_and_connection_only() {
    StoredConfiguration stored = stored(values());
    for (SealedPlace elsewhere :
        List.of(new SealedPlace("other", "c1"), new SealedPlace("acme", "c2"))) {
      ConnectionException failure = failing(() -> sealing.open(elsewhere, SPEC, NONE, stored));
      assertThat(failure.is(SecretErrorCode.INVALID_ENCRYPTED_VALUE)).isTrue();
      assertThat(failure.failure().fields())
          .containsExactly("authentication.username", "authentication.password");
    }
  }

  @Test
  void a_value_swapped_between_fields_is_refused_and_its_field_is_named() {
    StoredConfiguration stored = stored(values().with("authentication.token", "t0ken"));
    Map<String, Object> raw = raw(stored);
    StoredConfiguration swapped =
        json(stored.json().replace(raw.get("password").toString(), raw.get("token").toString()));
    ConnectionException failure = failing(() -> open(swapped));
    assertThat(failure.failure().message())
        .isEqualTo("Invalid encrypted value in the field authentication.password.");
    assertThat(failure.failure().fields()).containsExactly("authentication.password");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> raw(StoredConfiguration stored) {
    try {
      return (Map<String, Object>)
          ((Map<String, Object>) JsonValues.read(stored.json())).get("authentication");
    } catch (JsonValues.MalformedJson impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static StoredConfiguration json(String json) {
    return new StoredConfiguration(3, json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"authentication\":{\"password\":\"hunter2\"}}",
        "{\"authentication\":{\"password\":[\"hunter2\"]}}",
        "{\"authentication\":{\"password\":true}}",
        "{\"authentication\":{\"password\":\"encrypted:00:11:22\"}}",
        "{\"authentication\":{\"password\":\"sealed:1:7:hunter2\"}}",
        "{\"authentication\":{\"pwd\":\"hunter2\"}}",
      })
  void a_secret_put_into_the_store_by_somebody_else_is_refused_and_not_shown(String json) {
    ConnectionException failure = failing(() -> open(json(json)));
    assertThat(failure.is(SecretErrorCode.INVALID_ENCRYPTED_VALUE)).isTrue();
    assertThat(failure).hasMessageNotContaining("hunter2");
    ReadableConfiguration shown = sealing.readable(HERE, SPEC, NONE, json(json));
    assertThat(shown.values().find("authentication.password")).contains("******");
  }

  private static void assertAltered(Runnable call) {
    ConnectionException failure = failing(call);
    assertThat(failure.code()).isEqualTo(SecretErrorCode.CONFIGURATION_ALTERED);
    assertThat(failure.failure().fields())
        .containsExactly("authentication.username", "authentication.password");
    assertThat(failure).hasMessageNotContaining("evil");
  }

  @Test
  void secrets_open_beside_the_values_only_that_they_were_entered_beside() {
    String json = stored(values().with("port", 1433)).json();
    String server = "\"server\":\"db.example.com\"";
    assertThat(json).contains(server, "\"port\":1433", "\"pattern\":\"*.csv\"");
    for (String altered :
        List.of(
            json.replace("db.example.com", "evil.example.com"),
            json.replace("db.example.com", "DB.example.com"),
            json.replace(server + ",", ""),
            json.replace(server, server + ",\"host\":\"evil.example.com\""),
            json.replace(server, "\"server\":[\"db.example.com\"]"),
            json.replace(server, "\"server\":\"sealed:1:7:evil\""),
            json.replace("1433", "1434"),
            json.replace("1433", "\"1433\""),
            json.replace("*.csv", "*.evil"),
            json.replace("\"pattern\"", "\"evil\""),
            "{\"evil\":1," + json.substring(1))) {
      assertThat(altered).isNotEqualTo(json);
      ReadableConfiguration shown = sealing.readable(HERE, SPEC, NONE, json(altered));
      assertThat(shown.values().find("authentication.username")).as(altered).contains("******");
      assertThat(shown.problems())
          .extracting(ConfigurationProblem::code)
          .contains(SecretErrorCode.CONFIGURATION_ALTERED);
      failing(() -> open(json(altered)));
      if (!altered.contains("sealed:1:")) {
        assertAltered(() -> open(json(altered)));
      }
    }
    assertThat(open(json(json)).find("server")).contains("db.example.com");
  }

  @Test
  void another_version_of_the_specification_means_other_settings() {
    StoredConfiguration older = sealing.seal(HERE, SampleSpec.version(2), values());
    assertAltered(() -> open(json(older.json())));
  }

  @Test
  void the_same_settings_written_otherwise_in_json_are_the_same() {
    String json = stored(values()).json();
    String spaced = json.replace(",\"", " ,\n \"").replace("db.ex", "db\\u002eex");
    assertThat(spaced).isNotEqualTo(json);
    assertThat(open(json(spaced))).isEqualTo(open(json(json)));
  }

  @Test
  void secrets_open_beside_settings_of_any_kind() {
    for (Object value :
        List.of(
            0.1,
            1e10,
            1e-7f,
            5L,
            Long.MAX_VALUE,
            (short) 3,
            new BigDecimal("1E+2"),
            new BigDecimal("1.00"),
            new java.math.BigInteger("123456789012345678901234567890"),
            false,
            "",
            "\u0000\u2028🦉",
            List.of(),
            List.of(1.5, Map.of("b", 2.0, "a", List.of(true))),
            Map.of("b", 1, "a", Map.of("c", 1.0)))) {
      ConfigurationValues some = values().with("advanced.pattern", value);
      assertThat(open(stored(some)).find("authentication.password"))
          .as("%s", value)
          .contains(Secret.of("hunter2"));
    }
  }

  /** As earlier versions of the library wrote it. */
  private StoredConfiguration ofVersion1(String server) {
    String user = cipher.seal(HERE, "authentication.username", bytes("tada"));
    String password = cipher.seal(HERE, "authentication.password", bytes("thunter2"));
    assertThat(user).startsWith("sealed:1:");
    return json(
        "{\"server\":\"%s\",\"authentication\":{\"username\":\"%s\",\"password\":\"%s\"}}"
            .formatted(server, user, password));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void values_of_version_1_open_and_are_bound_to_their_settings_when_they_are_sealed_anew() {
    StoredConfiguration former = ofVersion1("db.example.com");
    assertThat(open(former).find("authentication.password")).contains(Secret.of("hunter2"));
    StoredConfiguration bound = sealing.reseal(HERE, former);
    assertThat(bound.json()).doesNotContain("sealed:1:");
    assertThat(open(bound)).isEqualTo(open(former));
    assertAltered(() -> open(json(bound.json().replace("db.", "evil."))));
  }

  @Test
  void another_key_does_not_approve_what_somebody_has_changed() {
    StoredConfiguration bound = sealing.reseal(HERE, ofVersion1("db.example.com"));
    String altered = bound.json().replace("db.", "evil.");
    StoredConfiguration resealed = sealing.reseal(HERE, json(altered));
    assertThat(resealed.json()).isNotEqualTo(altered);
    assertAltered(() -> open(resealed));
    assertThat(open(json(resealed.json().replace("evil.", "db.")))).isEqualTo(open(bound));
  }

  @Test
  void a_bound_value_does_not_become_one_of_version_1_by_its_spelling() {
    String bound = stored(values()).json();
    String unbound = bound.replaceAll("sealed:2:([0-9]+):[^:]+:", "sealed:1:$1:");
    assertThat(unbound).isNotEqualTo(bound);
    ConnectionException failure = failing(() -> open(json(unbound)));
    assertThat(failure.code()).isEqualTo(SecretErrorCode.INVALID_ENCRYPTED_VALUE);
    String otherwise = ofVersion1("s").json().replaceAll("sealed:1:([0-9]+):", "sealed:2:$1:");
    assertThat(failing(() -> open(json(otherwise))).code())
        .isEqualTo(SecretErrorCode.INVALID_ENCRYPTED_VALUE);
  }

  @Test
  void what_can_not_be_opened_is_left_out_and_told_to_who_edits() {
    String altered = stored(values()).json().replace("db.", "evil.");
    ReadableConfiguration opened = sealing.openToEdit(HERE, SPEC, NONE, json(altered));
    assertThat(opened.values().paths()).containsExactly("server", "advanced.pattern");
    assertThat(opened.problems())
        .extracting(ConfigurationProblem::field)
        .containsExactly("authentication.username", "authentication.password");
    ReadableConfiguration sound = sealing.openToEdit(HERE, SPEC, NONE, stored(values()));
    assertThat(sound.values()).isEqualTo(open(stored(values())));
    assertThat(sound.problems()).isEmpty();
  }

  @Test
  void a_user_name_that_can_not_be_opened_is_masked_and_told_and_the_rest_is_shown() {
    StoredConfiguration stored = stored(values());
    ReadableConfiguration shown =
        sealing.readable(new SealedPlace("acme", "c2"), SPEC, NONE, stored);
    assertThat(shown.values())
        .isEqualTo(
            values()
                .with("authentication.username", "******")
                .with("authentication.password", "******"));
    assertThat(shown.problems())
        .extracting(ConfigurationProblem::field, ConfigurationProblem::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "authentication.username",
                "Invalid encrypted value in the field authentication.username."));
  }

  @Test
  void a_sealed_value_of_no_known_form_is_refused() {
    for (String content : List.of("", "x", "xhunter2", "j{", "j", "jnull")) {
      String sealed = cipher.seal(HERE, "dsn", content.getBytes(StandardCharsets.UTF_8));
      ConnectionException failure = failing(() -> open(json("{\"dsn\":\"" + sealed + "\"}")));
      assertThat(failure.is(SecretErrorCode.INVALID_ENCRYPTED_VALUE)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{\"password\":\"hunter2\"",
        "{} {}",
        "{\"a\":hunter2}"
      })
  void a_damaged_row_is_told_without_its_content(String damaged) {
    ConnectionException failure = failing(() -> open(json(damaged)));
    assertThat(failure.code()).isEqualTo(StandardErrorCode.MALFORMED_DATA);
    assertThat(failure).hasMessageNotContaining("hunter2").hasNoCause();
    for (ReadableConfiguration shown :
        List.of(
            sealing.readable(HERE, SPEC, NONE, json(damaged)),
            sealing.readableWithoutType(json(damaged)))) {
      assertThat(shown.values()).isEqualTo(ConfigurationValues.empty());
      assertThat(shown.problems())
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.code()).isEqualTo(StandardErrorCode.MALFORMED_DATA);
                assertThat(problem.field()).isEmpty();
                assertThat(problem.message()).doesNotContain("hunter2");
              });
    }
  }

  @Test
  void members_and_items_that_are_null_are_absent() {
    assertThat(open(json("{\"server\":null,\"advanced\":{\"pattern\":[\"a\",null]}}")))
        .isEqualTo(ConfigurationValues.empty().with("advanced.pattern", List.of("a")));
  }

  @Test
  void an_older_configuration_is_migrated_with_its_secrets_in_the_clear() {
    StoredConfiguration older =
        sealing.seal(
            HERE,
            SampleSpec.version(1),
            values().without("authentication.password").with("secret_word", "hunter2"));
    AtomicInteger calls = new AtomicInteger();
    Migration migration =
        (version, old) -> {
          calls.incrementAndGet();
          assertThat(version).isEqualTo(1);
          return old.without("secret_word")
              .with("authentication.password", old.find("secret_word").orElseThrow());
        };
    assertThat(sealing.open(HERE, SPEC, migration, older))
        .isEqualTo(values().with("authentication.password", Secret.of("hunter2")));
    ReadableConfiguration shown = sealing.readable(HERE, SPEC, migration, older);
    assertThat(shown.values()).isEqualTo(values().with("authentication.password", "******"));
    assertThat(shown.problems()).isEmpty();
    assertThat(calls).hasValue(2);
  }

  @Test
  void a_field_that_became_secret_is_read_in_the_clear_from_an_older_configuration() {
    StoredConfiguration older =
        new StoredConfiguration(
            2, "{\"authentication\":{\"password\":\"hunter2\",\"token\":\"\"}}");
    ConfigurationValues opened = sealing.open(HERE, SPEC, (version, values) -> values, older);
    assertThat(opened.find("authentication.password")).contains(Secret.of("hunter2"));
    assertThat(opened.find("authentication.token")).contains("");
  }

  @Test
  void what_is_unknown_after_a_migration_is_shown_masked() {
    StoredConfiguration older =
        sealing.seal(HERE, SampleSpec.version(2), values().with("dsn", "x:hunter2"));
    assertThat(
            sealing.readable(HERE, SPEC, (version, values) -> values, older).values().find("dsn"))
        .contains("******");
  }

  @Test
  void a_configuration_of_a_later_plugin_is_not_opened_but_shown() {
    StoredConfiguration later = sealing.seal(HERE, SampleSpec.version(5), values());
    ConnectionException failure = failing(() -> open(later));
    assertThat(failure.code()).isEqualTo(StandardErrorCode.UNSUPPORTED);
    assertThat(failure.failure().message())
        .isEqualTo(
            "The connection was stored by a later version of its plugin: its configuration is of"
                + " version 5, the installed plugin knows 3.");
    ReadableConfiguration shown = sealing.readable(HERE, SPEC, NONE, later);
    assertThat(shown.values().find("server")).contains("db.example.com");
    assertThat(shown.values().find("authentication.username")).contains("******");
    assertThat(shown.problems())
        .extracting(ConfigurationProblem::code)
        .containsExactly(StandardErrorCode.UNSUPPORTED);
  }

  @Test
  void a_migration_that_breaks_is_a_defect_of_the_plugin_and_its_text_is_not_shown() {
    StoredConfiguration older = sealing.seal(HERE, SampleSpec.version(1), values());
    for (Throwable broken :
        List.of(new IllegalStateException("password=hunter2"), new NoSuchMethodError("hunter2"))) {
      Migration migration =
          (version, values) -> {
            if (broken instanceof Error error) {
              throw error;
            }
            throw (RuntimeException) broken;
          };
      ConnectionException failure = failing(() -> sealing.open(HERE, SPEC, migration, older));
      assertThat(failure.code()).isEqualTo(StandardErrorCode.INTERNAL);
      assertThat(failure).hasMessageNotContaining("hunter2");
      assertThat(sealing.readable(HERE, SPEC, migration, older).problems())
          .extracting(ConfigurationProblem::code)
          .containsExactly(StandardErrorCode.INTERNAL);
    }
    Migration telling =
        (version, values) -> {
          throw Failure.of(StandardErrorCode.INVALID_CONFIGURATION, "Too old.")
              .withRemedy("Make it anew.")
              .asException();
        };
    assertThat(failing(() -> sealing.open(HERE, SPEC, telling, older)).failure().message())
        .isEqualTo("Too old.");
  }

  @Test
  void without_its_plugin_a_configuration_is_shown_with_everything_sealed_masked() {
    ReadableConfiguration shown = sealing.readableWithoutType(stored(values()));
    assertThat(shown.problems()).isEmpty();
    assertThat(shown.values())
        .isEqualTo(
            values()
                .with("authentication.username", "******")
                .with("authentication.password", "******"));
  }
}
