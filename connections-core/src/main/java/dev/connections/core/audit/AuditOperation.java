package dev.connections.core.audit;

/**
 * What was done to a connection. The set is closed; stores keep an operation by its name in lower
 * case.
 */
public enum AuditOperation {
  /** A connection was stored. */
  CREATE,
  /** A connection was changed. */
  UPDATE,
  /** A connection was deleted. */
  DELETE,
  /** A connection was locked against changes. */
  LOCK,
  /** A connection's lock was taken off. */
  UNLOCK,
  /** A connection or a draft was tested; stored secrets went to its source. */
  TEST,
  /** Schemas, tables or one table's metadata were read from the source. */
  INTROSPECT,
  /** An import was previewed. */
  PREVIEW,
  /** Metadata was imported. */
  IMPORT,
  /** What an import read was handed to a target, such as a file: a snapshot, statements, a page. */
  EXPORT,
  /** A feature of the adapter was handed to a block of the host's code. */
  USE,
  /** A person's consent at the source was begun or completed; the connection signs in by it. */
  CONSENT,
  /** Stored secrets were copied into a new connection. */
  COPY_SECRETS,
  /** A secret that a connection only refers to was read from where it lies. */
  RESOLVE_REFERENCE,
  /** The store's keys were changed: one was added, used from then on, retired, or wrapped anew. */
  ROTATE_KEYS,
  /** Stored secrets of the account were encrypted anew, with another key. */
  REENCRYPT,
  /** The oldest records of the audit log were cut off. */
  CUT_AUDIT,
  /** The audit log was read or checked by an admin; kept where the host asks for it. */
  READ_AUDIT
}
