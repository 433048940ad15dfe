package dev.connections.mssql.tds;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What one session asks, and what it has prepared to ask again. Used by one thread. */
final class Questioning {
  static final String FIRST_DATABASE = "master";

  private final QueryAnswers answers;
  private final RecordedConnection recorded;
  private final Interruption interruption;
  private final Map<Integer, String> prepared = new HashMap<>();
  private int handles;
  private String database = FIRST_DATABASE;

  Questioning(QueryAnswers answers, RecordedConnection recorded, Interruption interruption) {
    this.answers = answers;
    this.recorded = recorded;
    this.interruption = interruption;
  }

  void enter(String first) {
    database = first;
  }

  AnswerWriter.Ending batch(Message request, OutputStream out) throws IOException {
    byte[] text = request.afterHeaders().rest();
    String statement = new TdsInput(text).text(text.length / 2);
    return say(new Query(statement, List.of()), out, Tokens.End.BATCH);
  }

  AnswerWriter.Ending procedures(Message request, OutputStream out) throws IOException {
    List<RemoteProcedure> calls = RemoteProcedure.parse(request);
    AnswerWriter.Ending ending = AnswerWriter.Ending.COMPLETE;
    for (int i = 0; i < calls.size() && ending == AnswerWriter.Ending.COMPLETE; i++) {
      ending = procedure(calls.get(i), out, i + 1 < calls.size() ? Tokens.MORE : 0);
    }
    return ending;
  }

  private AnswerWriter.Ending procedure(RemoteProcedure call, OutputStream out, int more)
      throws IOException {
    OptionalInt handle = handle(call);
    AnswerWriter.Ending ending = carriedOut(call, out);
    if (ending == AnswerWriter.Ending.COMPLETE) {
      Tokens tokens = new Tokens(new TdsOutput(out));
      tokens.returnStatus(0);
      if (handle.isPresent()) {
        tokens.handle(handle.getAsInt());
      }
      tokens.done(Tokens.End.PROCEDURE, more, 0);
    }
    return ending;
  }

  /** The handle of what a call prepares, if it does. */
  private OptionalInt handle(RemoteProcedure call) {
    return switch (call.name()) {
      case RemoteProcedure.PREPARE, RemoteProcedure.PREPARE_AND_EXECUTE -> {
        handles++;
        prepared.put(handles, call.text(2));
        yield OptionalInt.of(handles);
      }
      default -> OptionalInt.empty();
    };
  }

  private AnswerWriter.Ending carriedOut(RemoteProcedure call, OutputStream out)
      throws IOException {
    return switch (call.name()) {
      case RemoteProcedure.EXECUTE_SQL -> sayInProcedure(call.text(0), call.from(2), out);
      case RemoteProcedure.PREPARE_AND_EXECUTE -> sayInProcedure(call.text(2), call.from(3), out);
      case RemoteProcedure.EXECUTE -> execute(call, out);
      case RemoteProcedure.PREPARE -> AnswerWriter.Ending.COMPLETE;
      case RemoteProcedure.UNPREPARE -> {
        prepared.remove((Integer) call.values().get(0));
        yield AnswerWriter.Ending.COMPLETE;
      }
      default -> sayInProcedure("exec " + call.name(), call.values(), out);
    };
  }

  private AnswerWriter.Ending execute(RemoteProcedure call, OutputStream out) throws IOException {
    String text = prepared.get((Integer) call.values().get(0));
    if (text == null) {
      return writer(out, Tokens.End.IN_PROCEDURE).write(Answer.refused(ServerError.of(8179)));
    }
    return sayInProcedure(text, call.from(1), out);
  }

  private AnswerWriter.Ending sayInProcedure(String text, List<Object> values, OutputStream out)
      throws IOException {
    return say(new Query(text, values), out, Tokens.End.IN_PROCEDURE);
  }

  private AnswerWriter.Ending say(Query query, OutputStream out, Tokens.End end)
      throws IOException {
    AnswerWriter writer = writer(out, end);
    if (SessionStatement.isOne(query.text())) {
      String before = database;
      database = SessionStatement.database(query.text()).orElse(before);
      if (!database.equals(before)) {
        new Tokens(new TdsOutput(out)).database(database, before);
      }
      return writer.write(answers.answerToSetting(query));
    }
    recorded.asks(query);
    return writer.write(answerTo(query));
  }

  private AnswerWriter writer(OutputStream out, Tokens.End end) {
    return new AnswerWriter(out, end, interruption);
  }

  private Answer answerTo(Query query) {
    try {
      return answers.answer(query);
    } catch (Exception e) {
      recorded.fault(e);
      return Answer.refused(ServerError.of(50000));
    }
  }
}
