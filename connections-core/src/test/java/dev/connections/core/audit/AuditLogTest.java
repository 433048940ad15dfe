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
  void what_made_room_counts_as_cut_off_and_the_rest_is_sound() {
    InMemoryAuditLog log = InMemoryAuditLog.holding(3);
    for (int i = 0; i < 5; i++) {
      log.append(record("acme", "" + i));
    }
    log.append(record("other", "x"));
    assertThat(log.find("acme", AuditQuery.all()))
        .extracting(AuditEntry::number)
        .containsExactly(5L, 4L);
    assertThat(log.check("acme").sound()).isTrue();
    assertThat(log.check("acme").cutOff()).isEqualTo(3);
  }

  /** Logs of years ago are checked by it: the form stays as it is. */
  @Test
  void the_hash_of_a_record_stays_the_same_in_all_versions() {
    AuditRecord record =
        record("acme", "Sales.Orders").toBuilder()
            .ended(AuditResult.DENIED, "PERMISSION_DENIED")
            .build();
    String first = AuditChain.hash(AuditChain.START, 1, record);
    assertThat(first).isEqualTo("52fefc1a7fdf9792ce662cc7a77cfc15322e75c91ee8d6d9574029fb330ff65a");
    assertThat(AuditChain.hash(first, 2, record("acme", "\u00e9")))
        .isEqualTo("fcd87b6cb3e2f6d75e474748e91c1089a2ebec7eb3a931b656b3c3abf48e87bf");
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
