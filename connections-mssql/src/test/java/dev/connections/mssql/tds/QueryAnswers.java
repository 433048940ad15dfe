package dev.connections.mssql.tds;

/** What a server knows: an answer to every question. Called by many threads at a time. */
@FunctionalInterface
public interface QueryAnswers {
  /** Nothing is known: every name is missing. */
  QueryAnswers NONE = query -> Answer.refused(ServerError.of(208));

  /**
   * {@return the answer}
   *
   * @param query what is asked
   * @throws Exception if it can't be found out; the client is told that something went wrong
   */
  Answer answer(Query query) throws Exception;

  /** {@return the answer to a statement that only sets something for the session} */
  default Answer answerToSetting(Query query) {
    return Answer.done();
  }
}
