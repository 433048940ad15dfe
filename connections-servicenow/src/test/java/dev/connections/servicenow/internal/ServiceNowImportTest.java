package dev.connections.servicenow.internal;

import static dev.connections.servicenow.internal.Simulated.imported;
import static dev.connections.servicenow.internal.Simulated.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ChangeMarker;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.RowPreview;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.servicenow.internal.Simulated.Imported;
import dev.connections.simulators.ServiceNowFault;
import dev.connections.simulators.ServiceNowSimulator;
import dev.connections.simulators.SimulatedRequest;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServiceNowImportTest {
  private static final int TABLES = 1_000;
  private static final int COLUMNS = 10_500;

  private final ServiceNowSimulator instance =
      ServiceNowSimulator.withTables(TABLES).columns(COLUMNS).start();
  private final ConfigurationValues values = Simulated.values(instance);

  @AfterEach
  void stop() {
    instance.close();
  }

  private long declaredColumns(Imported imported) {
    Set<String> own = new HashSet<>();
    imported
        .sink()
        .tables()
        .values()
        .forEach(
            table ->
                table.columns().stream()
                    .flatMap(
                        column ->
                            column.extensions().stream()
                                .map(e -> e.values().get("declared_in") + "." + column.name()))
                    .forEach(own::add));
    return own.size();
  }

  @Test
  void the_whole_dictionary_comes_in_pages_of_ten_thousand() {
    Imported imported = imported(values);

    assertThat(imported.sink().tables()).hasSize(TABLES);
    assertThat(imported.sink().failures()).isEmpty();
    assertThat(declaredColumns(imported)).isEqualTo(COLUMNS);
    assertThat(imported.end()).isInstanceOf(ImportEnd.Done.class);
    // tables, views, two pages of columns, overrides, types
    assertThat(instance.requests().count()).isEqualTo(6);
    assertThat(instance.requests().mostAtOnce()).isLessThanOrEqualTo(4);
  }

  @Test
  void the_page_size_of_the_configuration_is_for_records_not_for_the_dictionary() {
    imported(values.with("advanced.page_size", 10));

    assertThat(instance.requests().count()).isEqualTo(6);
  }

  @Test
  void a_few_tables_are_read_by_their_names_with_those_they_extend() {
    RecordingSink sink =
        new RecordingSink().reading(table -> table.name().table().matches(".*00[0-9]5[0-9]"));
    Imported few = imported(values, TestSelection.everything(), sink);
    int requests = instance.requests().count();
    Imported all = imported(values);

    assertThat(sink.tables()).hasSize(100);
    assertThat(requests).isLessThanOrEqualTo(8);
    sink.tables()
        .forEach((name, table) -> assertThat(all.sink().tables()).containsEntry(name, table));
    assertThat(few.end()).isEqualTo(all.end());
  }

  @Test
  void named_tables_are_read_alone_and_equal_to_those_read_in_bulk() {
    TableName some = name("u_table_00011");
    RecordingSink sink = new RecordingSink();
    imported(values, TestSelection.everything().named(some, name("nowhere")), sink);

    assertThat(sink.listed()).containsExactly(some);
    assertThat(sink.failures().get(name("nowhere")).code()).isEqualTo(StandardErrorCode.NOT_FOUND);
    assertThat(sink.tables()).containsOnlyKeys(some);
    try (ConnectionAdapter adapter = Simulated.open(values)) {
      assertThat(adapter.getTableMetadata(some, TestOperation.start()))
          .isEqualTo(sink.tables().get(some))
          .isEqualTo(imported(values).table("u_table_00011"));
    }
  }

  @Test
  void names_that_would_add_a_condition_are_never_sent() {
    TableName evil = name("task^ORnameISNOTEMPTY");
    RecordingSink sink = new RecordingSink();
    imported(values, TestSelection.everything().named(evil), sink);

    assertThat(sink.failures()).containsOnlyKeys(evil);
    assertThat(instance.requests().all())
        .extracting(SimulatedRequest::query)
        .noneMatch(query -> query.toString().contains("ISNOTEMPTY^OR"))
        .noneMatch(query -> query.toString().contains("task^"));
  }

  @Test
  void a_row_with_an_evil_name_is_left_out_told_and_never_asked_for() {
    String id = "0".repeat(32);
    String evil = "u_x^ORnameISNOTEMPTY";
    instance.insert("sys_db_object", Map.of("sys_id", id, "name", evil, "label", "Evil"));
    instance.ranges("sys_dictionary", ServiceNowSimulator.Ranges.REFUSED);
    instance.requests().clear();
    Imported imported = imported(values);

    assertThat(imported.sink().tables()).hasSize(TABLES);
    assertThat(notices(imported))
        .filteredOn(notice -> notice.code() == NoticeCode.SKIPPED)
        .extracting(Notice::message)
        .containsExactly("1 rows of sys_db_object have a name that no table can have.");
    assertThat(instance.requests().all())
        .extracting(request -> request.query().toString())
        .noneMatch(query -> query.contains("^ORname"));
  }

  @Test
  void nothing_changed_is_said_in_three_requests() {
    ChangeMarker marker = marker(imported(values));
    instance.requests().clear();

    Imported again =
        imported(values, TestSelection.everything().since(marker), new RecordingSink());

    assertThat(again.end()).isEqualTo(new ImportEnd.Unchanged());
    assertThat(again.sink().events()).isEmpty();
    assertThat(instance.requests().count()).isEqualTo(3);
  }

  private static ChangeMarker marker(Imported imported) {
    return ((ImportEnd.Done) imported.end()).marker().orElseThrow();
  }

  @Test
  void a_column_that_is_new_changed_or_deleted_is_a_change() {
    ChangeMarker marker = marker(imported(values));
    Map<String, String> column =
        Map.copyOf(instance.find("sys_dictionary", "element", "sys_created_by"));
    String id = column.getOrDefault("sys_id", "");

    instance.delete("sys_dictionary", id);
    ChangeMarker deleted = marker(since(marker));
    instance.insert("sys_dictionary", column);
    ChangeMarker restored = marker(since(deleted));
    instance.update("sys_dictionary", id, Map.of("sys_updated_on", "2026-12-24 10:00:00"));
    ChangeMarker changed = marker(since(restored));

    assertThat(Set.of(marker, deleted, changed)).hasSize(3);
  }

  private Imported since(ChangeMarker marker) {
    return imported(values, TestSelection.everything().since(marker), new RecordingSink());
  }

  @Test
  void where_sorting_is_refused_or_left_out_it_says_unknown_and_not_unchanged() {
    for (ServiceNowSimulator.Ranges ranges :
        List.of(ServiceNowSimulator.Ranges.REFUSED, ServiceNowSimulator.Ranges.IGNORED)) {
      instance.openEverything();
      ChangeMarker marker = marker(imported(values));
      instance.ranges("sys_db_object", ranges);
      Imported again = since(marker);

      assertThat(again.end()).as(ranges.toString()).isInstanceOf(ImportEnd.Done.class);
      assertThat(again.sink().tables()).hasSize(TABLES);
      assertThat(notices(again))
          .anyMatch(notice -> notice.message().startsWith("Whether sys_db_object has changed is"));
    }
  }

  private static List<Notice> notices(Imported imported) {
    return imported.sink().events(RecordingSink.Event.Noticed.class).stream()
        .map(RecordingSink.Event.Noticed::notice)
        .toList();
  }

  @Test
  void a_long_table_that_is_not_sorted_is_read_by_the_names_of_its_tables() {
    Imported sorted = imported(values);
    for (ServiceNowSimulator.Ranges ranges :
        List.of(ServiceNowSimulator.Ranges.REFUSED, ServiceNowSimulator.Ranges.IGNORED)) {
      instance.openEverything();
      instance.ranges("sys_dictionary", ranges);
      instance.requests().clear();
      Imported imported = imported(values);

      assertThat(imported.sink().tables()).as(ranges.toString()).isEqualTo(sorted.sink().tables());
      assertThat(((ImportEnd.Done) imported.end()).marker()).isEmpty();
      assertThat(notices(imported))
          .extracting(Notice::message)
          .anyMatch(message -> message.startsWith("Whether sys_dictionary has changed is unknown"));
      // A thousand names in lists of 150; the refused one beside them, asked with and without order
      assertThat(instance.requests().count("/api/now/table/sys_dictionary"))
          .isLessThanOrEqualTo(12);
    }
  }

  @Test
  void a_list_of_names_that_has_more_than_a_page_is_halved() {
    instance.ranges("sys_dictionary", ServiceNowSimulator.Ranges.REFUSED);
    RecordingSink sink = new RecordingSink();
    try (ConnectionAdapter adapter =
        ServiceNowAdapter.open(
            ServiceNowFields.SPEC.bind(values), TestAdapterContext.create(), 500)) {
      adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
    }
    instance.openEverything();

    assertThat(sink.tables()).isEqualTo(imported(values).sink().tables());
  }

  private Imported inShortPages(TestSelection selection) {
    RecordingSink sink = new RecordingSink();
    try (ConnectionAdapter adapter =
        ServiceNowAdapter.open(
            ServiceNowFields.SPEC.bind(values), TestAdapterContext.create(), 500)) {
      return new Imported(sink, adapter.importMetadata(selection, sink, TestOperation.start()));
    }
  }

  @Test
  void a_long_list_of_tables_that_is_not_sorted_is_read_from_parents_to_children() {
    Imported sorted = imported(values);
    for (ServiceNowSimulator.Ranges ranges :
        List.of(ServiceNowSimulator.Ranges.REFUSED, ServiceNowSimulator.Ranges.IGNORED)) {
      instance.openEverything();
      instance.ranges("sys_db_object", ranges);
      instance.requests().clear();
      Imported imported = inShortPages(TestSelection.everything());

      assertThat(imported.sink().tables()).as(ranges.toString()).isEqualTo(sorted.sink().tables());
      assertThat(((ImportEnd.Done) imported.end()).marker()).isEmpty();
      assertThat(notices(imported))
          .extracting(Notice::message)
          .singleElement()
          .asString()
          .startsWith("Whether sys_db_object has changed is unknown");
      // One page of any, those without a parent, and those of a thousand parents by 128
      assertThat(instance.requests().count("/api/now/table/sys_db_object")).isLessThanOrEqualTo(18);
    }
  }

  private void insertTables(int count, IntFunction<Map<String, String>> differing) {
    for (int i = 0; i < count; i++) {
      Map<String, String> row = new HashMap<>(differing.apply(i));
      row.put("sys_id", String.format(Locale.ROOT, "%032x", i + 1));
      row.put("name", "u_alone_" + i);
      row.put("label", "Alone");
      row.put("super_class", "");
      instance.insert("sys_db_object", row);
    }
  }

  /** Pages have 500 rows, and 2,400 tables extend nothing. */
  @Test
  void a_list_that_is_not_sorted_and_cannot_be_halved_is_read_by_what_its_tables_differ_in() {
    insertTables(
        2_400,
        i ->
            Map.of(
                "sys_scope",
                i < 1_600 ? "global" : String.format(Locale.ROOT, "%032x", 0x5c0 + i % 3),
                "sys_created_by",
                i < 1_600 ? "user." + i % 4 + "@acme.test" : "",
                "is_extendable",
                Boolean.toString(i % 2 == 0)));
    for (ServiceNowSimulator.Ranges ranges :
        List.of(ServiceNowSimulator.Ranges.REFUSED, ServiceNowSimulator.Ranges.IGNORED)) {
      instance.ranges("sys_db_object", ranges);
      Imported imported = inShortPages(TestSelection.everything());

      assertThat(imported.sink().listed()).as(ranges.toString()).hasSize(TABLES + 2_400);
      assertThat(notices(imported))
          .extracting(Notice::code)
          .doesNotContain(NoticeCode.HIDDEN_BY_PERMISSION);
    }
  }

  @Test
  void of_a_list_that_is_not_sorted_and_whose_tables_are_alike_the_rest_is_told_as_unknown() {
    insertTables(700, i -> Map.of());
    instance.ranges("sys_db_object", ServiceNowSimulator.Ranges.REFUSED);
    Imported imported = inShortPages(TestSelection.everything());
    Notice unknown =
        notices(imported).stream()
            .filter(notice -> notice.code() == NoticeCode.HIDDEN_BY_PERMISSION)
            .findFirst()
            .orElseThrow();

    long found = imported.sink().tables().size();
    assertThat(found).isBetween(500L, TABLES + 699L);
    assertThat(unknown.message()).contains("tables of sys_db_object are unknown");
    assertThat(unknown.hidden()).hasValue(TABLES + 700 - found);
  }

  @Test
  void a_named_table_that_is_hidden_is_not_called_absent() {
    TableName hidden = name("u_table_00011");
    TableName absent = name("u_nowhere");
    instance.hideRows("sys_db_object", row -> "u_table_00011".equals(row.get("name")));
    RecordingSink one = new RecordingSink();
    imported(values, TestSelection.everything().named(hidden), one);
    RecordingSink other = new RecordingSink();
    imported(values, TestSelection.everything().named(absent), other);

    assertThat(one.failures().get(hidden).code()).isEqualTo(StandardErrorCode.PERMISSION_DENIED);
    assertThat(other.failures().get(absent).code()).isEqualTo(StandardErrorCode.NOT_FOUND);
  }

  @Test
  void choices_are_counted_before_they_are_read() {
    for (int i = 0; i < 10_001; i++) {
      instance.insert(
          "sys_choice",
          Map.of(
              "sys_id", String.format(Locale.ROOT, "%032x", i + 1),
              "name", "u_table_00011",
              "element", "u_field",
              "value", Integer.toString(i),
              "language", "en",
              "inactive", "false"));
    }
    instance.requests().clear();
    RecordingSink sink = new RecordingSink();
    imported(values.with("advanced.choices", true), TestSelection.everything(), sink);
    ImportPlan plan = sink.events(RecordingSink.Event.Proceed.class).get(0).plan();

    int choices = instance.requests().count("/api/now/table/sys_choice");
    assertThat(choices).as("the count, two pages").isEqualTo(3);
    // tables, views and the count came before
    long left = instance.requests().count() - 3L;
    assertThat(plan.calls().orElse(0)).isBetween(left, left + 2);
  }

  @Test
  void what_the_instance_says_of_its_limit_is_passed_on() {
    instance
        .faults()
        .at(
            1,
            ServiceNowFault.tooManyRequests(java.time.Duration.ZERO)
                .with("X-RateLimit-Reset", "1893456000"));
    TestAdapterContext context = TestAdapterContext.create();
    try (ConnectionAdapter adapter = Simulated.open(values, context)) {
      adapter.importMetadata(
          TestSelection.everything(), new RecordingSink(), TestOperation.start());
    }
    assertThat(context.quotas())
        .singleElement()
        .satisfies(quota -> assertThat(quota.left()).hasValue(0))
        .satisfies(
            quota ->
                assertThat(quota.resetsAt())
                    .contains(java.time.Instant.ofEpochSecond(1_893_456_000)));
  }

  @Test
  void a_few_tables_need_no_sorting() {
    instance.ranges("sys_dictionary", ServiceNowSimulator.Ranges.REFUSED);
    RecordingSink sink = new RecordingSink().reading(t -> t.name().table().endsWith("00123"));
    Imported few = imported(values, TestSelection.everything(), sink);

    assertThat(sink.tables()).hasSize(1);
    assertThat(((ImportEnd.Done) few.end()).marker()).isEmpty();
  }

  @Test
  void pages_shortened_by_rights_are_not_the_end_and_what_is_hidden_is_counted() {
    instance.hideRows("sys_dictionary", row -> row.getOrDefault("sys_id", "").compareTo("6") < 0);
    Imported imported = imported(values);
    Notice hidden =
        imported.sink().events(RecordingSink.Event.Noticed.class).stream()
            .map(RecordingSink.Event.Noticed::notice)
            .filter(notice -> notice.code() == NoticeCode.HIDDEN_BY_PERMISSION)
            .filter(notice -> notice.scope() instanceof Notice.Scope.Source)
            .findFirst()
            .orElseThrow();

    long left = declaredColumns(imported);
    assertThat(left).isLessThan(COLUMNS).isGreaterThan(COLUMNS / 2);
    assertThat(hidden.hidden()).hasValue(COLUMNS - left);
    assertThat(hidden.remedy().orElse("")).contains("personalize_dictionary");
    assertThat(instance.requests().count()).isEqualTo(6);
  }

  @Test
  void a_page_that_takes_too_long_is_asked_for_by_halves_and_the_size_is_remembered() {
    instance.cancelPagesAbove(3_000);
    try (ConnectionAdapter adapter = Simulated.open(values)) {
      RecordingSink first = new RecordingSink();
      adapter.importMetadata(TestSelection.everything(), first, TestOperation.start());
      int learning = instance.requests().count();
      instance.requests().clear();
      RecordingSink second = new RecordingSink();
      adapter.importMetadata(TestSelection.everything(), second, TestOperation.start());

      assertThat(first.tables()).hasSize(TABLES).isEqualTo(second.tables());
      assertThat(instance.requests().count()).isLessThan(learning);
      assertThat(instance.requests().to("/api/now/table/sys_dictionary"))
          .extracting(request -> request.parameter("sysparm_limit").orElse(""))
          .contains("2500")
          .doesNotContain("10000");
    }
  }

  @Test
  void a_token_that_expires_amid_an_import_is_renewed() {
    ConfigurationValues oauth =
        Simulated.oauth(instance, "refresh_token")
            .with("authentication.refresh_token", Secret.of(instance.newRefreshToken()));
    RecordingSink sink =
        new RecordingSink()
            .onEvent(
                event -> {
                  if (event instanceof RecordingSink.Event.Listed) {
                    instance.expireTokens();
                  }
                });
    imported(oauth, TestSelection.everything(), sink);

    assertThat(sink.tables()).hasSize(TABLES);
    assertThat(instance.requests().count("/oauth_token.do")).isBetween(2, 3);
  }

  @Test
  void two_processes_refresh_at_once_and_both_finish() throws InterruptedException {
    ConfigurationValues oauth =
        Simulated.oauth(instance, "refresh_token")
            .with("authentication.refresh_token", Secret.of(instance.newRefreshToken()));
    RecordingSink one = new RecordingSink();
    RecordingSink two = new RecordingSink();
    try (ConnectionAdapter first = Simulated.open(oauth, TestAdapterContext.create());
        ConnectionAdapter second = Simulated.open(oauth, TestAdapterContext.create())) {
      Thread other =
          new Thread(
              () -> second.importMetadata(TestSelection.everything(), two, TestOperation.start()));
      other.start();
      instance.expireTokens();
      first.importMetadata(TestSelection.everything(), one, TestOperation.start());
      other.join();
    }
    assertThat(one.tables()).hasSize(TABLES).isEqualTo(two.tables());
  }

  @Test
  void a_refused_password_is_asked_once() {
    ConfigurationValues wrong = values.with("authentication.password", Secret.of("wrong-12345678"));

    ConnectionException thrown =
        catchThrowableOfType(ConnectionException.class, () -> imported(wrong));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
    assertThat(instance.requests().count()).isEqualTo(1);
  }

  @Test
  void rules_of_the_instance_say_how_long_to_wait() {
    instance.faults().always(ServiceNowFault.tooManyRequests(java.time.Duration.ofSeconds(1_800)));

    ConnectionException thrown =
        catchThrowableOfType(ConnectionException.class, () -> imported(values));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.THROTTLED);
    assertThat(thrown.retryAfter()).contains(java.time.Duration.ofSeconds(1_800));
    assertThat(thrown.failure().fields()).containsExactly("advanced.rate_limit");
  }

  @Test
  void scopes_are_schemas_if_wanted() {
    Imported scoped = imported(values.with("advanced.schemas", "scope"));

    assertThat(scoped.sink().tables().keySet())
        .extracting(table -> table.schema().schema())
        .contains("global", "x_acme_fleet", "x_acme_claims");
    assertThat(scoped.sink().tables()).hasSize(TABLES);
  }

  @Test
  void the_first_rows_come_in_pages_of_the_configured_size_and_over_hidden_ones() {
    ConfigurationValues showing =
        values.with("advanced.row_preview", true).with("advanced.page_size", 1);
    try (ConnectionAdapter adapter = Simulated.open(showing)) {
      RowPreview.RowSample sample =
          adapter
              .as(RowPreview.class)
              .orElseThrow()
              .preview(name("u_table_00000"), 2, TestOperation.start());

      assertThat(sample.rows()).hasSize(2);
      assertThat(sample.more()).isTrue();
      assertThat(sample.columns()).startsWith("sys_id");
      assertThat(instance.requests().count("/api/now/table/u_table_00000")).isEqualTo(3);
    }
    try (ConnectionAdapter adapter = Simulated.open(values)) {
      assertThat(adapter.as(RowPreview.class)).isEmpty();
    }
  }
}
