package dev.connections.core.internal.importing;

import java.util.Arrays;

/**
 * A pattern with {@code *} and {@code ?} that knows no difference between upper and lower case.
 *
 * <p>The time of a match is at most the product of both lengths, whatever the pattern: on a
 * mismatch only the last {@code *} takes one more character, earlier ones never do.
 */
final class Glob {
  private static final int RUN = -1;
  private static final int ONE = -2;

  private final int[] tokens;

  private Glob(int[] tokens) {
    this.tokens = tokens;
  }

  static Glob of(String pattern) {
    int[] tokens = new int[pattern.length()];
    int size = 0;
    for (int i = 0; i < pattern.length(); ) {
      int point = pattern.codePointAt(i);
      i += Character.charCount(point);
      switch (point) {
        case '*' -> {
          if (size == 0 || tokens[size - 1] != RUN) {
            tokens[size++] = RUN;
          }
        }
        case '?' -> tokens[size++] = ONE;
        case '\\' -> {
          if (i < pattern.length()) {
            point = pattern.codePointAt(i);
            i += Character.charCount(point);
          }
          tokens[size++] = folded(point);
        }
        default -> tokens[size++] = folded(point);
      }
    }
    return new Glob(Arrays.copyOf(tokens, size));
  }

  boolean matches(String name) {
    int token = 0;
    int at = 0;
    int lastRun = -1;
    int runEnd = 0;
    while (at < name.length()) {
      int point = name.codePointAt(at);
      if (token < tokens.length && tokens[token] == RUN) {
        lastRun = token++;
        runEnd = at;
      } else if (token < tokens.length
          && (tokens[token] == ONE || tokens[token] == folded(point))) {
        token++;
        at += Character.charCount(point);
      } else if (lastRun >= 0) {
        token = lastRun + 1;
        runEnd += Character.charCount(name.codePointAt(runEnd));
        at = runEnd;
      } else {
        return false;
      }
    }
    while (token < tokens.length && tokens[token] == RUN) {
      token++;
    }
    return token == tokens.length;
  }

  boolean matchesEverything() {
    return tokens.length == 1 && tokens[0] == RUN;
  }

  /** As {@link String#equalsIgnoreCase} does: some letters meet only in upper case. */
  private static int folded(int point) {
    return Character.toLowerCase(Character.toUpperCase(point));
  }
}
