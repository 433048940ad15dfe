package dev.connections.mssql.tds;

/** What an endpoint says of encryption. */
public enum Encryption {
  /** It can't: the client goes on in plain text, or goes away. */
  NOT_SUPPORTED(2),
  /** The sign-in alone, unless the client asks for more. */
  OFF(0),
  /** Everything, for whoever asks for it. */
  ON(1),
  /** Everything, for everybody. */
  REQUIRED(3),
  /** TLS before the first byte of the protocol, as version 8 has it. */
  STRICT(1);

  private final int code;

  Encryption(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** What is encrypted, given what the client asks for. */
  Extent extent(int asked) {
    if (this == NOT_SUPPORTED || asked == NOT_SUPPORTED.code) {
      return Extent.NOTHING;
    }
    boolean everything = this != OFF || asked == ON.code || asked == REQUIRED.code;
    return everything ? Extent.EVERYTHING : Extent.SIGN_IN;
  }

  /** How much of a connection is encrypted. */
  public enum Extent {
    /** Nothing. */
    NOTHING,
    /** The sign-in alone. */
    SIGN_IN,
    /** Everything. */
    EVERYTHING
  }
}
