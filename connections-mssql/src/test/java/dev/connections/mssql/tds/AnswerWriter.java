package dev.connections.mssql.tds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Random;

/** Sends one answer, until its end or until the client wants it to stop. Used by one thread. */
final class AnswerWriter {
  /** From here on an error ends the connection. */
  private static final int FATAL_SEVERITY = 20;

  private final OutputStream out;
  private final Tokens tokens;
  private final Tokens.End end;
  private final Interruption interruption;

  AnswerWriter(OutputStream out, Tokens.End end, Interruption interruption) {
    this.out = out;
    this.tokens = new Tokens(new TdsOutput(out));
    this.end = end;
    this.interruption = interruption;
  }

  /** How an answer came to its end. */
  enum Ending {
    /** As it should. */
    COMPLETE,
    /** Early: nothing more is to be said. */
    STOPPED,
    /** Nothing was said. */
    SILENT,
    /** By an error after which the connection ends. */
    FATAL
  }

  Ending write(Answer answer) throws IOException {
    if (answer instanceof Answer.Broken broken) {
      OutputStream limited = new LimitedStream(out, broken.bytes(), broken.cut());
      new AnswerWriter(limited, end, interruption).write(broken.whole());
      limited.flush();
      throw new CutException(broken.cut());
    } else if (answer instanceof Answer.Changed changed) {
      return change(changed);
    } else if (answer instanceof Answer.Silence) {
      interruption.await();
      return interruption.asked() ? stop(0) : Ending.SILENT;
    } else if (answer instanceof Answer.Tokens any) {
      out.write(any.bytes());
      return Ending.STOPPED;
    } else if (answer instanceof Answer.Refused refused) {
      return fail(refused.errors());
    } else if (answer instanceof Answer.Rows rows) {
      return rows(rows);
    }
    tokens.done(end, more(), 0);
    return Ending.COMPLETE;
  }

  private Ending change(Answer.Changed changed) throws IOException {
    ByteArrayOutputStream sound = new ByteArrayOutputStream();
    Ending ending = new AnswerWriter(sound, end, interruption).write(changed.whole());
    byte[] bytes = sound.toByteArray();
    Random random = new Random(changed.seed());
    for (int i = 0; i < changed.bytes(); i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    out.write(bytes);
    return ending;
  }

  /** Ends the answer; that the wish was obeyed is told in a message of its own. */
  private Ending stop(long rows) throws IOException {
    tokens.done(Tokens.End.BATCH, Tokens.ERROR, rows);
    return Ending.STOPPED;
  }

  private int more() {
    return end == Tokens.End.IN_PROCEDURE ? Tokens.MORE : 0;
  }

  private Ending fail(List<ServerError> errors) throws IOException {
    boolean fatal = false;
    for (ServerError error : errors) {
      tokens.error(error);
      fatal |= error.severity() >= FATAL_SEVERITY;
    }
    tokens.done(end, Tokens.ERROR | (fatal ? 0 : more()), 0);
    return fatal ? Ending.FATAL : Ending.COMPLETE;
  }

  private Ending rows(Answer.Rows rows) throws IOException {
    try {
      return rowByRow(rows);
    } finally {
      rows.source().close();
    }
  }

  private Ending rowByRow(Answer.Rows rows) throws IOException {
    tokens.columns(rows.columns());
    long sent = 0;
    while (rows.rows().hasNext()) {
      if (interruption.asked()) {
        return stop(sent);
      }
      tokens.row(rows.columns(), rows.rows().next());
      sent++;
    }
    if (!rows.errors().isEmpty()) {
      return fail(rows.errors());
    }
    tokens.done(end, Tokens.COUNT | more(), sent);
    return Ending.COMPLETE;
  }
}
