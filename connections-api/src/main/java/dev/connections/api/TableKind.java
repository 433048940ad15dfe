package dev.connections.api;

/**
 * What a table is. An open set: a plugin adds kinds by other ids.
 *
 * @param id a stable lower-case name, for example {@code materialized_view}
 */
public record TableKind(String id) {
  /** A table that holds rows. */
  public static final TableKind TABLE = new TableKind("table");

  /** A view: a stored query. */
  public static final TableKind VIEW = new TableKind("view");

  /** A view whose rows are stored. */
  public static final TableKind MATERIALIZED_VIEW = new TableKind("materialized_view");

  /** A table whose rows lie in another system. */
  public static final TableKind FOREIGN_TABLE = new TableKind("foreign_table");

  /** A file read as a table. */
  public static final TableKind FILE = new TableKind("file");

  /** A directory of files read as one table. */
  public static final TableKind FILE_SET = new TableKind("file_set");

  /** An object of a business application. */
  public static final TableKind OBJECT = new TableKind("object");

  /**
   * Checks the id.
   *
   * @param id a stable lower-case name
   * @throws IllegalArgumentException if it isn't lower-case letters, digits and underscores
   */
  public TableKind {
    if (!id.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("not a table kind: " + id);
    }
  }
}
