package dev.connections.mssql.tds;

/** Whom a server lets in. */
@FunctionalInterface
public interface Logins {
  /** Everybody. */
  Logins ANYBODY = request -> LoginAnswer.accepted();

  /** {@return what becomes of a login} */
  LoginAnswer answer(LoginRequest request);

  /** {@return one login alone is let in} */
  static Logins only(String user, String password) {
    return request -> {
      if (request.user().equals(user) && request.hasPassword(password)) {
        return LoginAnswer.accepted();
      }
      return LoginAnswer.refused(ServerError.of(18456));
    };
  }

  /** {@return nobody is let in, and these are the reasons} */
  static Logins refused(ServerError... errors) {
    return request -> LoginAnswer.refused(errors);
  }
}
