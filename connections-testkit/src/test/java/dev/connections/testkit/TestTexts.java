package dev.connections.testkit;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Texts that tests look through. */
final class TestTexts {
  private TestTexts() {}

  static String stackTraceOf(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
