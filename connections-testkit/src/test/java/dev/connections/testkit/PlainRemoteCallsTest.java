package dev.connections.testkit;

import dev.connections.api.CallLimits;
import dev.connections.api.RemoteCalls;

class PlainRemoteCallsTest extends RemoteCallsContract {
  @Override
  protected RemoteCalls calls(CallLimits limits) {
    return new PlainRemoteCalls(limits);
  }
}
