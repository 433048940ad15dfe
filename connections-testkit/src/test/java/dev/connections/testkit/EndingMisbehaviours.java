package dev.connections.testkit;

import dev.connections.api.AdapterContext;
import dev.connections.api.CallLimits;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.RemoteCalls;
import dev.connections.api.SchemaInfo;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Adapters that don't end when they should. */
final class EndingMisbehaviours {
  private EndingMisbehaviours() {}

  static final List<Misbehaviour> ALL =
      List.of(
          Misbehaviour.of(
              "ignores cancellation and deadline",
              Twist.importing(
                  (adapter, selection, sink, operation) ->
                      adapter.importMetadata(selection, sink, TwistedOperation.endless())),
              "a_cancelled_operation_ends_a_call_with_cancelled",
              "a_passed_deadline_ends_a_call_with_timeout",
              "an_import_under_way_ends_when_it_is_cancelled"),
          Misbehaviour.slow(
                  "goes on in its calls when they are cancelled",
                  EndingMisbehaviours::stubborn,
                  "a_call_under_way_ends_when_it_is_cancelled",
                  "a_call_under_way_ends_when_its_deadline_passes",
                  "a_call_under_way_ends_when_the_adapter_is_closed")
              .hanging(),
          Misbehaviour.of(
              "clears a thread's interruption",
              Twist.adapter(EndingMisbehaviours::clearing),
              "an_interrupted_thread_ends_a_call_and_stays_interrupted"),
          Misbehaviour.of(
              "works on after it was closed",
              Twist.adapter(
                  adapter ->
                      new TwistedAdapter(adapter) {
                        @Override
                        public void close() {}
                      }),
              "a_closed_adapter_refuses_calls"),
          Misbehaviour.of(
              "can't be closed twice",
              Twist.adapter(EndingMisbehaviours::closingOnce),
              "closing_again_does_nothing"),
          Misbehaviour.of(
                  "hangs when it is closed during an import",
                  Twist.adapter(EndingMisbehaviours::waiting),
                  "closing_during_an_import_hangs_neither")
              .hanging());

  private static Twist.Provider stubborn(SyntheticSource source) {
    CountDownLatch never = new CountDownLatch(1);
    return new Twist.Provider(source.provider()) {
      @Override
      public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
        RemoteCalls calls = context.calls(CallLimits.parallel(2));
        return new TwistedAdapter(super.open(configuration, context)) {
          @Override
          public List<SchemaInfo> listSchemas(Operation operation) {
            return source.faults().latency().isZero()
                ? super.listSchemas(operation)
                : calls.read("stubborn", operation, attempt -> hold(never));
          }
        };
      }
    };
  }

  private static List<SchemaInfo> hold(CountDownLatch never) {
    while (true) {
      try {
        never.await();
      } catch (InterruptedException ignored) {
        // That is what it does wrong.
      }
    }
  }

  private static ConnectionAdapter clearing(ConnectionAdapter adapter) {
    return new TwistedAdapter(adapter) {
      @Override
      public List<SchemaInfo> listSchemas(Operation operation) {
        try {
          return super.listSchemas(operation);
        } catch (ConnectionException e) {
          boolean cleared = Thread.interrupted();
          throw cleared ? ConnectionException.of(e.failure()) : e;
        }
      }
    };
  }

  private static ConnectionAdapter closingOnce(ConnectionAdapter adapter) {
    AtomicInteger closes = new AtomicInteger();
    return new TwistedAdapter(adapter) {
      @Override
      public void close() {
        if (closes.incrementAndGet() > 1) {
          throw new IllegalStateException("closed already");
        }
        super.close();
      }
    };
  }

  private static ConnectionAdapter waiting(ConnectionAdapter adapter) {
    AtomicInteger imports = new AtomicInteger();
    CountDownLatch never = new CountDownLatch(1);
    return new TwistedAdapter(adapter) {
      @Override
      public ImportEnd importMetadata(
          ImportSelection selection, MetadataSink sink, Operation operation) {
        imports.incrementAndGet();
        try {
          return super.importMetadata(selection, sink, operation);
        } finally {
          imports.decrementAndGet();
        }
      }

      @Override
      public void close() {
        if (imports.get() > 0) {
          awaitForEver(never);
        }
        super.close();
      }
    };
  }

  private static void awaitForEver(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
