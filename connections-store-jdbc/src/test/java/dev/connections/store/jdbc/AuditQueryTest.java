package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.core.audit.AuditEntry;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditQuery;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.audit.AuditResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records are found by what they say, in each database. */
final class AuditQueryTest {
  private static final AuditOperation[] OPERATIONS = AuditOperation.values();
  private static final AuditResult[] RESULTS = AuditResult.values();
  private static final int COUNT = 60;

  @TempDir static Path directory;

  static Stream<DatabaseStore> stores() {
    return Stream.of(
        SqliteStore.at(directory.resolve("connections" + System.nanoTime() + ".db")),
        PostgresServer.open(PostgresServer.emptied()));
  }

  private static AuditRecord record(String account, int number) {
    AuditRecord.Builder record =
        AuditRecord.of(
                OPERATIONS[number % OPERATIONS.length],
                Rows.NOON.plusSeconds(number),
                account,
                number % 2 == 0 ? "ada" : "bob")
            .connection("c" + number % 5);
    AuditResult result = RESULTS[number % RESULTS.length];
    return result == AuditResult.ALLOWED
        ? record.build()
        : record.ended(result, "PERMISSION_DENIED").build();
  }

  private static List<AuditRecord> written(DatabaseStore store) {
    List<AuditRecord> records = new ArrayList<>();
    for (int number = 0; number < COUNT; number++) {
      records.add(record("acme", number));
      store.audit().append(records.get(number));
    }
    store.audit().append(record("other", 0));
    return records;
  }

  private static void check(
      DatabaseStore store, List<AuditRecord> all, AuditQuery query, Predicate<AuditRecord> wanted) {
    List<AuditRecord> expected = new ArrayList<>(all.stream().filter(wanted).toList());
    Collections.reverse(expected);
    assertThat(expected).isNotEmpty();
    assertThat(store.audit().find("acme", query))
        .extracting(AuditEntry::record)
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void records_are_found_by_each_part_and_by_all_parts_together(DatabaseStore store) {
    try (store) {
      List<AuditRecord> all = written(store);
      AuditQuery any = AuditQuery.all();
      check(store, all, any, record -> true);
      check(store, all, any.connection("c3"), of -> of.connection().orElse("").equals("c3"));
      check(store, all, any.user("bob"), of -> of.user().equals("bob"));
      check(store, all, any.result(AuditResult.DENIED), of -> of.result() == AuditResult.DENIED);
      check(
          store,
          all,
          any.operations(AuditOperation.TEST, AuditOperation.IMPORT),
          of -> of.operation() == AuditOperation.TEST || of.operation() == AuditOperation.IMPORT);
      check(
          store,
          all,
          any.from(Rows.NOON.plusSeconds(10)).until(Rows.NOON.plusSeconds(20)),
          of -> all.indexOf(of) >= 10 && all.indexOf(of) < 20);
      check(
          store,
          all,
          any.connection("c1").user("bob").from(Rows.NOON.plusSeconds(5)),
          of ->
              of.connection().orElse("").equals("c1")
                  && of.user().equals("bob")
                  && all.indexOf(of) >= 5);
    }
  }

  @ParameterizedTest
  @MethodSource("stores")
  void pages_follow_each_other_from_the_latest_to_the_first(DatabaseStore store) {
    try (store) {
      written(store);
      AuditQuery query = AuditQuery.all().user("ada").limit(7);
      List<Long> numbers = new ArrayList<>();
      List<AuditEntry> page = store.audit().find("acme", query);
      while (!page.isEmpty()) {
        page.forEach(entry -> numbers.add(entry.number()));
        page = store.audit().find("acme", query.before(numbers.get(numbers.size() - 1)));
      }
      assertThat(numbers).hasSize(COUNT / 2).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }
  }

  @ParameterizedTest
  @MethodSource("stores")
  void another_account_and_what_is_not_there_find_nothing(DatabaseStore store) {
    try (store) {
      written(store);
      assertThat(store.audit().find("other", AuditQuery.all())).hasSize(1);
      assertThat(store.audit().find("other", AuditQuery.all().connection("c3"))).isEmpty();
      assertThat(store.audit().find("acme", AuditQuery.all().user("' OR 1=1 --"))).isEmpty();
      assertThat(store.audit().find("acme", AuditQuery.all().connection("a\0b"))).isEmpty();
      assertThatThrownBy(() -> AuditQuery.all().limit(1_001))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
