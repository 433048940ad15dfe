package dev.connections.api;

/**
 * A part of a table's metadata that can be wanted, loaded or left out. "No foreign keys" and
 * "foreign keys not read" are told apart by it.
 */
public enum Section {
  /** Columns with their types. */
  COLUMNS,
  /** Primary and unique keys. */
  KEYS,
  /** Foreign keys. */
  FOREIGN_KEYS,
  /** Indexes. */
  INDEXES,
  /** Check constraints. */
  CHECKS,
  /** How the table is divided. */
  PARTITIONING,
  /** Row count and size. */
  STATISTICS,
  /** Descriptions of the table and its columns. */
  DESCRIPTIONS,
  /** The text a view is defined by. */
  DEFINITION,
  /** Properties and extensions. */
  PROPERTIES
}
