package dev.connections.core.internal.importing;

/** What a run that came to its end says of a table of the snapshot. */
enum Presence {
  /** It was listed, or nothing can be said of it. */
  AS_IT_WAS,
  /** Its schema was listed to its end without it. */
  GONE,
  /** As GONE, but the source says that it hides objects from this login. */
  GONE_OR_HIDDEN
}
