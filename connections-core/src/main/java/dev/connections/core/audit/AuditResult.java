package dev.connections.core.audit;

/** How an audited operation began or ended. */
public enum AuditResult {
  /** It was allowed, and goes on after this record is written. */
  ALLOWED,
  /** It was refused, as the actor hasn't the right. */
  DENIED,
  /** It had been allowed and didn't come to pass; an earlier record may say so. */
  FAILED
}
