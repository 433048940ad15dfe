package dev.connections.api;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something a reader of the metadata must know: hidden by rights, not loaded, truncated, of low
 * confidence. A notice isn't a failure; what it speaks of was read as far as it could be.
 *
 * @param code what it is about
 * @param scope what it concerns
 * @param message one sentence a user understands, without secrets and without foreign text
 * @param remedy what the user can do about it
 * @param hidden how many objects are concerned, where that is known
 */
public record Notice(
    ErrorCode code, Scope scope, String message, Optional<String> remedy, OptionalLong hidden) {

  /** What a notice concerns. */
  public sealed interface Scope {
    /** The whole source. */
    record Source() implements Scope {}

    /**
     * One schema.
     *
     * @param name which one
     */
    record Schema(SchemaName name) implements Scope {}

    /**
     * One table.
     *
     * @param name which one
     */
    record Table(TableName name) implements Scope {}

    /**
     * One column.
     *
     * @param table the table it belongs to
     * @param column its name
     */
    record Column(TableName table, String column) implements Scope {}
  }

  /**
   * Checks that no part is null.
   *
   * @param code what it is about
   * @param scope what it concerns
   * @param message one sentence
   * @param remedy what the user can do about it
   * @param hidden how many objects are concerned
   */
  @Internal
  public Notice {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(remedy, "remedy");
    Objects.requireNonNull(hidden, "hidden");
  }

  /**
   * {@return a notice}
   *
   * @param code what it is about
   * @param scope what it concerns
   * @param message one sentence, without secrets and without foreign text
   */
  public static Notice of(ErrorCode code, Scope scope, String message) {
    return new Notice(code, scope, message, Optional.empty(), OptionalLong.empty());
  }

  /**
   * {@return a copy that says what to do}
   *
   * @param text one or two sentences addressed to the user
   */
  public Notice withRemedy(String text) {
    return new Notice(code, scope, message, Optional.of(text), hidden);
  }

  /**
   * {@return a copy that says how many objects are concerned}
   *
   * @param count how many
   */
  public Notice withHidden(long count) {
    return new Notice(code, scope, message, remedy, OptionalLong.of(count));
  }
}
