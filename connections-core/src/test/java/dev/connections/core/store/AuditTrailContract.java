package dev.connections.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.core.audit.AuditChain;
import dev.connections.core.audit.AuditCheck;
import dev.connections.core.audit.AuditEntry;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditQuery;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.audit.AuditResult;
import dev.connections.core.audit.AuditTrail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What an audit log that can be read answers, wherever it keeps its records. A log's test extends
 * it.
 */
public abstract class AuditTrailContract {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00.123456789Z");
  private static final AuditOperation[] OPERATIONS = AuditOperation.values();
  private static final AuditResult[] RESULTS = AuditResult.values();
  private static final int COUNT = 60;

  private final List<AuditRecord> all = new ArrayList<>();
  private AuditTrail trail;

  /** {@return an audit log without records} */
  protected abstract AuditTrail emptyTrail() throws Exception;

  @BeforeEach
  final void write() throws Exception {
    trail = emptyTrail();
    for (int number = 0; number < COUNT; number++) {
      all.add(record("acme", number));
      trail.append(all.get(number));
    }
    trail.append(record("other", 0));
  }

  private static AuditRecord record(String account, int number) {
    AuditRecord.Builder record =
        AuditRecord.of(
                OPERATIONS[number % OPERATIONS.length],
                NOON.plusSeconds(number),
                account,
                number % 2 == 0 ? "ada" : "bob")
            .connection("c" + number % 5)
            .object("Sales.\"Orders\" " + number)
            .fields(List.of("server", "a, \"b\"\n"));
    AuditResult result = RESULTS[number % RESULTS.length];
    return result == AuditResult.ALLOWED
        ? record.build()
        : record.ended(result, "PERMISSION_DENIED").build();
  }

  private void check(AuditQuery query, Predicate<AuditRecord> wanted) {
    List<AuditRecord> expected = new ArrayList<>(all.stream().filter(wanted).toList());
    Collections.reverse(expected);
    assertThat(expected).isNotEmpty();
    assertThat(trail.find("acme", query)).extracting(AuditEntry::record).isEqualTo(expected);
  }

  @Test
  void records_are_found_by_each_part_and_by_all_parts_together() {
    AuditQuery any = AuditQuery.all();
    check(any, record -> true);
    check(any.connection("c3"), of -> of.connection().orElse("").equals("c3"));
    check(any.user("bob"), of -> of.user().equals("bob"));
    check(any.result(AuditResult.DENIED), of -> of.result() == AuditResult.DENIED);
    check(
        any.operations(AuditOperation.TEST, AuditOperation.IMPORT),
        of -> of.operation() == AuditOperation.TEST || of.operation() == AuditOperation.IMPORT);
    check(
        any.from(NOON.plusSeconds(10)).until(NOON.plusSeconds(20)),
        of -> all.indexOf(of) >= 10 && all.indexOf(of) < 20);
    check(
        any.connection("c1").user("bob").from(NOON.plusSeconds(5)),
        of ->
            of.connection().orElse("").equals("c1")
                && of.user().equals("bob")
                && all.indexOf(of) >= 5);
  }

  @Test
  void pages_follow_each_other_from_the_latest_to_the_first() {
    AuditQuery query = AuditQuery.all().user("ada").limit(7);
    List<Long> numbers = new ArrayList<>();
    List<AuditEntry> page = trail.find("acme", query);
    while (!page.isEmpty()) {
      page.forEach(entry -> numbers.add(entry.number()));
      page = trail.find("acme", query.before(numbers.get(numbers.size() - 1)));
    }
    assertThat(numbers).hasSize(COUNT / 2).isSortedAccordingTo((a, b) -> Long.compare(b, a));
  }

  @Test
  void another_account_and_what_is_not_there_find_nothing() {
    assertThat(trail.find("other", AuditQuery.all())).hasSize(1);
    assertThat(trail.find("other", AuditQuery.all().connection("c3"))).isEmpty();
    assertThat(trail.find("third", AuditQuery.all())).isEmpty();
    assertThat(trail.find("acme", AuditQuery.all().user("' OR 1=1 --"))).isEmpty();
    assertThat(trail.find("acme", AuditQuery.all().connection("a\0b"))).isEmpty();
    assertThatThrownBy(() -> AuditQuery.all().limit(1_001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void records_are_numbered_by_account_and_each_has_the_hash_of_all_before_it() {
    String hash = AuditChain.START;
    for (int number = 1; number <= COUNT; number++) {
      AuditRecord record = all.get(number - 1);
      hash = AuditChain.hash(hash, number, record);
      assertThat(trail.find("acme", AuditQuery.all().before(number + 1).limit(1)))
          .containsExactly(new AuditEntry(number, hash, record));
    }
    AuditCheck check = trail.check("acme");
    assertThat(check.sound()).isTrue();
    assertThat(check.cutOff()).isZero();
    assertThat(check.last()).isEqualTo(COUNT);
    assertThat(check.lastHash()).isEqualTo(hash);
    assertThat(trail.check("third").last()).isZero();
  }

  @Test
  void the_oldest_records_are_cut_off_up_to_a_time_and_the_rest_can_still_be_checked() {
    AuditRecord by = AuditRecord.of(AuditOperation.CUT_AUDIT, NOON, "acme", "root").build();
    String hash = trail.find("acme", AuditQuery.all().before(11).limit(1)).get(0).hash();
    assertThat(trail.cut(by, NOON.plusSeconds(10))).isEqualTo(10);
    List<AuditEntry> left = trail.find("acme", AuditQuery.all());
    assertThat(left).hasSize(COUNT - 10 + 1);
    assertThat(left.get(left.size() - 1).number()).isEqualTo(11);
    assertThat(left.get(0).record())
        .isEqualTo(by.toBuilder().object(AuditChain.cutOff(10, hash)).build());
    AuditCheck check = trail.check("acme");
    assertThat(check.sound()).isTrue();
    assertThat(check.cutOff()).isEqualTo(10);
    assertThat(check.last()).isEqualTo(COUNT + 1);
    assertThat(trail.find("other", AuditQuery.all())).hasSize(1);
    assertThat(trail.cut(by, NOON.minusSeconds(1))).isZero();
    assertThat(trail.find("acme", AuditQuery.all())).hasSize(COUNT - 10 + 1);
  }
}
