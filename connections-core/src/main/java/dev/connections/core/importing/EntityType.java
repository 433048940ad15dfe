package dev.connections.core.importing;

/** What an imported table becomes on the target's side. */
public enum EntityType {
  /** A table of its own. */
  TABLE,
  /** A staging table that others are loaded from. */
  STAGING
}
