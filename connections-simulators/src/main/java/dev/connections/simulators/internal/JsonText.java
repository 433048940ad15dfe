package dev.connections.simulators.internal;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Text as JSON writes it. */
public final class JsonText {
  private JsonText() {}

  /** The text in quotes, with what JSON can't hold escaped. */
  public static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
