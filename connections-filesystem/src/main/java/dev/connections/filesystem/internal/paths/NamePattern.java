package dev.connections.filesystem.internal.paths;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which files are wanted, by their path below the connection's directory.
 *
 * <p>A glob matches the whole path, or its end from any directory on, so that {@code *.csv} means
 * every CSV file wherever it lies. A regular expression, after {@code regex:}, must match the whole
 * path. One that backtracks without end is stopped.
 */
public final class NamePattern {
  /** The configuration's field for the pattern. */
  public static final String FIELD = "advanced.pattern";

  /** What a regular expression begins with. */
  public static final String REGEX = "regex:";

  /** The longest pattern; longer ones are lists in disguise. */
  public static final int LONGEST = 1_000;

  /** A reasonable pattern looks at each character of a path a few times, not two thousand. */
  private static final int MOST_LOOKS = 2_000_000;

  private final Pattern pattern;

  private NamePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * {@return the pattern of a text}
   *
   * @param text a glob, or a regular expression after {@link #REGEX}
   * @throws PatternSyntaxException if it is neither
   */
  public static NamePattern of(String text) {
    if (text.length() > LONGEST) {
      throw new PatternSyntaxException("it is longer than " + LONGEST + " characters", "", -1);
    }
    try {
      return new NamePattern(
          text.startsWith(REGEX)
              ? Pattern.compile(text.substring(REGEX.length()))
              : Pattern.compile("(?:.*/)?(?:" + Glob.toRegex(text) + ")", Pattern.DOTALL));
    } catch (StackOverflowError tooDeep) {
      throw new PatternSyntaxException("its groups are nested too deeply", "", -1);
    }
  }

  /**
   * {@return whether a file is wanted}
   *
   * @param path its path below the connection's directory, with {@code /} between names
   * @throws ConnectionException with {@code INVALID_CONFIGURATION} if the pattern can't be matched
   *     with reasonable effort
   */
  public boolean matches(String path) {
    try {
      return pattern.matcher(new GuardedText(path, MOST_LOOKS)).matches();
    } catch (GuardedText.Exhausted | StackOverflowError endless) {
      throw Failure.of(
              StandardErrorCode.INVALID_CONFIGURATION,
              "The pattern takes too long to match a path of " + path.length() + " characters.")
          .withRemedy(
              "Avoid repetitions within repetitions, such as (.*a){25}; a glob such as *.csv"
                  + " is quickly matched.")
          .withFieldPaths(List.of(FIELD))
          .asException(endless);
    }
  }
}
