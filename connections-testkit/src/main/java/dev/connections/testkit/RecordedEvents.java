package dev.connections.testkit;

import dev.connections.api.Events;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps the figures an adapter tells about itself, for a test to read.
 *
 * <p>Safe for any thread.
 */
public final class RecordedEvents implements Events {
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private final Map<String, List<Duration>> times = new ConcurrentHashMap<>();

  private final Map<String, Long> levels = new ConcurrentHashMap<>();

  /** Makes a record without entries. */
  public RecordedEvents() {}

  @Override
  public void took(String name, Duration time) {
    times.computeIfAbsent(name, first -> new CopyOnWriteArrayList<>()).add(time);
  }

  @Override
  public void counted(String name, long count) {
    counts.merge(name, count, Long::sum);
  }

  @Override
  public void level(String name, long value) {
    levels.put(name, value);
  }

  /** {@return how high what was told stood last, by name} */
  public Map<String, Long> levels() {
    return Map.copyOf(levels);
  }

  /** {@return the sums of what was counted, by name} */
  public Map<String, Long> counts() {
    return Map.copyOf(counts);
  }

  /**
   * {@return the times told under a name, in that order}
   *
   * @param name as the adapter told it
   */
  public List<Duration> times(String name) {
    return List.copyOf(times.getOrDefault(name, List.of()));
  }
}
