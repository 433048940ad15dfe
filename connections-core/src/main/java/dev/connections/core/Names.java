package dev.connections.core;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.PlainText;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Visibility;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What names and descriptions must be like. */
final class Names {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_DESCRIPTION = 4000;

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(3_650);

  private Names() {}

  /** A name as it is stored: without white space around it. */
  static String connection(String name) {
    String stripped = name.strip();
    if (stripped.isEmpty()) {
      throw invalid("name", "A connection needs a name.", "Enter a name.");
    }
    if (stripped.length() > LONGEST_NAME) {
      throw invalid(
          "name",
          "The name has more than " + LONGEST_NAME + " characters.",
          "Enter a shorter name.");
    }
    if (!PlainText.isPlain(stripped)) {
      throw invalid(
          "name",
          "The name has a line break or another character that can't be shown.",
          "Enter a name on one line.");
    }
    return stripped;
  }

  static String description(String text) {
    if (text.length() > LONGEST_DESCRIPTION) {
      throw invalid(
          "description",
          "The description has more than " + LONGEST_DESCRIPTION + " characters.",
          "Enter a shorter description.");
    }
    if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw invalid(
          "description",
          "The description has a character that can't be stored.",
          "Enter it again; it was cut off within a character.");
    }
    return text;
  }

  /** The parts of an ownership, of which some come from a caller. */
  record Owned(
      String account,
      Optional<String> workspace,
      String owner,
      Visibility visibility,
      boolean locked) {}

  static Ownership ownership(Owned owned, String field) {
    try {
      return new Ownership(
          owned.account, owned.workspace, owned.owner, owned.visibility, owned.locked);
    } catch (IllegalArgumentException malformed) {
      throw invalid(
          field,
          "The name of the " + field + " isn't well-formed.",
          "Use up to 255 characters on one line, without white space around them.");
    }
  }

  private static ConnectionException invalid(String field, String message, String remedy) {
    return Failure.of(CoreErrorCode.INVALID_ARGUMENT, message)
        .withRemedy(remedy)
        .withFieldPaths(List.of(field))
        .asException();
  }

  /** How long metadata may be kept: seconds, so that a store may keep the time as a number. */
  static Duration metadataExpiry(Duration time) {
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "metadata are kept for a second at least, 3,650 days at most");
    }
    return time;
  }
}
