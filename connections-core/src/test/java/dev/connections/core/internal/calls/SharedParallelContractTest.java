package dev.connections.core.internal.calls;

import dev.connections.api.Events;
import dev.connections.api.Parallel;
import dev.connections.testkit.ParallelContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class SharedParallelContractTest extends ParallelContract {
  private final CallRuntime runtime = new CallRuntime();

  @AfterEach
  void close() {
    runtime.close();
  }

  @Override
  protected Parallel parallel() {
    return runtime
        .contextFor(
            new CallScope("acme", "sales"), Fixtures.NO_TOKENS, Events.NONE, Optional.empty())
        .parallel();
  }
}
