package dev.connections.api;

/** A feature: runs a statement that changes the source, such as DDL made for it. */
public interface StatementRunner {
  /**
   * Runs one statement, once.
   *
   * @param statement in the source's own language
   * @param operation deadline and cancellation
   * @throws ConnectionException if the source refuses it
   */
  void run(String statement, Operation operation);
}
