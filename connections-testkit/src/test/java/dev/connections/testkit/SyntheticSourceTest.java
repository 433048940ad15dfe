package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.MetadataSink;
import dev.connections.api.RowPreview;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardStep;
import dev.connections.api.StatementRunner;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TestResult;
import dev.connections.api.TypeKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SyntheticSourceTest {
  private final SyntheticSource source = SyntheticSource.create();
  private final TestAdapterContext context = TestAdapterContext.create();

  private ConnectionAdapter open(ConfigurationValues values) {
    return source.provider().open(source.provider().configuration().bind(values), context);
  }

  private ConnectionAdapter open() {
    return open(source.configuration());
  }

  private static RecordingSink importAll(ConnectionAdapter adapter) {
    RecordingSink sink = new RecordingSink();
    adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start());
    return sink;
  }

  private static ErrorCode codeOf(ThrowingCallable call) {
    return catchThrowableOfType(ConnectionException.class, call).code();
  }

  @Test
  void it_holds_as_many_schemas_tables_and_columns_as_the_configuration_says() {
    RecordingSink sink = importAll(open(source.configuration(3, 40, 30)));

    assertThat(sink.tables()).hasSize(120);
    assertThat(sink.tables().values()).allMatch(table -> table.columns().size() == 30);
    assertThat(sink.events(RecordingSink.Event.ListingComplete.class)).hasSize(3);
  }

  @Test
  void its_columns_are_of_all_kinds() {
    TableMetadata table =
        open(source.configuration(1, 1, 40))
            .getTableMetadata(SyntheticSource.table(0, 0), TestOperation.start());

    assertThat(table.columns())
        .extracting(column -> column.type().kind())
        .contains(TypeKind.values());
  }

  @Test
  void a_table_is_the_same_at_every_reading() {
    RecordingSink first = importAll(open());
    RecordingSink second = importAll(open());

    assertThat(second.tables()).isEqualTo(first.tables());
    assertThat(source.counts().reads(SyntheticSource.table(1, 3))).isEqualTo(2);
  }

  @Test
  void a_hundred_thousand_tables_take_a_few_hundred_calls_and_are_not_kept() {
    ConnectionAdapter adapter = open(source.configuration(10, 10_000, 20));
    AtomicLong columns = new AtomicLong();
    MetadataSink counting =
        new MetadataSink() {
          @Override
          public void table(TableMetadata table) {
            columns.addAndGet(table.columns().size());
          }

          @Override
          public void failed(TableName table, Failure failure) {
            throw new AssertionError(table.display());
          }
        };

    adapter.importMetadata(TestSelection.everything(), counting, TestOperation.start());

    assertThat(columns).hasValue(2_000_000);
    assertThat(source.counts().roundTrips()).isLessThan(250);
    assertThat(source.counts().tablesRead()).isEqualTo(100_000);
  }

  @Test
  void a_source_whose_listing_carries_the_columns_is_asked_half_as_often() {
    source.columnsInListing(true);

    RecordingSink sink = importAll(open(source.configuration(2, 3000, 3)));

    assertThat(sink.tables()).hasSize(6000);
    assertThat(source.counts().roundTrips()).isEqualTo(3 + 6);
    assertThat(sink.events().get(0)).isInstanceOf(RecordingSink.Event.Proceed.class);
  }

  @Test
  void only_wanted_sections_are_loaded() {
    RecordingSink sink = new RecordingSink();
    open()
        .importMetadata(
            TestSelection.everything().sections(EnumSet.of(Section.COLUMNS)),
            sink,
            TestOperation.start());

    assertThat(sink.tables().values())
        .allMatch(table -> table.loaded().equals(Set.of(Section.COLUMNS)))
        .allMatch(table -> table.foreignKeys().isEmpty() && table.columns().size() == 8);
  }

  @Test
  void an_import_since_a_marker_is_unchanged_until_something_changes() {
    ConnectionAdapter adapter = open();
    ImportEnd.Done done =
        (ImportEnd.Done)
            adapter.importMetadata(
                TestSelection.everything(), new RecordingSink(), TestOperation.start());
    TestSelection later = TestSelection.everything().since(done.marker().orElseThrow());

    assertThat(adapter.importMetadata(later, new RecordingSink(), TestOperation.start()))
        .isEqualTo(new ImportEnd.Unchanged());
    source.touch();
    assertThat(adapter.importMetadata(later, new RecordingSink(), TestOperation.start()))
        .isInstanceOf(ImportEnd.Done.class);
  }

  @Test
  void a_wrong_password_is_tried_once_and_told_with_its_field() {
    TestResult result =
        open(source.configuration().with("authentication.password", "wrong"))
            .test(TestOperation.start());

    Failure failure = result.firstFailure().orElseThrow();
    assertThat(failure.code()).isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
    assertThat(failure.fields()).first().isEqualTo("authentication.password");
    assertThat(result.step(StandardStep.READ.id()).orElseThrow().status())
        .isEqualTo(TestResult.Status.SKIPPED);
    assertThat(source.counts().signIns()).isEqualTo(1);
  }

  @Test
  void a_token_signs_in_too_and_a_wrong_one_is_refused() {
    assertThat(open(source.tokenConfiguration()).test(TestOperation.start()).passed()).isTrue();

    ConnectionAdapter refused =
        open(source.tokenConfiguration().with("authentication.token", "wrong"));

    assertThat(codeOf(() -> refused.listSchemas(TestOperation.start())))
        .isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
  }

  @Test
  void credentials_can_be_refused_and_the_account_locked_while_a_connection_is_open() {
    ConnectionAdapter adapter = open();
    adapter.listSchemas(TestOperation.start());

    source.refuseCredentials();
    assertThat(codeOf(() -> adapter.listSchemas(TestOperation.start())))
        .isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
    source.lockAccount();
    assertThat(codeOf(() -> adapter.listSchemas(TestOperation.start())))
        .isEqualTo(StandardErrorCode.ACCOUNT_LOCKED);
    source.acceptCredentials();
    assertThat(adapter.listSchemas(TestOperation.start())).hasSize(2);
  }

  @Test
  void throttled_calls_say_how_long_to_wait_and_succeed_later() {
    source.faults().throttle(2, Duration.ofMillis(1));

    assertThat(open().listSchemas(TestOperation.start())).hasSize(2);
    assertThat(source.counts().roundTrips()).isEqualTo(4);
  }

  @Test
  void a_failing_table_is_booked_and_a_forgotten_one_is_not_answered() {
    TableName failing = SyntheticSource.table(0, 3);
    TableName forgotten = SyntheticSource.table(1, 4);
    source.failTable(failing, StandardErrorCode.PERMISSION_DENIED);
    source.forgetTable(forgotten);

    RecordingSink sink = importAll(open());

    assertThat(sink.failures()).containsOnlyKeys(failing);
    assertThat(sink.tables()).hasSize(48).doesNotContainKeys(failing, forgotten);
    assertThat(sink.wanted()).contains(forgotten).hasSize(50);
    source.heal();
    assertThat(importAll(open()).tables()).hasSize(50);
  }

  @Test
  void a_removed_table_is_neither_listed_nor_found() {
    TableName removed = SyntheticSource.table(0, 3);
    source.removeTable(removed);
    ConnectionAdapter adapter = open();

    assertThat(importAll(adapter).listed()).hasSize(49).doesNotContain(removed);
    assertThat(codeOf(() -> adapter.getTableMetadata(removed, TestOperation.start())))
        .isEqualTo(StandardErrorCode.NOT_FOUND);
  }

  @Test
  void a_schema_whose_listing_fails_leaves_the_others_alone() {
    source.failListing(SyntheticSource.schema(0), StandardErrorCode.PERMISSION_DENIED);

    RecordingSink sink = importAll(open());

    assertThat(sink.tables()).hasSize(25);
    assertThat(sink.events(RecordingSink.Event.ListingFailed.class))
        .extracting(RecordingSink.Event.ListingFailed::schema)
        .containsExactly(SyntheticSource.schema(0));
  }

  @Test
  void a_stream_breaks_after_some_tables_as_often_as_was_said() {
    source.faults().breakStreamAfter(10, 1);
    ConnectionAdapter adapter = open();
    RecordingSink sink = new RecordingSink();

    assertThat(
            codeOf(
                () ->
                    adapter.importMetadata(
                        TestSelection.everything(), sink, TestOperation.start())))
        .isEqualTo(StandardErrorCode.CONNECTION_LOST);
    assertThat(sink.tables()).hasSize(10);
    assertThat(importAll(adapter).tables()).hasSize(50);
  }

  @Test
  void a_foreign_exception_loses_its_text_on_the_way() {
    source.faults().throwForeign("no way with " + source.password().value());

    ConnectionException thrown =
        catchThrowableOfType(
            ConnectionException.class, () -> open().listSchemas(TestOperation.start()));

    assertThat(thrown.code()).isEqualTo(StandardErrorCode.INTERNAL);
    assertThat(source.password().findIn(TestTexts.stackTraceOf(thrown))).isEmpty();
  }

  @Test
  void hanging_calls_end_when_they_are_cancelled() throws Exception {
    source.faults().hang();
    ConnectionAdapter adapter = open();
    TestOperation operation = TestOperation.start();
    CompletableFuture<?> call = CompletableFuture.supplyAsync(() -> adapter.listSchemas(operation));
    assertThat(source.faults().awaitHanging(1, Duration.ofSeconds(60))).isTrue();

    operation.cancel();

    assertThat(codeOf(() -> valueOf(call))).isEqualTo(StandardErrorCode.CANCELLED);
    source.faults().letGo();
    assertThat(adapter.listSchemas(TestOperation.start())).hasSize(2);
  }

  @Test
  void hanging_calls_end_when_the_connection_is_closed() throws Exception {
    source.faults().hang();
    ConnectionAdapter adapter = open();
    CompletableFuture<?> call =
        CompletableFuture.supplyAsync(() -> adapter.listSchemas(TestOperation.start()));
    assertThat(source.faults().awaitHanging(1, Duration.ofSeconds(60))).isTrue();

    adapter.close();
    adapter.close();

    assertThat(codeOf(() -> valueOf(call))).isEqualTo(StandardErrorCode.CANCELLED);
    assertThat(source.counts().opens()).isEqualTo(1);
    assertThat(source.counts().closes()).isEqualTo(1);
    assertThat(source.counts().running()).isZero();
  }

  @Test
  void waiting_for_hanging_calls_ends_in_vain_when_there_are_none() throws Exception {
    assertThat(source.faults().awaitHanging(1, Duration.ofMillis(1))).isFalse();
  }

  @Test
  void latency_ends_a_call_that_has_less_time() {
    source.faults().latency(Duration.ofMinutes(10));

    assertThat(codeOf(() -> open().listSchemas(TestOperation.within(Duration.ofMillis(20)))))
        .isEqualTo(StandardErrorCode.TIMEOUT);
  }

  @Test
  void statements_run_only_where_they_are_allowed() {
    assertThat(open().as(StatementRunner.class)).isEmpty();

    StatementRunner runner =
        open(source.configuration().with("advanced.allow_statements", true))
            .as(StatementRunner.class)
            .orElseThrow();
    runner.run("create schema bronze", TestOperation.start());

    assertThat(source.statements()).containsExactly("create schema bronze");
  }

  @Test
  void rows_can_be_previewed() {
    RowPreview.RowSample rows =
        open()
            .as(RowPreview.class)
            .orElseThrow()
            .preview(SyntheticSource.table(0, 0), 8, TestOperation.start());

    assertThat(rows.rows()).hasSize(8).allMatch(row -> row.size() == 8);
    assertThat(rows.rows()).anyMatch(row -> row.stream().anyMatch(value -> value.isEmpty()));
  }

  @Test
  void names_that_do_not_exist_are_answered_and_nothing_else_is_listed() {
    TableName missing = SyntheticSource.table(7, 0);
    TableName present = SyntheticSource.table(1, 7);
    RecordingSink sink = new RecordingSink();

    open()
        .importMetadata(
            TestSelection.everything().named(missing, present), sink, TestOperation.start());

    assertThat(sink.listed()).containsExactly(present);
    assertThat(sink.tables()).containsOnlyKeys(present);
    assertThat(sink.failures().get(missing).code()).isEqualTo(StandardErrorCode.NOT_FOUND);
  }

  @Test
  void the_egress_policy_is_asked_if_the_source_is_told_so() {
    source.askEgress(true);

    assertThat(
            open(source.configuration().with("host", "host.invalid"))
                .test(TestOperation.start())
                .firstFailure()
                .orElseThrow()
                .code())
        .isEqualTo(StandardErrorCode.UNKNOWN_HOST);
  }

  @Test
  void several_sources_live_side_by_side() {
    SyntheticSource other = SyntheticSource.ofType("synthetic-two", "Synthetic Two");

    assertThat(other.provider().type().id()).isEqualTo("synthetic-two");
    assertThat(other.provider().type().presetOf("SYNTHETIC_TWO_CLOUD")).isPresent();
    assertThat(other.password().value()).isNotEqualTo(source.password().value());
    assertThat(other.provider().source()).isSameAs(other);
    assertThat(open(other.configuration()).test(TestOperation.start()).passed()).isFalse();
  }

  @Test
  void a_configuration_of_version_1_is_migrated_and_works() {
    ConfigurationValues migrated = source.provider().migrate(1, source.storedUnderVersion1());

    assertThat(migrated.paths())
        .containsExactlyInAnyOrderElementsOf(
            List.of("server", "authentication.username", "authentication.password"));
    assertThat(open(migrated).test(TestOperation.start()).passed()).isTrue();
  }

  @Test
  void too_many_tables_are_a_problem_of_the_configuration() {
    assertThat(
            source.provider().configuration().validate(source.configuration(10_000, 1_000_000, 1)))
        .extracting(problem -> problem.field())
        .containsExactly("advanced.tables");
  }

  private static Object valueOf(CompletableFuture<?> call) throws Throwable {
    try {
      return call.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause();
    } catch (TimeoutException e) {
      throw new AssertionError("the call hangs", e);
    }
  }
}
