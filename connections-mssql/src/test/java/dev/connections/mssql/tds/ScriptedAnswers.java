package dev.connections.mssql.tds;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Answers that a test writes down, before those that somebody else gives. The rule written last
 * counts first. Safe for any thread.
 */
public final class ScriptedAnswers implements QueryAnswers {
  private final QueryAnswers others;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  private record Rule(Predicate<Query> question, AtomicInteger times, QueryAnswers answers) {
    boolean applies(Query query) {
      return question.test(query) && times.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
  }

  private ScriptedAnswers(QueryAnswers others) {
    this.others = others;
  }

  /** {@return a script whose last resort are these answers} */
  public static ScriptedAnswers over(QueryAnswers others) {
    return new ScriptedAnswers(others);
  }

  /** Whenever a statement holds this text, it is answered so. {@return this} */
  public ScriptedAnswers when(String part, QueryAnswers answers) {
    return when(query -> query.text().contains(part), Integer.MAX_VALUE, answers);
  }

  /** The next so many times a question is such, it is answered so. {@return this} */
  public ScriptedAnswers when(Predicate<Query> question, int times, QueryAnswers answers) {
    rules.add(0, new Rule(question, new AtomicInteger(times), answers));
    return this;
  }

  @Override
  public Answer answer(Query query) throws Exception {
    for (Rule rule : rules) {
      if (rule.applies(query)) {
        return rule.answers().answer(query);
      }
    }
    return others.answer(query);
  }
}
