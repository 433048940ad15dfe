package dev.connections.api;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The failures that every source has, in the words users of the stored system know. An adapter uses
 * these rather than words of its own, and adds the fields to look at.
 */
public final class StandardFailures {
  /** Three quoted names of 128 characters have fewer. */
  private static final int LONGEST_NAME = 400;

  private StandardFailures() {}

  /**
   * {@return that nothing answers at an address}
   *
   * @param code which kind of not answering, of the category {@link Category#UNREACHABLE}
   * @param displayName what the user calls the source, for example {@code SQL Server}
   * @param host as the user entered it
   * @param port as it was dialled
   */
  public static Failure unreachable(ErrorCode code, String displayName, String host, int port) {
    return Failure.of(
            code,
            "Unable to connect to "
                + displayName
                + " at "
                + host
                + ":"
                + port
                + ". Please check the server address and firewall settings.")
        .withRemedy(
            "Is the server running, and does it listen on port "
                + port
                + "? For a server on this machine, use localhost.");
  }

  /** {@return that user name and password aren't accepted} */
  public static Failure wrongCredentials() {
    return Failure.of(
            StandardErrorCode.WRONG_CREDENTIALS,
            "Authentication failed. Please verify your username and password.")
        .withRemedy("Enter the user name and the password again.");
  }

  /**
   * {@return that no plugin for a type is installed}
   *
   * @param type the type as the user or the store names it
   * @param installed display names of the types that are installed
   */
  public static Failure unsupportedType(String type, Collection<String> installed) {
    String known =
        installed.isEmpty()
            ? "No connection type is installed."
            : "Installed types: " + String.join(", ", new TreeSet<>(installed)) + ".";
    return Failure.of(StandardErrorCode.UNSUPPORTED, "Unsupported connection type: " + type + ".")
        .withRemedy(known + " Add the plugin's jar for this type to the application.");
  }

  /**
   * {@return that a type doesn't offer a feature}
   *
   * @param displayName the type's display name
   * @param feature the feature interface
   */
  public static Failure unsupportedFeature(String displayName, Class<?> feature) {
    return Failure.of(
            StandardErrorCode.UNSUPPORTED,
            displayName + " doesn't offer " + feature.getSimpleName() + ".")
        .withRemedy(
            "Check the features of the type first; some depend on the connection's configuration.");
  }

  /**
   * {@return that something doesn't exist, or is hidden}
   *
   * @param what what it is, for example {@code table}
   * @param name its name, as somebody has asked for it; shown on one line, up to 400 characters
   */
  public static Failure notFound(String what, String name) {
    return Failure.of(
            StandardErrorCode.NOT_FOUND,
            "The "
                + what
                + " '"
                + PlainText.of(name, LONGEST_NAME)
                + "' doesn't exist, or this login may not see it.")
        .withRemedy("Check the name, list again, or ask for the right to see it.");
  }

  /** {@return that the caller cancelled} */
  public static Failure cancelled() {
    return Failure.of(StandardErrorCode.CANCELLED, "The operation was cancelled.");
  }

  /**
   * {@return that a deadline passed}
   *
   * @param what what took too long, as a noun
   */
  public static Failure timedOut(String what) {
    return Failure.of(StandardErrorCode.TIMEOUT, "The " + what + " took longer than allowed.")
        .withRemedy("Try again, or allow more time.");
  }

  /**
   * {@return that there is a defect} The exception's type is told, its message isn't.
   *
   * @param defect what was thrown
   */
  public static Failure internal(Throwable defect) {
    return Failure.of(
            StandardErrorCode.INTERNAL,
            "An internal error occurred (" + defect.getClass().getSimpleName() + ").")
        .withRemedy("This is a defect of the software, not of your input. Please report it.");
  }

  /**
   * {@return that a large table will take its time}
   *
   * @param table its name
   * @param rows how many rows it has, roughly
   */
  public static Notice largeTable(TableName table, long rows) {
    return Notice.of(
        NoticeCode.LARGE,
        new Notice.Scope.Table(table),
        "The table '"
            + table.display()
            + "' contains "
            + inWords(rows)
            + " rows. Import may take several minutes.");
  }

  private static String inWords(long rows) {
    for (Unit unit : Unit.ALL) {
      if (rows >= unit.size) {
        long tenths = rows / (unit.size / 10);
        return tenths % 10 == 0
            ? tenths / 10 + " " + unit.word
            : tenths / 10 + "." + tenths % 10 + " " + unit.word;
      }
    }
    return Long.toString(rows);
  }

  private record Unit(long size, String word) {
    static final List<Unit> ALL =
        List.of(
            new Unit(1_000_000_000_000L, "trillion"),
            new Unit(1_000_000_000L, "billion"),
            new Unit(1_000_000L, "million"));
  }
}
