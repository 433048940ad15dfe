package dev.connections.servicenow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ChangeMarker;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.NoticeCode;
import dev.connections.api.RowPreview;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TestResult;
import dev.connections.servicenow.internal.Simulated.Imported;
import dev.connections.simulators.Fault;
import dev.connections.simulators.ServiceNowFault;
import dev.connections.simulators.ServiceNowSimulator;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything an instance may answer wrongly, at every request of an import in turn. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultMatrixTest {
  private static final int TABLES = 100;
  private static final int COLUMNS = 1_500;

  /** As many rows as a page of the dictionary is asked for here. */
  private static final int PAGE = 1_000;

  /** Tables, views, two pages of columns, overrides, types. */
  private static final int REQUESTS = 6;

  private static ServiceNowSimulator instance;
  private static Map<TableName, TableMetadata> whole;
  private static ChangeMarker marker;

  /** What each deed gives where nothing goes wrong. */
  private static final Map<Deed, Object> WELL = new EnumMap<>(Deed.class);

  @BeforeAll
  static void start() {
    instance = ServiceNowSimulator.withTables(TABLES).columns(COLUMNS).start();
    Imported imported = imported(TestSelection.everything());
    whole = imported.sink().tables();
    marker = ((ImportEnd.Done) imported.end()).marker().orElseThrow();
    assertThat(instance.requests().count()).isEqualTo(REQUESTS);
    for (Deed deed : Deed.values()) {
      instance.requests().clear();
      WELL.put(deed, deed.act());
      assertThat(instance.requests().count()).as(deed.toString()).isEqualTo(deed.requests);
    }
  }

  @AfterAll
  static void stop() {
    instance.close();
  }

  @BeforeEach
  void well() {
    instance.faults().clear();
    instance.requests().clear();
  }

  private static <T> T with(Function<ConnectionAdapter, T> use) {
    Configuration configuration =
        ServiceNowFields.SPEC.bind(Simulated.values(instance).with("advanced.row_preview", true));
    try (ConnectionAdapter adapter =
        ServiceNowAdapter.open(configuration, TestAdapterContext.create(), PAGE)) {
      return use.apply(adapter);
    }
  }

  private static Imported imported(TestSelection selection) {
    RecordingSink sink = new RecordingSink();
    return with(
        adapter ->
            new Imported(sink, adapter.importMetadata(selection, sink, TestOperation.start())));
  }

  /** What the import may make of it, met at one request alone. */
  private enum Outcome {
    /** The same request, or smaller ones, bring what was asked for. */
    HEALED,
    /** There is no way round, and the failure says what it is. */
    ENDED,
    /** What belongs to it is missing, and a notice says so; without it nothing else works. */
    TOLD_OR_ENDED
  }

  private record Case(Fault fault, Outcome outcome, Set<String> codes) {}

  private static Map<String, Case> cases() {
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("202 dropped", healed(ServiceNowFault.dropped()));
    cases.put("429 queue full", healed(ServiceNowFault.queueFull()));
    cases.put("429 wait a little", healed(ServiceNowFault.tooManyRequests(Duration.ZERO)));
    cases.put("500", healed(Fault.status(500)));
    cases.put("502 page", healed(Fault.html(502, "<html>Bad Gateway</html>")));
    cases.put("503", healed(Fault.status(503)));
    cases.put("504", healed(Fault.status(504)));
    cases.put("lost connection", healed(Fault.lostConnection(40)));
    cases.put("cut body", healed(Fault.cutBody(40)));
    cases.put("cut in a row", healed(Fault.cutBody(300)));
    cases.put("cancelled", healed(ServiceNowFault.cancelled(3)));
    cases.put("cancelled, malformed", healed(ServiceNowFault.cancelledMalformed(3)));
    cases.put("result a text", healed(Fault.json(200, "{\"result\":\"Transaction cancelled\"}")));
    cases.put("no JSON", healed(Fault.json(200, "Transaction cancelled")));
    cases.put("endless", healed(Fault.endlessBody()));
    cases.put("page again", healed(Fault.previousAnswer()));
    cases.put(
        "another request's answer",
        healed(
            Fault.json(200, "{\"result\":[{\"sys_id\":\"1\",\"stranger\":\"x\"}]}")
                .with("X-Total-Count", "1")));
    cases.put("cursor ignored", healed(Fault.ignoredCursor()));
    cases.put("401", ended("WRONG_CREDENTIALS", Fault.json(401, "{}")));
    cases.put(
        "429 wait long",
        new Case(
            ServiceNowFault.tooManyRequests(Duration.ofSeconds(3_000)),
            Outcome.TOLD_OR_ENDED,
            Set.of("THROTTLED")));
    cases.put(
        "403",
        new Case(
            ServiceNowFault.closedInterface(), Outcome.TOLD_OR_ENDED, Set.of("INTERFACE_CLOSED")));
    cases.put(
        "hibernating",
        new Case(
            ServiceNowFault.hibernating(), Outcome.TOLD_OR_ENDED, Set.of("INSTANCE_HIBERNATING")));
    cases.put(
        "sign-in page",
        new Case(ServiceNowFault.signInPage(), Outcome.TOLD_OR_ENDED, Set.of("WEB_PAGE")));
    cases.put(
        "400 invalid table",
        new Case(
            Fault.json(400, "{\"error\":{\"message\":\"Invalid table x\",\"detail\":null}}"),
            Outcome.TOLD_OR_ENDED,
            Set.of("NOT_FOUND")));
    return cases;
  }

  private static Case healed(Fault fault) {
    return new Case(fault, Outcome.HEALED, Set.of());
  }

  private static Case ended(String code, Fault fault) {
    return new Case(fault, Outcome.ENDED, Set.of(code));
  }

  static Stream<Arguments> matrix() {
    List<Arguments> all = new ArrayList<>();
    cases()
        .forEach(
            (name, ignored) -> {
              for (int request = 1; request <= REQUESTS; request++) {
                all.add(Arguments.of(name, request));
              }
            });
    return all.stream();
  }

  @ParameterizedTest(name = "{0} at request {1}")
  @MethodSource("matrix")
  void an_import_completes_or_says_what_is_missing(String name, int request) {
    Case spoiled = cases().getOrDefault(name, healed(Fault.status(500)));
    instance.faults().at(request, spoiled.fault());
    try {
      complete(imported(TestSelection.everything()), whole, spoiled);
    } catch (ConnectionException thrown) {
      ended(thrown, spoiled);
    }
    if (spoiled.codes().contains("WRONG_CREDENTIALS")) {
      assertThat(instance.requests().count())
          .as("no request after a refusal")
          .isLessThanOrEqualTo(request + Pager.WORKERS);
    }
  }

  private static void ended(ConnectionException thrown, Case spoiled) {
    assertThat(spoiled.outcome()).as(thrown.toString()).isNotEqualTo(Outcome.HEALED);
    assertThat(spoiled.codes()).contains(thrown.code().id());
    assertThat(thrown.failure().remedy()).isPresent();
  }

  private static void complete(Imported imported, Map<TableName, TableMetadata> all, Case spoiled) {
    List<NoticeCode> told =
        imported.sink().events(RecordingSink.Event.Noticed.class).stream()
            .map(event -> (NoticeCode) event.notice().code())
            .toList();
    if (spoiled.outcome() == Outcome.HEALED) {
      assertThat(told).isEmpty();
      assertThat(imported.sink().tables()).isEqualTo(all);
    } else {
      assertThat(spoiled.outcome()).isEqualTo(Outcome.TOLD_OR_ENDED);
      boolean optionalTableMissing = spoiled.codes().contains("NOT_FOUND");
      assertThat(told.contains(NoticeCode.NOT_LOADED) || optionalTableMissing).isTrue();
      assertThat(imported.sink().tables()).hasSize(all.size());
    }
  }

  /** What is done with an instance beside an import of everything. */
  private enum Deed {
    /** Tables, views, columns, overrides, types. */
    SELECTION(5) {
      @Override
      Object act() {
        return imported(TestSelection.everything().named(SOME));
      }
    },
    /** Count and newest change of tables, columns, overrides. */
    REFRESH(3) {
      @Override
      Object act() {
        return imported(TestSelection.everything().since(marker));
      }
    },
    /** As for a selection; what heals is met in a preview too. */
    TABLE(5) {
      @Override
      Object act() {
        return with(adapter -> adapter.getTableMetadata(SOME, TestOperation.start()));
      }
    },
    /** As for a table, and its rows. */
    PREVIEW(6) {
      @Override
      Object act() {
        return with(
            adapter ->
                adapter.as(RowPreview.class).orElseThrow().preview(SOME, 3, TestOperation.start()));
      }
    },
    /** Tables, columns. */
    TEST(2) {
      @Override
      Object act() {
        return with(adapter -> adapter.test(TestOperation.start()));
      }
    };

    private static final TableName SOME = Simulated.name("u_table_00000");
    private final int requests;

    Deed(int requests) {
      this.requests = requests;
    }

    abstract Object act();
  }

  static Stream<Arguments> otherDeeds() {
    List<Arguments> all = new ArrayList<>();
    for (Deed deed : Deed.values()) {
      for (Map.Entry<String, Case> one : cases().entrySet()) {
        boolean shownByPreview = deed == Deed.TABLE && one.getValue().outcome() == Outcome.HEALED;
        for (int request = 1; request <= deed.requests && !shownByPreview; request++) {
          all.add(Arguments.of(deed, one.getKey(), request));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}: {1} at request {2}")
  @MethodSource("otherDeeds")
  void whatever_else_is_done_completes_or_says_what_is_missing(
      Deed deed, String name, int request) {
    Object well = WELL.getOrDefault(deed, "");
    Case spoiled = cases().getOrDefault(name, healed(Fault.status(500)));
    instance.faults().at(request, spoiled.fault());
    try {
      Object done = deed.act();
      if (done instanceof TestResult result) {
        tested(result, name, request, spoiled);
      } else if (done instanceof Imported imported) {
        Map<TableName, TableMetadata> all = ((Imported) well).sink().tables();
        refreshed(imported, all, spoiled);
      } else if (done instanceof TableMetadata table) {
        boolean ofTheTable = request > 3 && !spoiled.codes().contains("NOT_FOUND");
        assertThat(table.columns()).hasSameSizeAs(((TableMetadata) well).columns());
        assertThat(table.notices()).as("overrides or types").hasSize(ofTheTable ? 1 : 0);
      } else if (done instanceof RowPreview.RowSample sample && name.equals("cursor ignored")) {
        assertThat(sample.rows()).as("first in whatever order").hasSize(3);
        assertThat(sample.columns()).isEqualTo(((RowPreview.RowSample) well).columns());
      } else {
        assertThat(done).isEqualTo(well);
      }
    } catch (ConnectionException thrown) {
      ended(thrown, spoiled);
    }
  }

  /** Whoever can't be told that nothing changed reads everything. */
  private static void refreshed(
      Imported imported, Map<TableName, TableMetadata> all, Case spoiled) {
    if (imported.end() instanceof ImportEnd.Unchanged) {
      assertThat(spoiled.outcome()).isEqualTo(Outcome.HEALED);
    } else if (all.isEmpty()) {
      assertThat(imported.sink().tables()).isEqualTo(whole);
    } else {
      complete(imported, all, spoiled);
    }
  }

  /** A test is made once: what it meets it says, and at which step. */
  private static void tested(TestResult result, String name, int request, Case spoiled) {
    boolean answered =
        Set.of("page again", "cursor ignored", "another request's answer").contains(name);
    if (answered && result.passed()) {
      return;
    }
    assertThat(result.passed()).isFalse();
    Failure failure = result.firstFailure().orElseThrow();
    assertThat(failure.remedy()).isPresent();
    if (!spoiled.codes().isEmpty()) {
      assertThat(spoiled.codes()).contains(failure.code().id());
    }
    List<String> failed =
        result.steps().stream()
            .filter(step -> step.status() == TestResult.Status.FAILED)
            .map(TestResult.Step::id)
            .toList();
    assertThat(failed)
        .hasSize(1)
        .isSubsetOf(
            request == 1 ? List.of("connect", "authenticate", "authorize") : List.of("read"));
  }
}
