package dev.connections.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.StandardErrorCode;
import dev.connections.core.store.ConnectionStore;
import dev.connections.core.store.InMemoryConnectionStore;
import dev.connections.core.store.TenantsApartContract;
import org.junit.jupiter.api.Test;

final class TenantsApartTest extends TenantsApartContract {
  @Override
  protected ConnectionStore emptyStore() {
    return InMemoryConnectionStore.create();
  }

  @Test
  void an_id_of_any_shape_is_shown_plain_and_short() {
    try (Stage stage = Stage.set()) {
      String message =
          Stage.failing(
                  () -> stage.ada.get("x\n\u202e" + "y".repeat(200)), StandardErrorCode.NOT_FOUND)
              .getMessage();
      assertThat(message).doesNotContain("\n").doesNotContain("\u202e").hasSizeLessThan(200);
    }
  }
}
