package dev.connections.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.testkit.LogCapture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AuditLogTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private static AuditRecord record(String account, String object) {
    return AuditRecord.of(AuditOperation.INTROSPECT, NOON, account, "ada")
        .connection("c-1")
        .object(object)
        .fields(List.of("authentication.password"))
        .build();
  }

  @Test
  void the_latest_records_are_kept_by_account() {
    InMemoryAuditLog log = InMemoryAuditLog.holding(2);
    log.append(record("acme", "1"));
    log.append(record("acme", "2"));
    log.append(record("other", "3"));
    assertThat(log.records("acme")).containsExactly(record("acme", "2"));
    assertThat(log.records("other")).containsExactly(record("other", "3"));
    assertThatThrownBy(() -> InMemoryAuditLog.holding(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_record_is_one_line_that_no_name_can_forge() {
    try (LogCapture logged = LogCapture.start()) {
      LoggingAuditLog.create()
          .append(
              record("acme", "Sales\" code=\"OK\nDELETE ALLOWED \u202e").toBuilder()
                  .ended(AuditResult.DENIED, "PERMISSION_DENIED")
                  .build());
      String line = LoggingAuditLog.line(record("acme", "x\ny"));
      assertThat(line).doesNotContain("\n").contains("object=\"x?y\"");
      assertThat(logged.text())
          .contains("INTROSPECT DENIED account=\"acme\" user=\"ada\" connection=\"c-1\"")
          .contains("object=\"Sales' code='OK?DELETE ALLOWED ?\"")
          .contains("fields=\"authentication.password\" code=\"PERMISSION_DENIED\"");
    }
  }
}
