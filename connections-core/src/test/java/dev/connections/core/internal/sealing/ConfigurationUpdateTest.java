package dev.connections.core.internal.sealing;

import static dev.connections.core.internal.sealing.SampleSpec.SPEC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.secrets.KeysetStore;
import dev.connections.core.store.StoredConfiguration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConfigurationUpdateTest {
  private static final Secret HUNTER2 = Secret.of("hunter2");
  private static final ConfigurationValues STORED =
      SampleSpec.values().with("authentication.password", HUNTER2);
  private static final ConfigurationValues FORM =
      SampleSpec.values().with("authentication.password", "******");

  private static ConfigurationValues merged(ConfigurationValues update) {
    ConfigurationUpdate result = ConfigurationUpdate.of(SPEC, STORED, update);
    assertThat(result.problems()).isEmpty();
    return result.values();
  }

  private static List<String> neededAgain(ConfigurationValues stored, ConfigurationValues update) {
    ConfigurationUpdate result = ConfigurationUpdate.of(SPEC, stored, update);
    assertThat(result.problems())
        .allSatisfy(
            problem -> {
              assertThat(problem.code()).isEqualTo(StandardErrorCode.MISSING_SECRET);
              assertThat(problem.message()).contains("address has changed");
              assertThat(problem.remedy()).isPresent();
              assertThat(result.values().find(problem.field())).isEmpty();
            });
    return result.problems().stream().map(ConfigurationProblem::field).toList();
  }

  @Test
  void a_secret_given_as_the_mask_or_left_out_stays_as_it_is() {
    assertThat(merged(FORM)).isEqualTo(STORED);
    assertThat(merged(FORM.with("authentication.password", Secret.of("******")))).isEqualTo(STORED);
    assertThat(merged(FORM.without("authentication.password"))).isEqualTo(STORED);
  }

  @Test
  void a_new_secret_takes_the_place_of_the_old_one() {
    assertThat(merged(FORM.with("authentication.password", "new")).find("authentication.password"))
        .contains("new");
    assertThat(
            merged(FORM.without("authentication.password").with("authentication.pwd", "new"))
                .find("authentication.password"))
        .contains("new");
  }

  @Test
  void a_secret_entered_as_empty_is_taken_away() {
    for (Object empty : List.of("", "  ", Secret.of(""))) {
      assertThat(
              merged(FORM.with("authentication.password", empty)).find("authentication.password"))
          .isEmpty();
    }
  }

  @Test
  void a_mask_where_nothing_is_stored_is_no_secret() {
    ConfigurationUpdate result =
        ConfigurationUpdate.of(SPEC, ConfigurationValues.empty(), FORM.with("dsn", "******"));
    assertThat(result.values()).isEqualTo(SampleSpec.values().without("authentication.password"));
    assertThat(SPEC.validate(result.values()))
        .extracting(ConfigurationProblem::field, ConfigurationProblem::code)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "authentication.password", StandardErrorCode.MISSING_SECRET));
  }

  @Test
  void a_legible_field_may_hold_six_asterisks() {
    assertThat(merged(FORM.with("advanced.pattern", "******")).find("advanced.pattern"))
        .contains("******");
  }

  @Test
  void what_is_no_secret_and_left_out_is_taken_away() {
    assertThat(merged(FORM.without("advanced.pattern").without("authentication.username")).paths())
        .containsExactlyInAnyOrder("server", "authentication.password");
  }

  @Test
  void an_unknown_value_stays_when_masked_and_goes_when_left_out() {
    ConfigurationValues stored = STORED.with("dsn", "x:hunter3");
    assertThat(ConfigurationUpdate.of(SPEC, stored, FORM.with("dsn", "******")).values())
        .isEqualTo(stored);
    assertThat(ConfigurationUpdate.of(SPEC, stored, FORM).values()).isEqualTo(STORED);
  }

  @Test
  void a_changed_address_needs_the_secrets_again() {
    assertThat(neededAgain(STORED, FORM.with("server", "evil.example.com")))
        .containsExactly("authentication.password");
    assertThat(neededAgain(STORED, FORM.without("authentication.password").with("port", 1434)))
        .containsExactly("authentication.password");
    assertThat(neededAgain(STORED, FORM.without("server").with("host", "evil.example.com")))
        .containsExactly("authentication.password");
    assertThat(neededAgain(STORED, FORM.without("server")))
        .containsExactly("authentication.password");
  }

  @Test
  void an_address_that_the_name_of_the_type_decides_counts_like_an_entered_one() {
    ConfigurationValues stored =
        ConfigurationValues.empty()
            .with("server", "db.example.com")
            .with("authentication.token", Secret.of("hunter2"));
    ConfigurationValues token = ConfigurationValues.empty().with("authentication.type", "token");
    ConfigurationUpdate elsewhere =
        ConfigurationUpdate.of(
            SPEC,
            stored,
            stored
                .with("authentication.token", "******")
                .with("authentication.token_url", "https://evil.example.com"),
            new ConfigurationUpdate.Presets(token, token));
    assertThat(elsewhere.problems())
        .extracting(ConfigurationProblem::field)
        .containsExactly("authentication.token");
    assertThat(elsewhere.values().find("authentication.token")).isEmpty();
    ConfigurationUpdate otherName =
        ConfigurationUpdate.of(
            SPEC,
            STORED,
            FORM,
            new ConfigurationUpdate.Presets(
                ConfigurationValues.empty(), ConfigurationValues.empty().with("port", 1434)));
    assertThat(otherName.problems())
        .extracting(ConfigurationProblem::field)
        .containsExactly("authentication.password");
  }

  @Test
  void a_changed_address_with_the_secret_entered_again_is_fine() {
    ConfigurationValues moved =
        FORM.with("server", "new.example.com").with("authentication.password", "hunter2");
    ConfigurationUpdate result = ConfigurationUpdate.of(SPEC, STORED, moved);
    assertThat(result.problems()).isEmpty();
    assertThat(result.values()).isEqualTo(moved);
  }

  @Test
  void the_same_address_in_another_spelling_is_no_change() {
    assertThat(neededAgain(STORED, FORM.with("port", "1433"))).isEmpty();
    assertThat(neededAgain(STORED, FORM.with("port", 1433.0))).isEmpty();
    assertThat(neededAgain(STORED, FORM.without("server").with("host", "db.example.com")))
        .isEmpty();
    assertThat(neededAgain(STORED, FORM.with("authentication.token_url", "ignored"))).isEmpty();
  }

  @Test
  void a_change_beside_the_address_needs_nothing_again() {
    assertThat(neededAgain(STORED, FORM.with("authentication.username", "bob.babbage"))).isEmpty();
    assertThat(neededAgain(STORED, FORM.with("advanced.pattern", "*.tsv"))).isEmpty();
  }

  @Test
  void an_address_that_begins_to_apply_is_a_change_too() {
    ConfigurationValues prepared =
        STORED
            .with("authentication.token", Secret.of("t0ken"))
            .with("authentication.token_url", "https://evil.example.com");
    ConfigurationValues switched =
        FORM.with("authentication.token", "******")
            .with("authentication.token_url", "https://evil.example.com")
            .with("authentication.type", "token");
    assertThat(neededAgain(prepared, switched)).containsExactly("authentication.token");
  }

  @Test
  void a_secret_that_does_not_apply_is_taken_away_when_the_address_changes() {
    ConfigurationValues stored = STORED.with("authentication.token", Secret.of("t0ken"));
    ConfigurationUpdate result =
        ConfigurationUpdate.of(
            SPEC,
            stored,
            FORM.with("server", "evil.example.com").with("authentication.password", "mine"));
    assertThat(result.problems()).isEmpty();
    assertThat(result.values().find("authentication.token")).isEmpty();
  }

  @Test
  void an_unknown_value_does_not_go_to_a_new_address_but_a_user_name_does() {
    ConfigurationValues stored = STORED.with("dsn", "x:hunter3");
    ConfigurationValues update =
        FORM.with("dsn", "******")
            .with("authentication.username", "******")
            .with("server", "evil.example.com");
    assertThat(neededAgain(stored, update))
        .containsExactlyInAnyOrder("dsn", "authentication.password");
    assertThat(
            ConfigurationUpdate.of(SPEC, stored, update).values().find("authentication.username"))
        .contains("ada.lovelace");
  }

  /** While the type's plugin is absent. */
  @Nested
  class WithoutPlugin {
    private final SealedPlace here = new SealedPlace("acme", "c1");
    private final ConfigurationSealing sealing =
        new ConfigurationSealing(SecretCipher.open(KeySource.ephemeral(), KeysetStore.inMemory()));
    private final StoredConfiguration stored = sealing.seal(here, SPEC, STORED);
    private final ConfigurationValues shown = sealing.readableWithoutType(stored).values();

    private List<String> refused(ConfigurationValues update) {
      ConnectionException failure =
          catchThrowableOfType(
              ConnectionException.class, () -> sealing.updateWithoutType(here, stored, update));
      assertThat(failure).isNotNull();
      assertThat(failure.code()).isEqualTo(StandardErrorCode.MISSING_SECRET);
      return failure.failure().fields();
    }

    @Test
    void what_was_shown_sent_back_changes_nothing() {
      assertThat(sealing.updateWithoutType(here, stored, shown)).isSameAs(stored);
      assertThat(
              sealing.updateWithoutType(
                  here,
                  stored,
                  shown.without("authentication.username").without("authentication.password")))
          .isSameAs(stored);
    }

    @Test
    void any_change_needs_all_sealed_values_again() {
      String[] sealed = {"authentication.username", "authentication.password"};
      assertThat(refused(shown.with("server", "evil.example.com"))).containsExactly(sealed);
      assertThat(refused(shown.with("advanced.pattern", "*.tsv"))).containsExactly(sealed);
      assertThat(refused(shown.without("advanced.pattern"))).containsExactly(sealed);
      assertThat(refused(shown.with("proxy", "evil.example.com"))).containsExactly(sealed);
      assertThat(refused(shown.with("authentication.password", "new")))
          .containsExactly("authentication.username");
      assertThat(refused(shown.with("authentication.username", "")))
          .containsExactly("authentication.password");
    }

    @Test
    void with_all_of_them_entered_the_change_is_stored_and_the_plugin_reads_it_later() {
      StoredConfiguration changed =
          sealing.updateWithoutType(
              here,
              stored,
              shown
                  .with("server", "new.example.com")
                  .with("authentication.username", "bob.babbage")
                  .with("authentication.password", "hunter3")
                  .with("port", 1434));
      assertThat(changed.specVersion()).isEqualTo(stored.specVersion());
      assertThat(changed.json())
          .contains("new.example.com")
          .doesNotContain("bob.babbage")
          .doesNotContain("hunter3")
          .as("what nobody knows is sealed")
          .doesNotContain(":1434");
      assertThat(sealing.open(here, SPEC, (version, values) -> values, changed))
          .isEqualTo(
              STORED
                  .with("server", "new.example.com")
                  .with("authentication.username", "bob.babbage")
                  .with("authentication.password", Secret.of("hunter3"))
                  .with("port", 1434));
    }

    @Test
    void all_secrets_may_be_taken_away() {
      StoredConfiguration changed =
          sealing.updateWithoutType(
              here,
              stored,
              shown.with("authentication.username", "").with("authentication.password", ""));
      assertThat(changed.json()).doesNotContain("sealed:");
    }
  }
}
