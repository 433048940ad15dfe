package dev.connections.simulators;

/**
 * Which requests go wrong, and how. Requests are counted from one since the start or since {@link
 * RequestLog#clear()}. A request may have several faults. Safe for use by several threads.
 */
public interface Faults {
  /**
   * Spoils one request.
   *
   * @param request its number among all requests
   * @param fault what happens to it
   * @return this plan
   */
  Faults at(int request, Fault fault);

  /**
   * Spoils one request to a part of the service.
   *
   * @param path what the request's path begins with
   * @param request its number among the requests to such paths
   * @param fault what happens to it
   * @return this plan
   */
  Faults at(String path, int request, Fault fault);

  /**
   * Spoils every request.
   *
   * @param fault what happens to each
   * @return this plan
   */
  Faults always(Fault fault);

  /**
   * Spoils every request to a part of the service.
   *
   * @param path what the request's path begins with
   * @param fault what happens to each
   * @return this plan
   */
  Faults always(String path, Fault fault);

  /** Forgets all faults: the service is well again. */
  void clear();
}
