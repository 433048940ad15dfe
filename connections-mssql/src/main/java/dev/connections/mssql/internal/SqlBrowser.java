package dev.connections.mssql.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.jdbc.RoutedSocketFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Asks SQL Server Browser, a service beside the server, on which port an instance listens. Both
 * messages are described in MC-SQLR, 2.2.3 and 2.2.5. It answers nothing to whom it doesn't know.
 *
 * @param port where the service listens
 */
record SqlBrowser(int port) {
  /** Where it listens everywhere. */
  static final SqlBrowser STANDARD = new SqlBrowser(1434);

  private static final byte INSTANCE = 0x04;
  private static final byte ANSWER = 0x05;
  private static final int HEADER = 3;

  /** The header and as much as an answer of one instance may hold. */
  private static final int LONGEST = HEADER + 1024;

  /**
   * The port of an instance.
   *
   * @throws ConnectionException if it can't be found out
   */
  int find(String instance, RoutedSocketFactory way) {
    byte[] name = instance.getBytes(StandardCharsets.US_ASCII);
    byte[] question = new byte[name.length + 2];
    question[0] = INSTANCE;
    System.arraycopy(name, 0, question, 1, name.length);
    byte[] answer;
    try {
      answer = way.ask(port, question, LONGEST);
    } catch (IOException e) {
      throw unknown(
          StandardErrorCode.UNKNOWN_HOST, // a name that nobody knows: asking again won't help
          "SQL Server Browser doesn't answer, or knows no such instance: the instance's port isn't"
              + " known.",
          e);
    }
    return parse(answer, instance);
  }

  private static int parse(byte[] answer, String instance) {
    int length = answer.length - HEADER;
    if (length < 0
        || answer[0] != ANSWER
        || ((answer[1] & 0xFF) | (answer[2] & 0xFF) << 8) != length) {
      throw strange();
    }
    String[] words = new String(answer, HEADER, length, StandardCharsets.ISO_8859_1).split(";", -1);
    if (find(words, "InstanceName").filter(instance::equalsIgnoreCase).isEmpty()) {
      throw strange();
    }
    String found =
        find(words, "tcp")
            .orElseThrow(
                () ->
                    unknown(
                        StandardErrorCode.CONNECTION_REFUSED,
                        "The instance doesn't listen for TCP/IP.",
                        null));
    if (!found.matches("[1-9]\\d{0,4}") || Integer.parseInt(found) > 0xFFFF) {
      throw strange();
    }
    return Integer.parseInt(found);
  }

  /** Names and values take turns. */
  private static Optional<String> find(String[] words, String name) {
    for (int i = 0; i + 1 < words.length; i += 2) {
      if (words[i].equals(name)) {
        return Optional.of(words[i + 1]);
      }
    }
    return Optional.empty();
  }

  private static ConnectionException strange() {
    return unknown(
        StandardErrorCode.WRONG_PROTOCOL,
        "What answers for the instances of this server isn't SQL Server Browser.",
        null);
  }

  private static ConnectionException unknown(
      StandardErrorCode code,
      String message,
      @org.jspecify.annotations.Nullable IOException cause) {
    Failure failure =
        Failure.of(code, message)
            .withRemedy(
                "Check the instance's name, start the service SQL Server Browser and open UDP port"
                    + " 1434 in the firewall; or enter the instance's port, and don't look it up.")
            .withFields(MssqlFields.INSTANCE, MssqlFields.FIND_PORT, MssqlFields.PORT);
    return cause == null ? failure.asException() : failure.asException(cause);
  }
}
