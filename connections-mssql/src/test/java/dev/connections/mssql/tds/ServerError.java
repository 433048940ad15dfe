package dev.connections.mssql.tds;

/**
 * An error, as a server says it.
 *
 * @param number its number
 * @param state where in the server it arose
 * @param severity how bad it is: 11 to 16 the client's doing, from 20 on the connection ends
 * @param text in the server's words; never to be seen by a user
 */
public record ServerError(int number, int state, int severity, String text) {
  /** A word of every error's text, to look for where it mustn't be. */
  public static final String MARK = "fr3md-w0rt";

  /** {@return an error of the usual severity} */
  public static ServerError of(int number, int state) {
    return new ServerError(number, state, 14, "Fehler " + number + ": " + MARK);
  }

  /** {@return an error of the usual state and severity} */
  public static ServerError of(int number) {
    return of(number, 1);
  }

  /** {@return the same error, as bad as this} */
  public ServerError withSeverity(int other) {
    return new ServerError(number, state, other, text);
  }
}
