package dev.connections.api;

/** The failures that every kind of source has. */
public enum StandardErrorCode implements ErrorCode {
  /** A value of the configuration is missing, malformed, out of range or unknown. */
  INVALID_CONFIGURATION(Category.CONFIGURATION),
  /** A secret that this configuration needs isn't set. */
  MISSING_SECRET(Category.CONFIGURATION),
  /** The host's egress policy doesn't allow the address. */
  EGRESS_REFUSED(Category.CONFIGURATION),
  /** The host name can't be resolved to an address. */
  UNKNOWN_HOST(Category.UNREACHABLE),
  /** Nothing listens at the address, or a firewall rejects it. */
  CONNECTION_REFUSED(Category.UNREACHABLE),
  /** No answer to the attempt to connect within its time. */
  CONNECT_TIMEOUT(Category.UNREACHABLE),
  /** An established connection broke. */
  CONNECTION_LOST(Category.UNAVAILABLE),
  /** What listens there speaks another protocol. */
  WRONG_PROTOCOL(Category.CONFIGURATION),
  /** The server's certificate isn't signed by an authority we trust, or isn't valid now. */
  TLS_UNTRUSTED(Category.TLS),
  /** The server's certificate is for another host name. */
  TLS_HOST_MISMATCH(Category.TLS),
  /**
   * Server and client agree on no protocol version or cipher, or one of them refuses encryption.
   */
  TLS_REFUSED(Category.TLS),
  /** User name, password, key or token are wrong. */
  WRONG_CREDENTIALS(Category.AUTHENTICATION),
  /** The credentials were right once and are no longer. */
  EXPIRED_CREDENTIALS(Category.AUTHENTICATION),
  /** The account is locked or disabled. */
  ACCOUNT_LOCKED(Category.AUTHENTICATION),
  /** The source doesn't accept this way of authenticating. */
  METHOD_REFUSED(Category.AUTHENTICATION),
  /** A person has to give consent first. */
  CONSENT_NEEDED(Category.AUTHENTICATION),
  /** The login lacks a right. */
  PERMISSION_DENIED(Category.PERMISSION),
  /** The named object doesn't exist, or is hidden from this login. */
  NOT_FOUND(Category.NOT_FOUND),
  /** Not offered by this source, plugin or configuration. */
  UNSUPPORTED(Category.UNSUPPORTED),
  /** The source asks to slow down. */
  THROTTLED(Category.THROTTLED),
  /** The allowance for a period is used up. */
  QUOTA_EXHAUSTED(Category.QUOTA_EXHAUSTED),
  /** A deadline passed. */
  TIMEOUT(Category.TIMEOUT),
  /** The caller cancelled, or the thread was interrupted. */
  CANCELLED(Category.CANCELLED),
  /** The source is reachable but doesn't work at the moment. */
  UNAVAILABLE(Category.UNAVAILABLE),
  /** The source's answer, or a file, can't be understood. */
  MALFORMED_DATA(Category.DATA),
  /** More data than the limit allows. */
  TOO_LARGE(Category.DATA),
  /** A table was wanted and the adapter ended without answering for it. */
  NOT_ANSWERED(Category.DATA),
  /** A defect of this library or of a plugin. */
  INTERNAL(Category.INTERNAL);

  private final Category category;

  StandardErrorCode(Category category) {
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

  /**
   * {@return as the category says, but that a name that doesn't resolve isn't worth a repetition}
   */
  @Override
  public boolean transientFailure() {
    return this != UNKNOWN_HOST && ErrorCode.super.transientFailure();
  }
}
