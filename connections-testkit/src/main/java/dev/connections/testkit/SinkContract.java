package dev.connections.testkit;

import static dev.connections.testkit.AdapterTrial.importInto;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ImportEnd;
import dev.connections.api.MetadataSink.Decision;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableName;
import dev.connections.testkit.RecordingSink.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules by which an import talks to its sink. */
interface SinkContract extends AdapterUnderTest {
  @Test
  default void every_table_is_listed_once(AdapterTrial trial) {
    assertThat(trial.imported(trial.open()).listed())
        .as("listed tables")
        .isNotEmpty()
        .doesNotHaveDuplicates();
  }

  @Test
  default void every_wanted_table_is_answered_once(AdapterTrial trial) {
    RecordingSink sink = trial.imported(trial.open());

    assertThat(answered(sink))
        .as("answers, for tables that were listed and wanted")
        .containsExactlyInAnyOrderElementsOf(sink.wanted());
  }

  /** The tables that were answered with metadata or with a failure, as often as they were. */
  private static List<TableName> answered(RecordingSink sink) {
    List<TableName> answered = new ArrayList<>();
    sink.events(Event.Read.class).forEach(read -> answered.add(read.table().name()));
    sink.events(Event.Failed.class).forEach(failed -> answered.add(failed.table()));
    return answered;
  }

  @Test
  default void a_skipped_table_is_not_read(AdapterTrial trial) {
    TableName skipped = trial.table();
    Set<TableName> others = ConcurrentHashMap.newKeySet();
    RecordingSink sink = trial.sink().reading(info -> everySecondBut(info, skipped, others));

    importInto(sink, trial.open(), TestSelection.everything());

    assertThat(answered(sink))
        .as("answers, when some tables were skipped")
        .doesNotContain(skipped)
        .isSubsetOf(sink.wanted());
  }

  private static boolean everySecondBut(TableInfo info, TableName skipped, Set<TableName> others) {
    others.add(info.name());
    return !info.name().equals(skipped) && others.size() % 2 == 0;
  }

  @Test
  default void every_schema_is_told_complete_once_and_after_its_tables(AdapterTrial trial) {
    ConnectionAdapter adapter = trial.open();
    List<SchemaName> schemas =
        adapter.listSchemas(TestOperation.start()).stream().map(SchemaInfo::name).toList();
    RecordingSink sink = trial.imported(adapter);
    List<SchemaName> told = new ArrayList<>();
    for (Event event : sink.events()) {
      if (event instanceof Event.ListingComplete complete) {
        told.add(complete.schema());
      } else if (event instanceof Event.ListingFailed failed) {
        told.add(failed.schema());
      } else if (event instanceof Event.Listed listed) {
        assertThat(told)
            .as("schemas told complete before %s was listed", listed.table().name().display())
            .doesNotContain(listed.table().name().schema());
      }
    }

    assertThat(told)
        .as("schemas told complete, or failed")
        .containsExactlyInAnyOrderElementsOf(schemas);
  }

  @Test
  default void an_import_asks_once_to_proceed_and_reads_nothing_before(AdapterTrial trial) {
    RecordingSink sink = trial.imported(trial.open());
    boolean asked = false;
    for (Event event : sink.events()) {
      asked |= event instanceof Event.Proceed;
      assertThat(asked || !(event instanceof Event.Read))
          .as("asked to proceed before the first table was handed over")
          .isTrue();
    }

    assertThat(sink.events(Event.Proceed.class)).as("questions whether to proceed").hasSize(1);
  }

  @Test
  default void an_import_that_may_not_proceed_stops(AdapterTrial trial) {
    RecordingSink sink = trial.sink().stopping();

    ImportEnd end = importInto(sink, trial.open(), TestSelection.everything());

    assertThat(end).isEqualTo(new ImportEnd.Stopped());
    assertThat(answered(sink)).as("tables answered for in a preview").isEmpty();
    assertThat(sink.events(Event.Proceed.class)).hasSize(1);
  }

  @TestFactory
  default Stream<DynamicTest> an_exception_of_the_sink_ends_the_import_as_it_is(
      AdapterTrial trial) {
    return Stream.of(
            Event.Listed.class, Event.ListingComplete.class, Event.Proceed.class, Event.Read.class)
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    "thrown from " + kind.getSimpleName(), () -> throwFrom(kind, trial)));
  }

  private static void throwFrom(Class<? extends Event> kind, AdapterTrial trial) {
    IllegalStateException thrown = new IllegalStateException("the sink has had enough");
    RecordingSink sink = trial.sink();
    sink.onEvent(
        event -> {
          if (kind.isInstance(event)) {
            throw thrown;
          }
        });

    assertThat(catchThrowable(() -> importInto(sink, trial.open(), TestSelection.everything())))
        .as("what the import threw")
        .isSameAs(thrown);
    assertThat(sink.events(Event.Failed.class)).as("tables it was booked on").isEmpty();
    assertThat(sink.events(Event.ListingFailed.class)).as("schemas it was booked on").isEmpty();
  }

  @Test
  default void the_sink_is_never_called_within_a_remote_call(AdapterTrial trial) {
    trial.imported(trial.open());

    assertThat(trial.context().sinkCalls()).as("calls of the sink").isEmpty();
  }

  @Test
  default void remote_calls_never_nest(AdapterTrial trial) {
    ConnectionAdapter adapter = trial.open();
    for (AdapterTrial.AdapterCall call : trial.calls().values()) {
      // Whether it succeeds is for other tests to judge.
      Throwable unused = catchThrowable(() -> call.on(adapter, TestOperation.start()));
    }

    assertThat(trial.context().nested()).as("calls within calls").isEmpty();
  }

  @Test
  default void a_wanted_table_is_listed_before_it_is_read(AdapterTrial trial) {
    RecordingSink sink = trial.imported(trial.open());
    Set<TableName> listed = new HashSet<>();
    for (Event event : sink.events()) {
      if (event instanceof Event.Listed table && table.answer() == Decision.READ) {
        listed.add(table.table().name());
      } else if (event instanceof Event.Read read) {
        assertThat(listed).as("tables listed so far").contains(read.table().name());
      }
    }
  }
}
