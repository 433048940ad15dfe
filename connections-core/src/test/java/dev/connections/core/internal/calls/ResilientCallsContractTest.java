package dev.connections.core.internal.calls;

import dev.connections.api.CallLimits;
import dev.connections.api.Events;
import dev.connections.api.RemoteCalls;
import dev.connections.testkit.RemoteCallsContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class ResilientCallsContractTest extends RemoteCallsContract {
  private final CallRuntime runtime = new CallRuntime();

  @AfterEach
  void close() {
    runtime.close();
  }

  @Override
  protected RemoteCalls calls(CallLimits limits) {
    return runtime
        .contextFor(
            new CallScope("acme", "sales"), Fixtures.NO_TOKENS, Events.NONE, Optional.empty())
        .calls(limits);
  }
}
