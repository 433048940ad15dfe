package dev.connections.databricks;

import dev.connections.api.Failure;
import dev.connections.api.Internal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a script would do.
 *
 * @param statements in the script's order
 */
public record WritePlan(List<Statement> statements) {
  /** What a statement does. */
  public enum Kind {
    /** Creates a schema where there is none. */
    CREATE_SCHEMA,
    /** Creates a table, or registers one outside managed storage, where there is none. */
    CREATE_TABLE,
    /** Takes a key away, to name it anew. */
    DROP_CONSTRAINT,
    /** Names a key, which Databricks states and doesn't enforce. */
    ADD_CONSTRAINT,
    /** Sets tags. */
    SET_TAGS,
    /** Sets a comment. */
    COMMENT,
    /** Something that isn't run. */
    OTHER
  }

  /**
   * A statement of a script.
   *
   * @param number counted from one
   * @param kind what it does
   * @param object what it is about, its parts joined by dots; empty for one that isn't run
   * @param text without the semicolon
   * @param present whether the schema or table that it creates is there already and stays as it is
   * @param refusal why it isn't run
   */
  public record Statement(
      int number,
      Kind kind,
      String object,
      String text,
      boolean present,
      Optional<Failure> refusal) {

    /**
     * Takes all parts at once.
     *
     * @param number counted from one
     * @param kind what it does
     * @param object what it is about
     * @param text without the semicolon
     * @param present whether what it creates is there already
     * @param refusal why it isn't run
     */
    @Internal
    public Statement {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(object, "object");
      Objects.requireNonNull(text, "text");
      Objects.requireNonNull(refusal, "refusal");
    }
  }

  /**
   * Keeps an immutable copy.
   *
   * @param statements in the script's order
   */
  @Internal
  public WritePlan {
    statements = List.copyOf(statements);
  }

  /** {@return the statements that can't be run: a plan with one can't be applied} */
  public List<Statement> refused() {
    return statements.stream().filter(statement -> statement.refusal().isPresent()).toList();
  }
}
