package dev.connections.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressRulesTest {
  @Test
  void by_default_private_networks_and_this_machine_may_be_dialled() {
    EgressRules rules = EgressRules.defaults();

    assertThat(rules.loopback()).isTrue();
    assertThat(rules.privateRanges()).isTrue();
    assertThat(rules.secureRequired()).isFalse();
    assertThat(rules.allowed()).isEmpty();
    assertThat(rules.denied()).isEmpty();
  }

  @Test
  void rules_are_completed_step_by_step() {
    EgressRules rules =
        EgressRules.defaults()
            .withoutLoopback()
            .withoutPrivateRanges()
            .withAllowed("10.20.0.0/16")
            .withAllowed("fd00::/8")
            .withDenied("10.20.30.40/32")
            .withSecureRequired();

    assertThat(rules.loopback()).isFalse();
    assertThat(rules.privateRanges()).isFalse();
    assertThat(rules.allowed()).containsExactly("10.20.0.0/16", "fd00::/8");
    assertThat(rules.denied()).containsExactly("10.20.30.40/32");
    assertThat(rules.secureRequired()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/8.5",
        "10.0.0.1/8",
        "010.0.0.0/8",
        "10/8",
        "example.com/8",
        "fd00::/129",
        "fd00::1/8",
        "fd00::%eth0/8",
        "10.0.0.0/8/8"
      })
  void a_range_that_is_not_written_as_one_is_refused(String range) {
    assertThatThrownBy(() -> EgressRules.defaults().withAllowed(range))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10.20.0.0/16");
    assertThatThrownBy(() -> EgressRules.defaults().withDenied(range))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
