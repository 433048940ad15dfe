package dev.connections.filesystem.internal;

import dev.connections.api.ErrorCode;
import dev.connections.api.Notice;
import dev.connections.api.TableName;
import java.util.Optional;

/**
 * What a reader wants to be known about a file, without knowing which table it is.
 *
 * @param code what it is about
 * @param column the column concerned, if it is one
 * @param message one sentence a user understands, without content of the file
 * @param remedy what the user can do about it
 */
public record Warning(
    ErrorCode code, Optional<String> column, String message, Optional<String> remedy) {

  /**
   * {@return a warning about the whole file}
   *
   * @param code what it is about
   * @param message one sentence a user understands
   */
  public static Warning of(ErrorCode code, String message) {
    return new Warning(code, Optional.empty(), message, Optional.empty());
  }

  /**
   * {@return a copy about one column}
   *
   * @param name the column's name
   */
  public Warning at(String name) {
    return new Warning(code, Optional.of(name), message, remedy);
  }

  /**
   * {@return a copy that says what to do}
   *
   * @param text one sentence addressed to the user
   */
  public Warning withRemedy(String text) {
    return new Warning(code, column, message, Optional.of(text));
  }

  /**
   * {@return the notice of it}
   *
   * @param table the table that the file is
   */
  public Notice about(TableName table) {
    Notice.Scope scope =
        column
            .<Notice.Scope>map(name -> new Notice.Scope.Column(table, name))
            .orElseGet(() -> new Notice.Scope.Table(table));
    Notice notice = Notice.of(code, scope, message);
    return remedy.map(notice::withRemedy).orElse(notice);
  }
}
