package dev.connections.core;

import dev.connections.api.TestResult;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of testing a draft and storing it if it passed.
 *
 * @param result what the test found
 * @param connection the stored connection; empty if the test failed, and then nothing is stored
 */
public record TestedConnection(TestResult result, Optional<Connection> connection) {
  /**
   * Checks that no part is null.
   *
   * @param result what the test found
   * @param connection the stored connection
   */
  public TestedConnection {
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(connection, "connection");
  }
}
