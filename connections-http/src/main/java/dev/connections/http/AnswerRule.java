package dev.connections.http;

import dev.connections.api.ConnectionException;
import dev.connections.api.Quota;
import java.io.IOException;
import java.util.Optional;

/** What a service means by its answers, where it differs from what every service means. */
@FunctionalInterface
public interface AnswerRule {
  /** The rule of a service that has none of its own. */
  AnswerRule NONE = answer -> Optional.empty();

  /**
   * {@return the failure that an answer stands for; empty to let its status decide}
   *
   * @param answer status, headers and {@link Answer#opening} of it; its body is for the reader
   * @throws IOException if the answer breaks off
   */
  Optional<ConnectionException> judge(Answer answer) throws IOException;

  /**
   * {@return what an answer says of the service's allowances} It is passed on to core, which shows
   * it and lets imports ask for it. Nothing, unless overridden.
   *
   * @param answer status and headers of it
   */
  default Optional<Quota> quota(Answer answer) {
    return Optional.empty();
  }
}
