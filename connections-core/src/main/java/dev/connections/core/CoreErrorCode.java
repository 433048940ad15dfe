package dev.connections.core;

import dev.connections.api.Category;
import dev.connections.api.ErrorCode;

/** The failures that come from keeping connections, rather than from their sources. */
public enum CoreErrorCode implements ErrorCode {
  /** Somebody else changed the connection since it was read. Read it again, then change it. */
  STALE_VERSION(Category.CONFIGURATION),
  /** Another connection of the same account and workspace has the name. */
  NAME_TAKEN(Category.CONFIGURATION),
  /** A name, a page token or another argument isn't well-formed. */
  INVALID_ARGUMENT(Category.CONFIGURATION),
  /** The connection's locked flag is set: nobody changes it until it is taken off. */
  LOCKED(Category.PERMISSION),
  /** No consent is under way that this could complete. Begin one. */
  NO_SUCH_CONSENT(Category.AUTHENTICATION),
  /** The connection is switched off. */
  INACTIVE(Category.UNSUPPORTED),
  /** The audit log didn't take a record, so what it was for wasn't done. */
  NOT_AUDITED(Category.UNAVAILABLE),
  /** The host has closed its connections. */
  CLOSED(Category.UNAVAILABLE);

  private final Category category;

  CoreErrorCode(Category category) {
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

  /** {@return false: the same call made again ends the same way} */
  @Override
  public boolean transientFailure() {
    return false;
  }
}
