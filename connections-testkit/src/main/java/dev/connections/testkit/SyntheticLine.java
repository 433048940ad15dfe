package dev.connections.testkit;

import dev.connections.api.AdapterContext;
import dev.connections.api.Attempt;
import dev.connections.api.CallLimits;
import dev.connections.api.Category;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.api.RemoteCalls;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import java.util.function.Supplier;

/** The line between a synthetic adapter and its source: dials, signs in, makes round trips. */
final class SyntheticLine {
  private final SyntheticSource source;
  private final AdapterContext context;
  private final RemoteCalls calls;
  private final Shutdown shutdown = new Shutdown();
  private final String host;
  private final int port;
  private final int parallel;
  private final Configuration configuration;
  private volatile boolean signedIn;

  SyntheticLine(SyntheticSource source, Configuration configuration, AdapterContext context) {
    this.source = source;
    this.context = context;
    this.configuration = configuration;
    this.host = configuration.get(SyntheticConfiguration.HOST);
    this.port = configuration.get(SyntheticConfiguration.PORT);
    this.parallel = configuration.get(SyntheticConfiguration.PARALLEL);
    this.calls =
        context.calls(
            CallLimits.parallel(parallel)
                .withTimeout(configuration.get(SyntheticConfiguration.COMMAND_TIMEOUT)));
  }

  /** Finds the address; makes no round trip. */
  void resolve() {
    shutdown.check();
    if (source.egressAsked()) {
      context.egress().resolve(host, port);
    } else if (!host.equalsIgnoreCase(source.host())) {
      throw SyntheticFailures.unknownHost(source.displayName(), host, port).asException();
    }
  }

  void connect(Operation operation) {
    roundTrip("connect", operation, () -> true);
  }

  void signIn(Operation operation) {
    if (signedIn) {
      return;
    }
    resolve();
    roundTrip(
        "sign in",
        operation,
        () -> {
          source.counts().signIn();
          checkCredentials();
          return true;
        });
    signedIn = true;
  }

  private void checkCredentials() {
    switch (configuration.get(SyntheticConfiguration.AUTHENTICATION)) {
      case BASIC -> {
        boolean known =
            configuration.get(SyntheticConfiguration.USERNAME).equals(source.username())
                && same(configuration.get(SyntheticConfiguration.PASSWORD), source.password());
        if (!known) {
          throw SyntheticFailures.wrongCredentials().asException();
        }
      }
      case TOKEN -> {
        if (!same(configuration.get(SyntheticConfiguration.TOKEN), source.token())) {
          throw SyntheticFailures.wrongToken().asException();
        }
      }
    }
  }

  private static boolean same(Secret given, Canary expected) {
    return given.equals(expected.secret());
  }

  /** Signs in if need be and makes a round trip that may be repeated. */
  <T> T ask(String name, Operation operation, Supplier<T> answer) {
    signIn(operation);
    return roundTrip(name, operation, answer);
  }

  /** Signs in if need be and makes a round trip that is made once. */
  void tell(String name, Operation operation, Runnable effect) {
    signIn(operation);
    calls.write(
        name,
        operation,
        attempt -> {
          serve(attempt, operation);
          effect.run();
          return true;
        });
  }

  private <T> T roundTrip(String name, Operation operation, Supplier<T> answer) {
    shutdown.check();
    if (source.faults().isDefective()) {
      throw new IllegalStateException("lost " + source.password().value());
    }
    try {
      return calls.read(
          name,
          operation,
          attempt -> {
            serve(attempt, operation);
            return answer.get();
          });
    } catch (ConnectionException e) {
      if (e.category() == Category.AUTHENTICATION) {
        signedIn = false;
      }
      throw e;
    }
  }

  private void serve(Attempt attempt, Operation operation) throws InterruptedException {
    source.counts().roundTripBegins();
    try {
      shutdown.check();
      source.faults().strike(attempt, operation, shutdown);
      if (port != source.port()) {
        throw SyntheticFailures.nothingListens(source.displayName(), host, port).asException();
      }
      source.allowance().ifPresent(calls::observe);
      source
          .refusal()
          .ifPresent(
              failure -> {
                throw failure.asException();
              });
    } finally {
      source.counts().roundTripEnds();
    }
  }

  <T> void inParallel(
      Iterable<? extends T> items, Operation operation, Parallel.Work<? super T> work) {
    context.parallel().forEach(items, parallel, operation, work);
  }

  /** Ends what may not go on: the adapter is closed, or the operation has ended. */
  void checkpoint(Operation operation) {
    shutdown.check();
    operation.checkpoint();
  }

  /** {@return whether a failure concerns more than the thing that was asked for} */
  static boolean endsEverything(ConnectionException e) {
    return e.category() == Category.AUTHENTICATION
        || e.category() == Category.CANCELLED
        || e.is(StandardErrorCode.INTERNAL);
  }

  void close() {
    if (shutdown.begin()) {
      source.counts().closed();
    }
  }
}
