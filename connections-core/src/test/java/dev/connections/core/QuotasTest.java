package dev.connections.core;

import static dev.connections.core.Stage.failing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Quota;
import dev.connections.api.StandardErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What sources say of their allowances is known on every node. */
final class QuotasTest {
  private final Stage stage = Stage.set();

  @AfterEach
  void close() {
    stage.close();
  }

  private static Quota quota(String name, long used, Optional<Instant> resetsAt) {
    return new Quota(name, OptionalLong.of(used), OptionalLong.of(1000), resetsAt);
  }

  private static Optional<Instant> inAnHour() {
    return Optional.of(Instant.now().plus(Duration.ofHours(1)));
  }

  private Connections otherNode() {
    return Connections.builder()
        .store(stage.store)
        .keys(stage.keys)
        .audit(stage.audit)
        .provider(stage.source.provider())
        .pluginLoader(Optional.empty())
        .build();
  }

  @Test
  void what_a_source_said_last_is_told_to_whoever_sees_the_connection() {
    Connection made = stage.created("Sales");
    assertThat(stage.ada.quotas(made.id())).isEmpty();
    stage.source.tellAllowance(Optional.of(quota("calls", 7, Optional.empty())));
    stage.ada.test(made.id());
    stage.source.tellAllowance(Optional.of(quota("calls", 8, Optional.empty())));
    stage.ada.test(made.id());
    List<SeenQuota> seen = stage.ada.quotas(made.id());
    assertThat(seen).singleElement().satisfies(it -> assertThat(it.quota().used()).hasValue(8));
    failing(() -> stage.connections.as(Stage.BOB).quotas(made.id()), StandardErrorCode.NOT_FOUND);
  }

  @Test
  void a_preview_on_another_node_tells_the_share_of_the_allowance_that_an_import_would_take() {
    Connection made = stage.created("Sales");
    Quota scarce = quota("calls a day", 990, inAnHour());
    stage.source.tellAllowance(Optional.of(scarce));
    stage.ada.test(made.id());
    stage.source.tellAllowance(Optional.of(quota("calls a month", 1, inAnHour())));
    stage.ada.test(made.id());
    stage.source.tellAllowance(Optional.empty());
    assertThat(stage.ada.quotas(made.id())).hasSize(2); // and so it is written
    try (Connections there = otherNode()) {
      assertThat(there.as(Stage.ADA).previewImport(made.id()).plan().quota().orElseThrow())
          .satisfies(told -> assertThat(told.name()).isEqualTo("calls a day"))
          .satisfies(told -> assertThat(told.left()).hasValue(10));
    }
  }

  @Test
  void what_is_not_written_yet_is_written_at_the_end() {
    Connection made = stage.created("Sales");
    stage.source.tellAllowance(Optional.of(quota("calls", 7, Optional.empty())));
    Connections node = otherNode();
    node.as(Stage.ADA).test(made.id());
    node.close();
    assertThat(stage.store.quotas().orElseThrow().find("acme", made.id())).hasSize(1);
  }

  @Test
  void an_allowance_whose_period_is_over_is_not_told_by_a_preview() {
    Connection made = stage.created("Sales");
    stage.source.tellAllowance(
        Optional.of(quota("calls", 990, Optional.of(Instant.now().minusSeconds(1)))));
    stage.ada.test(made.id());
    stage.source.tellAllowance(Optional.empty());
    assertThat(stage.ada.previewImport(made.id()).plan().quota()).isEmpty();
    assertThat(stage.ada.quotas(made.id())).hasSize(1);
  }
}
