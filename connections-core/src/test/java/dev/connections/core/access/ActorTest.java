package dev.connections.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActorTest {
  @Test
  void an_actor_acts_for_the_whole_account_until_bound_to_a_workspace() {
    Actor ada = Actor.of("acme", "ada", Role.ADMIN);
    assertThat(ada.workspace()).isEmpty();
    assertThat(ada.in("sales"))
        .isEqualTo(new Actor("acme", "ada", Role.ADMIN, Optional.of("sales")));
    assertThat(ada.in("sales").in("finance").workspace()).contains("finance");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\t",
        " ada",
        "ada ",
        "a\nb",
        "a\0b",
        "a\u007fb",
        "a\u0085b",
        "a\u2028b",
        "a\u2029b",
        "a\ud800b",
        "\udc00"
      })
  void a_name_that_two_systems_could_read_differently_is_refused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> Actor.of(name, "ada", Role.ADMIN));
    assertThatIllegalArgumentException().isThrownBy(() -> Actor.of("acme", name, Role.ADMIN));
    Actor ada = Actor.of("acme", "ada", Role.ADMIN);
    assertThatIllegalArgumentException().isThrownBy(() -> ada.in(name));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ownership(name, Optional.empty(), "ada", Visibility.PUBLIC, false));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Ownership("acme", Optional.of(name), "ada", Visibility.PUBLIC, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ownership("acme", Optional.empty(), name, Visibility.PUBLIC, false));
  }

  @Test
  void a_name_has_at_most_255_characters() {
    assertThat(Actor.of("a".repeat(255), "ada", Role.MEMBER).account()).hasSize(255);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Actor.of("a".repeat(256), "ada", Role.MEMBER))
        .withMessageContaining("255");
  }

  @Test
  void what_is_wrong_with_a_name_is_told_without_the_name() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Actor.of("acme", "hunter2\n", Role.MEMBER))
        .withMessageContaining("user")
        .withMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada@example.com", "Ada Lovelace", "Łukasz", "阿达", "🦉", "a|b:c/d"})
  void names_of_all_scripts_are_names(String name) {
    assertThat(Actor.of(name, name, Role.MEMBER).in(name).user()).isEqualTo(name);
  }

  @Test
  void a_role_and_a_visibility_must_be_given() {
    assertThatNullPointerException().isThrownBy(() -> Actor.of("acme", "ada", null));
    assertThatNullPointerException()
        .isThrownBy(() -> new Ownership("acme", Optional.empty(), "ada", null, false));
  }

  @Test
  void what_an_actor_creates_begins_private_and_unlocked_in_his_workspace() {
    assertThat(Ownership.startingWith(Actor.of("acme", "ada", Role.ADMIN).in("sales")))
        .isEqualTo(new Ownership("acme", Optional.of("sales"), "ada", Visibility.PRIVATE, false));
  }

  @Test
  void visibilities_are_stored_in_lower_case_and_read_in_any() {
    for (Visibility visibility : Visibility.values()) {
      assertThat(visibility.stored())
          .isEqualTo(visibility.stored().toLowerCase(java.util.Locale.ROOT));
      assertThat(Visibility.ofStored(visibility.stored())).contains(visibility);
      assertThat(Visibility.ofStored(visibility.name())).contains(visibility);
    }
    assertThat(Visibility.ofStored("secret")).isEmpty();
  }
}
