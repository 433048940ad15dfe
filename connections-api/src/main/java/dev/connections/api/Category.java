package dev.connections.api;

/**
 * What kind of failure an {@link ErrorCode} is. The set is closed: a host decides by category what
 * to do (ask for another password, wait, give up) without knowing every code of every plugin.
 */
public enum Category {
  /** The stored configuration is wrong; no call was made, or none can succeed. */
  CONFIGURATION,
  /** The source doesn't accept who we say we are. Never retried. */
  AUTHENTICATION,
  /** The source knows us and doesn't allow it. */
  PERMISSION,
  /** The named thing doesn't exist, or is hidden from this login. */
  NOT_FOUND,
  /** The source can't be reached over the network. */
  UNREACHABLE,
  /** The encrypted channel couldn't be established as asked. */
  TLS,
  /** A deadline passed. */
  TIMEOUT,
  /** The source asks us to slow down. */
  THROTTLED,
  /** An allowance for a period is used up; waiting a few seconds doesn't help. */
  QUOTA_EXHAUSTED,
  /** The source, its plugin or this configuration doesn't offer what was asked. */
  UNSUPPORTED,
  /** The caller cancelled, or the thread was interrupted. */
  CANCELLED,
  /** The source answered with something that can't be understood or is too large. */
  DATA,
  /** The source is reachable but doesn't work at the moment. */
  UNAVAILABLE,
  /** A defect of this library or of a plugin. */
  INTERNAL
}
