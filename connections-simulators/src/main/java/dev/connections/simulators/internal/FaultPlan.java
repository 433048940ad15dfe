package dev.connections.simulators.internal;

import dev.connections.simulators.Fault;
import dev.connections.simulators.Faults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The faults and where they strike. */
final class FaultPlan implements Faults {
  private static final int EVERY = 0;

  private record Entry(String path, int request, Fault fault) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  @Override
  public Faults at(int request, Fault fault) {
    return at("", request, fault);
  }

  @Override
  public Faults at(String path, int request, Fault fault) {
    if (request < 1) {
      throw new IllegalArgumentException("requests are counted from one, not from " + request);
    }
    return add(new Entry(path, request, fault));
  }

  @Override
  public Faults always(Fault fault) {
    return always("", fault);
  }

  @Override
  public Faults always(String path, Fault fault) {
    return add(new Entry(path, EVERY, fault));
  }

  private synchronized Faults add(Entry entry) {
    entries.add(entry);
    return this;
  }

  @Override
  public synchronized void clear() {
    entries.clear();
  }

  /**
   * Counts a request and says what hits it. A path counts from its first request on, not from the
   * plan.
   */
  synchronized List<Fault> strike(String path) {
    counts.merge(path, 1, Integer::sum);
    List<Fault> struck = new ArrayList<>();
    for (Entry entry : entries) {
      if (path.startsWith(entry.path)
          && (entry.request == EVERY || entry.request == requestsTo(entry.path))) {
        struck.add(entry.fault);
      }
    }
    return struck;
  }

  private int requestsTo(String prefix) {
    int sum = 0;
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      sum += count.getKey().startsWith(prefix) ? count.getValue() : 0;
    }
    return sum;
  }

  synchronized void countAnew() {
    counts.clear();
  }
}
