package dev.connections.simulators.internal;

import dev.connections.simulators.RequestLog;
import dev.connections.simulators.SimulatedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The requests so far, and how many of them are under way. */
final class RequestRecord implements RequestLog {
  private final Runnable onClear;
  private final List<SimulatedRequest> requests = new ArrayList<>();
  private int underWay;
  private int mostAtOnce;

  RequestRecord(Runnable onClear) {
    this.onClear = onClear;
  }

  synchronized SimulatedRequest begin(IntFunction<SimulatedRequest> numbered) {
    SimulatedRequest request = numbered.apply(requests.size() + 1);
    requests.add(request);
    underWay++;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    return request;
  }

  synchronized void end() {
    underWay--;
  }

  synchronized int underWay() {
    return underWay;
  }

  @Override
  public synchronized List<SimulatedRequest> all() {
    return List.copyOf(requests);
  }

  @Override
  public synchronized int count() {
    return requests.size();
  }

  @Override
  public synchronized int mostAtOnce() {
    return mostAtOnce;
  }

  @Override
  public synchronized void clear() {
    requests.clear();
    mostAtOnce = underWay;
    onClear.run();
  }
}
