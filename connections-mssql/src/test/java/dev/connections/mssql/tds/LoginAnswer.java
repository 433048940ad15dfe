package dev.connections.mssql.tds;

import java.util.List;
import java.util.function.Function;

/** What a server makes of a login. */
public sealed interface LoginAnswer {
  /** {@return welcome} */
  static LoginAnswer accepted() {
    return new Accepted();
  }

  /** {@return the door is shut} */
  static LoginAnswer refused(ServerError... errors) {
    return new Refused(List.of(errors));
  }

  /** {@return welcome, but elsewhere} */
  static LoginAnswer routed(String host, int port) {
    return new Routed(host, port);
  }

  /** {@return nothing at all} */
  static LoginAnswer silence() {
    return new Silence();
  }

  /** {@return the connection ends} */
  static LoginAnswer cut(Answer.Cut cut) {
    return new Gone(cut);
  }

  /** {@return a question whose answer decides} */
  static LoginAnswer challenged(byte[] question, Function<byte[], LoginAnswer> then) {
    return new Challenged(question, then);
  }

  /** {@return a token of another authority decides} */
  static LoginAnswer federated(String authority, Function<String, LoginAnswer> then) {
    return new Federated(authority, then);
  }

  /** Welcome. */
  record Accepted() implements LoginAnswer {}

  /**
   * A refusal.
   *
   * @param errors the reasons, in the order they are said
   */
  record Refused(List<ServerError> errors) implements LoginAnswer {}

  /**
   * The way to another server.
   *
   * @param host its name
   * @param port its port
   */
  record Routed(String host, int port) implements LoginAnswer {}

  /** Nothing. */
  record Silence() implements LoginAnswer {}

  /**
   * The end.
   *
   * @param cut how it ends
   */
  record Gone(Answer.Cut cut) implements LoginAnswer {}

  /**
   * A question.
   *
   * @param question what the client must answer
   * @param then what becomes of its answer
   */
  record Challenged(byte[] question, Function<byte[], LoginAnswer> then) implements LoginAnswer {}

  /**
   * The way to who gives tokens.
   *
   * @param authority its URL
   * @param then what becomes of the token
   */
  record Federated(String authority, Function<String, LoginAnswer> then) implements LoginAnswer {}
}
