package dev.connections.store.jdbc;

import dev.connections.api.Category;
import dev.connections.api.ErrorCode;

/** What can be wrong with a store itself. */
public enum StoreErrorCode implements ErrorCode {
  /** There is no room for what is to be written; nothing of it was. The store can still be read. */
  STORE_FULL(Category.UNAVAILABLE, false),
  /** Another thread or process wrote for longer than a call waits. */
  STORE_BUSY(Category.UNAVAILABLE, true),
  /** The server can't be reached, or has ended the connection. Nothing was changed. */
  STORE_UNREACHABLE(Category.UNAVAILABLE, true),
  /**
   * The connection was lost, or time ran out, while a change was being kept: it may be kept or not.
   */
  OUTCOME_UNKNOWN(Category.UNAVAILABLE, false),
  /** The file, its directory or the tables can't be made, read or written. */
  STORE_INACCESSIBLE(Category.UNAVAILABLE, false),
  /** What lies in the file or the tables contradicts itself. */
  STORE_DAMAGED(Category.UNAVAILABLE, false),
  /** Bringing the store to this version's form failed; it is as it was before. */
  MIGRATION_FAILED(Category.UNAVAILABLE, false),
  /** A later version of the library has made the tables. */
  STORE_TOO_NEW(Category.CONFIGURATION, false),
  /** The tables aren't there or have an older form, and nobody who may change them was named. */
  STORE_NOT_MIGRATED(Category.CONFIGURATION, false),
  /** The file or the database is something else than a store. */
  NOT_A_STORE(Category.CONFIGURATION, false),
  /** The server refuses the role, its password or the database. */
  STORE_REFUSED(Category.CONFIGURATION, false),
  /** The role may more than it should: what keeps accounts apart doesn't hold for it. */
  ROLE_TOO_POWERFUL(Category.CONFIGURATION, false),
  /** Others than its owner may read or write the file, or row-level security is off. */
  STORE_EXPOSED(Category.CONFIGURATION, false),
  /** The database's driver, or another library that the store needs, isn't there. */
  DRIVER_MISSING(Category.CONFIGURATION, false);

  private final Category category;
  private final boolean passing;

  StoreErrorCode(Category category, boolean passing) {
    this.category = category;
    this.passing = passing;
  }

  @Override
  public String id() {
    return name();
  }

  @Override
  public Category category() {
    return category;
  }

  /**
   * {@return whether the same call may succeed a little later: true of {@link #STORE_BUSY} and
   * {@link #STORE_UNREACHABLE} only}
   */
  @Override
  public boolean transientFailure() {
    return passing;
  }
}
