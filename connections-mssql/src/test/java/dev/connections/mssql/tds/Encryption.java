package dev.connections.mssql.tds;

/** What an endpoint makes of encryption. */
public enum Encryption {
  /** It can't: the client goes on in plain text, or goes away. */
  NOT_SUPPORTED,
  /** The sign-in alone, unless the client asks for more. */
  OFFERED,
  /** Everything, for everybody. */
  REQUIRED,
  /** TLS before the first byte of the protocol, as version 8 has it. */
  STRICT;

  /** How much of a connection is encrypted. */
  public enum Extent {
    /** Nothing. */
    NOTHING,
    /** The sign-in alone. */
    SIGN_IN,
    /** Everything. */
    EVERYTHING
  }

  /** What both sides say of encryption in their greetings. */
  private static final int SIGN_IN_ONLY = 0;

  private static final int ON = 1;
  static final int CANNOT = 2;
  private static final int INSISTS = 3;

  /** Said beside it by a client that has a certificate. */
  static final int BY_CERTIFICATE = 0x80;

  /** What the server says to what the client said. */
  int answer(int asked) {
    return switch (this) {
      case NOT_SUPPORTED -> CANNOT;
      case OFFERED -> asked == INSISTS ? ON : asked;
      case REQUIRED -> asked == ON || asked == INSISTS ? ON : INSISTS;
      case STRICT -> ON;
    };
  }

  /** What is encrypted, given what the client said. */
  Extent extent(int asked) {
    return switch (answer(asked)) {
      case CANNOT -> Extent.NOTHING;
      case SIGN_IN_ONLY -> Extent.SIGN_IN;
      default -> Extent.EVERYTHING;
    };
  }
}
