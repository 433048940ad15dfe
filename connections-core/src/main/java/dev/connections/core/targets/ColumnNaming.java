package dev.connections.core.targets;

/** What becomes of column names that a Delta table refuses by default. */
public enum ColumnNaming {
  /** Refused characters become underscores; such tables can be read by every Delta client. */
  PLAIN,
  /**
   * Names stay as they are wherever Delta's column mapping allows it; a table that needs the
   * mapping gets the table property for it, and can't be read by clients older than it.
   */
  MAPPED
}
