package dev.connections.jdbc;

import dev.connections.api.Category;
import dev.connections.api.ErrorCode;

/** The failures that databases have besides the standard ones. */
public enum DatabaseErrorCode implements ErrorCode {
  /** The server has no database of the name, or this login may not enter it. */
  UNKNOWN_DATABASE(Category.NOT_FOUND),
  /** The server's rules don't admit this user, database, address or kind of encryption. */
  CLIENT_REFUSED(Category.AUTHENTICATION),
  /** The server has no connection left for this login. */
  TOO_MANY_CONNECTIONS(Category.UNAVAILABLE),
  /** The server is starting, stopping or recovering. */
  STARTING_UP(Category.UNAVAILABLE),
  /** The database ended the transaction in favour of another one; it may be repeated. */
  DEADLOCK(Category.UNAVAILABLE),
  /** The server is a replica: it can be read, lags behind, and refuses changes. */
  READ_ONLY_REPLICA(Category.UNSUPPORTED),
  /** The server refused with a code that no table here knows; repeating it would help nobody. */
  UNKNOWN_ERROR(Category.DATA);

  private final Category category;

  DatabaseErrorCode(Category category) {
    this.category = category;
  }

  @Override
  public String id() {
    return name();
  }

  @Override
  public Category category() {
    return category;
  }
}
