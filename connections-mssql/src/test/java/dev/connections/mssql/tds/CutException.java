package dev.connections.mssql.tds;

import java.io.IOException;

/** The connection is to be broken off here. */
final class CutException extends IOException {
  private static final long serialVersionUID = 1;

  private final Answer.Cut cut;

  CutException(Answer.Cut cut) {
    this.cut = cut;
  }

  Answer.Cut cut() {
    return cut;
  }
}
