package dev.connections.core.access;

/** One thing an actor may be allowed to do with a connection. */
public enum Permission {
  /** List it, and read its settings; write-only secrets are masked for everybody. */
  SEE,
  /** Test it, browse its source, read its metadata and import them. */
  USE,
  /** Change its settings, its name, its workspace, its owner or its visibility. */
  EDIT,
  /** Delete it. */
  DELETE,
  /** Set its locked flag. */
  LOCK,
  /** Take its locked flag away. */
  UNLOCK
}
