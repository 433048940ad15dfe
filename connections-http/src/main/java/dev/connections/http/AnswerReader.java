package dev.connections.http;

import java.io.IOException;

/**
 * Reads what a service answered.
 *
 * @param <T> what is read
 */
@FunctionalInterface
public interface AnswerReader<T> {
  /**
   * Reads an answer.
   *
   * @param answer closed after this; nothing of it may be kept
   * @return what was read
   * @throws IOException if the answer breaks off or can't be understood
   */
  T read(Answer answer) throws IOException;
}
