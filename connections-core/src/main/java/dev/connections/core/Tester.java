package dev.connections.core;

import dev.connections.api.Category;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.StandardStep;
import dev.connections.api.TestResult;
import dev.connections.core.access.Actor;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.internal.pool.Lease;
import dev.connections.core.internal.registry.InstalledType;
import dev.connections.core.store.PendingTest;
import dev.connections.core.store.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tests connections and drafts. */
record Tester(Workings workings) {
  private static final Duration USUAL = Duration.ofSeconds(30);

  /** A test that isn't over by then was given up: its process died. */
  private static final Duration GIVEN_UP = Duration.ofMinutes(1);

  TestResult test(Actor actor, String id, CallOptions options) {
    StoredConnection row = workings.access().use(actor, id, AuditOperation.TEST);
    InstalledType type = workings.registry().require(row.type());
    Duration usual = usual(type, workings.configurations().readable(row).values());
    Duration atMost = atMost(usual, options);
    String run = UUID.randomUUID().toString();
    PendingTest pending =
        new PendingTest(run, workings.clock().instant().plus(atMost).plus(GIVEN_UP));
    if (!workings.store().beginTest(actor.account(), id, pending)) {
      throw Access.absent(id); // it has just been deleted
    }
    Instant start = workings.clock().instant();
    boolean recorded = false;
    try {
      TestResult result =
          workings
              .calls()
              .call("test", usual, options.withTimeout(atMost), op -> dial(actor, id, op));
      Instant end = workings.clock().instant();
      TestSummary summary = TestSummary.of(result, end);
      workings
          .store()
          .atomically(
              actor.account(),
              () -> {
                workings
                    .store()
                    .endTest(actor.account(), id, run, row.configurationVersion(), summary);
                workings.pastRuns().tested(new PastRuns.Run(actor, id, start, end), result);
                return summary;
              });
      recorded = true;
      return result;
    } finally {
      if (!recorded) {
        workings.store().abandonTest(actor.account(), id, run);
      }
    }
  }

  private TestResult dial(Actor actor, String id, Operation operation) {
    long start = System.nanoTime();
    Lease lease;
    try {
      lease = workings.leases().lease(actor, id, Leases.Purpose.of(AuditOperation.TEST), operation);
    } catch (ConnectionException refused) {
      return refusedByConfiguration(refused, start);
    }
    try (lease) {
      return tested(lease.adapter(), operation, start);
    }
  }

  /** Dials what a draft says, if it is well-formed; the caller stores it, or doesn't. */
  TestResult test(Actor actor, Drafts.Resolved draft, CallOptions options) {
    long start = System.nanoTime();
    if (!draft.problems().isEmpty()) {
      return failed(ConfigurationSpec.invalid(draft.problems()), start);
    }
    Duration usual = usual(draft.type(), draft.values());
    return workings
        .calls()
        .call(
            "test",
            usual,
            options.withTimeout(atMost(usual, options)),
            operation -> dial(actor, draft, operation, start));
  }

  private TestResult dial(Actor actor, Drafts.Resolved draft, Operation operation, long start) {
    AuditRecord record =
        workings
            .audit()
            .of(actor, AuditOperation.TEST)
            .object("draft of " + draft.type().type().id())
            .fields(Configurations.secretsIn(draft.type(), draft.values()))
            .build();
    try {
      return workings
          .leases()
          .once(
              () -> workings.audit().before(record),
              draft.type(),
              draft.values(),
              actor,
              adapter -> tested(adapter, operation, start));
    } catch (ConnectionException refused) {
      return refusedByConfiguration(refused, start);
    }
  }

  private static TestResult tested(ConnectionAdapter adapter, Operation operation, long start) {
    TestResult.Step valid =
        new TestResult.Step(
            StandardStep.VALIDATE.id(),
            StandardStep.VALIDATE.label(),
            TestResult.Status.PASSED,
            Duration.ofNanos(System.nanoTime() - start),
            Optional.empty(),
            Optional.empty());
    TestResult dialled = adapter.test(operation);
    List<TestResult.Step> steps = new ArrayList<>();
    steps.add(valid);
    steps.addAll(dialled.steps());
    return new TestResult(steps, dialled.server());
  }

  /** That a configuration can't work is a result; that it can't be tried now isn't. */
  private static TestResult refusedByConfiguration(ConnectionException refused, long start) {
    if (refused.category() != Category.CONFIGURATION && refused.category() != Category.DATA) {
      throw refused;
    }
    return failed(refused.failure(), start);
  }

  private static TestResult failed(Failure failure, long start) {
    TestResult.Step invalid =
        new TestResult.Step(
            StandardStep.VALIDATE.id(),
            StandardStep.VALIDATE.label(),
            TestResult.Status.FAILED,
            Duration.ofNanos(System.nanoTime() - start),
            Optional.of(failure),
            Optional.empty());
    return new TestResult(List.of(invalid), Optional.empty());
  }

  private static Duration usual(InstalledType type, ConfigurationValues values) {
    return Configurations.connectionTimeout(type, values).orElse(USUAL);
  }

  /** A caller may shorten what the connection says, and not lengthen it. */
  private static Duration atMost(Duration usual, CallOptions options) {
    return options.timeout().filter(time -> time.compareTo(usual) < 0).orElse(usual);
  }
}
