package dev.connections.simulators;

import java.util.List;

/**
 * The requests that a simulator got, in the order of their arrival. Safe for use by several
 * threads.
 */
public interface RequestLog {
  /**
   * All requests.
   *
   * @return a copy, oldest first
   */
  List<SimulatedRequest> all();

  /**
   * The requests to one part of the service.
   *
   * @param path what their path begins with
   * @return a copy, oldest first
   */
  default List<SimulatedRequest> to(String path) {
    return all().stream().filter(request -> request.path().startsWith(path)).toList();
  }

  /**
   * How many requests there were.
   *
   * @return their number
   */
  int count();

  /**
   * How many requests there were to one part of the service.
   *
   * @param path what their path begins with
   * @return their number
   */
  default int count(String path) {
    return to(path).size();
  }

  /**
   * How many requests were under way at the same time, at most.
   *
   * @return the largest number since the start, or since the log was cleared
   */
  int mostAtOnce();

  /** Forgets the requests. The next one has the number one again, also for {@link Faults}. */
  void clear();
}
