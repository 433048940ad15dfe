package dev.connections.api;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a login may see of a source: what was looked at, what is hidden, and the least that an
 * administrator has to grant to show it. Immutable.
 *
 * @param rows what was looked at, in a stable order
 * @param grants statements in the source's own language, to be run in this order; empty if nothing
 *     is missing, or no statement is known that would help
 */
public record PermissionMatrix(List<Row> rows, List<String> grants) {
  /** How much of something a login may see. */
  public enum Verdict {
    /** All of it. */
    VISIBLE,
    /** Some of it. */
    PARTLY,
    /** Nothing of it. */
    HIDDEN,
    /** The source doesn't tell whether there is more. */
    UNKNOWN
  }

  /**
   * One thing that was looked at.
   *
   * @param scope where
   * @param section which part of the metadata depends on it
   * @param object the kind of object in the source's words and the plural, such as {@code tables}
   * @param verdict how much of it the login may see
   * @param visible how many objects it sees
   * @param hidden how many it doesn't see, where the source tells
   */
  public record Row(
      Notice.Scope scope,
      Section section,
      String object,
      Verdict verdict,
      long visible,
      OptionalLong hidden) {
    /**
     * Takes all parts at once; {@link #counted} and {@link #uncounted} are the ways to make one.
     *
     * @param scope where
     * @param section which part of the metadata depends on it
     * @param object the kind of object
     * @param verdict how much of it the login may see
     * @param visible how many objects it sees
     * @param hidden how many it doesn't see
     */
    @Internal
    public Row {
      Objects.requireNonNull(scope, "scope");
      Objects.requireNonNull(section, "section");
      Objects.requireNonNull(object, "object");
      Objects.requireNonNull(verdict, "verdict");
      Objects.requireNonNull(hidden, "hidden");
    }

    /**
     * {@return a row whose hidden objects were counted}
     *
     * @param scope where
     * @param section which part of the metadata depends on it
     * @param object the kind of object
     * @param visible how many objects the login sees
     * @param hidden how many it doesn't see
     */
    public static Row counted(
        Notice.Scope scope, Section section, String object, long visible, long hidden) {
      Verdict verdict =
          hidden == 0 ? Verdict.VISIBLE : visible == 0 ? Verdict.HIDDEN : Verdict.PARTLY;
      return new Row(scope, section, object, verdict, visible, OptionalLong.of(hidden));
    }

    /**
     * {@return a row of which the source doesn't tell how much is hidden}
     *
     * @param scope where
     * @param section which part of the metadata depends on it
     * @param object the kind of object
     * @param verdict what the source does tell
     * @param visible how many objects the login sees
     */
    public static Row uncounted(
        Notice.Scope scope, Section section, String object, Verdict verdict, long visible) {
      return new Row(scope, section, object, verdict, visible, OptionalLong.empty());
    }
  }

  /**
   * Keeps immutable copies.
   *
   * @param rows what was looked at
   * @param grants what an administrator has to run
   */
  public PermissionMatrix {
    rows = List.copyOf(rows);
    grants = List.copyOf(grants);
  }

  /** {@return whether everything that was looked at is visible} */
  public boolean complete() {
    return rows.stream().allMatch(row -> row.verdict() == Verdict.VISIBLE);
  }

  /** {@return the statements as one text, a line each, ready to be run} */
  public String script() {
    StringBuilder script = new StringBuilder();
    grants.forEach(grant -> script.append(grant).append(";\n"));
    return script.toString();
  }
}
