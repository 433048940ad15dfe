package dev.connections.api;

/**
 * Work of one operation on several threads. The caller's thread takes part, so it never starves,
 * and a width of 1 means no other thread.
 *
 * <p>Safe for any thread.
 */
public interface Parallel {
  /**
   * Does a piece of work for each item and returns when all are done. Items are taken one by one,
   * so an endless iterable needs no memory.
   *
   * @param items taken by one thread at a time
   * @param width how many items are worked on at once, at most; at least 1
   * @param operation deadline and cancellation; checked between two items
   * @param work what is done; an exception ends the whole, after the items under way
   * @param <T> the items
   * @throws ConnectionException if the operation was cancelled or its deadline passed
   * @throws RuntimeException the first exception that a piece of work threw, as it is
   */
  <T> void forEach(
      Iterable<? extends T> items, int width, Operation operation, Work<? super T> work);

  /**
   * A piece of work.
   *
   * @param <T> what it is done for
   */
  @FunctionalInterface
  interface Work<T> {
    /**
     * Does the work.
     *
     * @param item what it is done for
     */
    void on(T item);
  }
}
