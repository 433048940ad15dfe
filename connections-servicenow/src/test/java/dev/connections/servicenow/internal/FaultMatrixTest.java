package dev.connections.servicenow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Configuration;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.NoticeCode;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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

  @BeforeAll
  static void start() {
    instance = ServiceNowSimulator.withTables(TABLES).columns(COLUMNS).start();
    whole = imported(new RecordingSink()).sink().tables();
    assertThat(instance.requests().count()).isEqualTo(REQUESTS);
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

  private static Imported imported(RecordingSink sink) {
    Configuration configuration = ServiceNowFields.SPEC.bind(Simulated.values(instance));
    try (ConnectionAdapter adapter =
        new ServiceNowAdapter(configuration, TestAdapterContext.create(), PAGE)) {
      return new Imported(
          sink, adapter.importMetadata(TestSelection.everything(), sink, TestOperation.start()));
    }
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
    RecordingSink sink = new RecordingSink();
    try {
      complete(imported(sink), spoiled);
    } catch (ConnectionException ended) {
      assertThat(spoiled.outcome()).as(ended.toString()).isNotEqualTo(Outcome.HEALED);
      assertThat(spoiled.codes()).contains(ended.code().id());
      assertThat(ended.failure().remedy()).isPresent();
    }
    if (spoiled.codes().contains("WRONG_CREDENTIALS")) {
      assertThat(instance.requests().count())
          .as("no request after a refusal")
          .isLessThanOrEqualTo(request + Pager.WORKERS);
    }
  }

  private static void complete(Imported imported, Case spoiled) {
    List<NoticeCode> told =
        imported.sink().events(RecordingSink.Event.Noticed.class).stream()
            .map(event -> (NoticeCode) event.notice().code())
            .toList();
    if (spoiled.outcome() == Outcome.HEALED) {
      assertThat(told).isEmpty();
      assertThat(imported.sink().tables()).isEqualTo(whole);
    } else {
      assertThat(spoiled.outcome()).isEqualTo(Outcome.TOLD_OR_ENDED);
      boolean optionalTableMissing = spoiled.codes().contains("NOT_FOUND");
      assertThat(told.contains(NoticeCode.NOT_LOADED) || optionalTableMissing).isTrue();
      assertThat(imported.sink().tables()).hasSize(TABLES);
    }
  }
}
