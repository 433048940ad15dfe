package dev.connections.http;

import java.io.IOException;

/** An answer that isn't the JSON it should be. */
final class NotJson extends IOException {
  private static final long serialVersionUID = 1L;

  NotJson() {
    super("not the JSON that was expected");
  }
}
