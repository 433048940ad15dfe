package dev.connections.http;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Operation;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardStep;
import dev.connections.api.TestSteps;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The first call of a test, told apart into steps: it finds the address, connects, secures the
 * channel and signs in all at once, and where it fails says which of these failed. Belongs to one
 * test.
 *
 * <pre>{@code
 * FirstCall<Long> first = new FirstCall<>(service, () -> count(operation));
 * return first.steps(operation)
 *     .step(StandardStep.AUTHENTICATE, step -> step.detail(first.get() + " tables"))
 *     .result();
 * }</pre>
 *
 * @param <T> what the call gives; not null
 */
public final class FirstCall<T> {
  private static final Set<String> NOT_CONNECTED =
      Set.of(
          StandardErrorCode.CONNECTION_LOST.id(),
          StandardErrorCode.WRONG_PROTOCOL.id(),
          StandardErrorCode.EGRESS_REFUSED.id(),
          HttpErrorCode.PROXY_REFUSED.id());

  private final HttpService service;
  private final Supplier<T> call;
  private Optional<T> result = Optional.empty();
  private Optional<ConnectionException> thrown = Optional.empty();

  /**
   * Prepares the call; nothing is dialled yet.
   *
   * @param service the service
   * @param call a call that changes nothing, made once
   */
  public FirstCall(HttpService service, Supplier<T> call) {
    this.service = service;
    this.call = call;
  }

  /**
   * Makes the call.
   *
   * @param operation deadline and cancellation of the test
   * @return the steps up to the one that signs in, which asks for {@link #get}
   */
  public TestSteps steps(Operation operation) {
    TestSteps steps =
        TestSteps.of(operation)
            .step(StandardStep.RESOLVE, step -> service.resolve())
            .step(StandardStep.CONNECT, step -> connect());
    return service.secure() ? steps.step(StandardStep.TLS, step -> secure()) : steps;
  }

  private void connect() {
    try {
      result = Optional.of(call.get());
    } catch (ConnectionException failed) {
      thrown = Optional.of(failed);
      if (notConnected(failed)) {
        throw failed;
      }
    }
  }

  private static boolean notConnected(ConnectionException failed) {
    return failed.category() == Category.UNREACHABLE
        || failed.category() == Category.TIMEOUT
        || failed.category() == Category.CANCELLED
        || ofOurOwnLimit(failed)
        || NOT_CONNECTED.contains(failed.code().id());
  }

  /** What the service itself says of an allowance has a status; without one nothing was sent. */
  private static boolean ofOurOwnLimit(ConnectionException failed) {
    return failed.category() == Category.QUOTA_EXHAUSTED && failed.failure().vendorCode().isEmpty();
  }

  private void secure() {
    if (thrown.isPresent() && thrown.get().category() == Category.TLS) {
      throw thrown.get();
    }
  }

  /**
   * {@return what the call gave}
   *
   * @throws ConnectionException what it threw
   * @throws IllegalStateException if it wasn't made
   */
  public T get() {
    if (thrown.isPresent()) {
      throw thrown.get();
    }
    return result.orElseThrow(() -> new IllegalStateException("the first call wasn't made"));
  }

  /**
   * Passes if the service knows who we are: whoever lacks a right, or asks for what isn't there,
   * was let in, and that is for the next steps to say.
   *
   * @param more other codes by which the service says so
   * @throws ConnectionException what the call failed with otherwise
   * @throws IllegalStateException if it wasn't made
   */
  public void letIn(ErrorCode... more) {
    try {
      get();
    } catch (ConnectionException failed) {
      boolean later =
          failed.category() == Category.PERMISSION
              || failed.category() == Category.NOT_FOUND
              || Arrays.stream(more).anyMatch(failed::is);
      if (!later) {
        throw failed;
      }
    }
  }
}
