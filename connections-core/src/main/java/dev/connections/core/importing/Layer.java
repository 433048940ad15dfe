package dev.connections.core.importing;

/** The layer of a lakehouse that imported tables are laid out for. */
public enum Layer {
  /** As the source has them. */
  BRONZE,
  /** Cleaned and typed. */
  SILVER,
  /** Ready for use. */
  GOLD
}
