package dev.connections.store.jdbc;

import dev.connections.api.Category;
import dev.connections.api.ErrorCode;

/** What can be wrong with a store itself. */
public enum StoreErrorCode implements ErrorCode {
  /** There is no room for what is to be written; nothing of it was. The store can still be read. */
  STORE_FULL(Category.UNAVAILABLE, false),
  /** Another thread or process wrote for longer than a call waits. */
  STORE_BUSY(Category.UNAVAILABLE, true),
  /** The file or its directory can't be made, read or written. */
  STORE_INACCESSIBLE(Category.UNAVAILABLE, false),
  /** What lies in the file contradicts itself. */
  STORE_DAMAGED(Category.UNAVAILABLE, false),
  /** Bringing the file to this version's form failed; it is as it was before. */
  MIGRATION_FAILED(Category.UNAVAILABLE, false),
  /** A later version of the library has written the file. */
  STORE_TOO_NEW(Category.CONFIGURATION, false),
  /** The file is something else than a store. */
  NOT_A_STORE(Category.CONFIGURATION, false),
  /** Others than the file's owner may read or write it. */
  STORE_EXPOSED(Category.CONFIGURATION, false),
  /** The database's driver isn't there. */
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
   * {@return whether the same call may succeed a little later: true of {@link #STORE_BUSY} only}
   */
  @Override
  public boolean transientFailure() {
    return passing;
  }
}
