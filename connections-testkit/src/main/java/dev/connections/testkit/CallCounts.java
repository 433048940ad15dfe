package dev.connections.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often calls of each name were made and attempted. */
final class CallCounts {
  private final Map<String, Long> calls = new ConcurrentHashMap<>();
  private final Map<String, Long> attempts = new ConcurrentHashMap<>();

  void call(String name) {
    calls.merge(name, 1L, Long::sum);
  }

  void attempt(String name) {
    attempts.merge(name, 1L, Long::sum);
  }

  Map<String, Long> calls() {
    return Map.copyOf(calls);
  }

  Map<String, Long> attempts() {
    return Map.copyOf(attempts);
  }
}
