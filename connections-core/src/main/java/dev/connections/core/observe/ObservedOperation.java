package dev.connections.core.observe;

/** What is measured. The set is closed, so that metrics have few and fixed tags. */
public enum ObservedOperation {
  /** A connection was stored, changed, locked, unlocked or deleted. */
  CHANGE,
  /** Connections were looked up, listed or counted. */
  LOOK_UP,
  /** A connection or a draft was tested. */
  TEST,
  /** Schemas were listed at the source. */
  LIST_SCHEMAS,
  /** Tables were listed at the source. */
  LIST_TABLES,
  /** One table's metadata was read from the source. */
  READ_TABLE,
  /** An import was previewed. */
  PREVIEW,
  /** Metadata was imported. */
  IMPORT,
  /** A feature was used by a block of the host's code. */
  USE,
  /** An adapter was opened. */
  OPEN
}
