package dev.connections.core.targets;

/** What a mapping to Databricks couldn't carry over as it was. */
public enum LossKind {
  /** A number has more digits than DECIMAL holds. */
  PRECISION_TOO_LARGE(Severity.LOSS),
  /** A number's digits aren't stated by the source, so that a large one may not fit. */
  PRECISION_UNKNOWN(Severity.LOSS),
  /** Digits of a second beyond the sixth are cut. */
  FRACTION_TRUNCATED(Severity.LOSS),
  /** The type has no neutral kind; its values are kept as text. */
  UNKNOWN_TYPE(Severity.LOSS),
  /** Parts within parts, deeper than a table is worth; what lies there is kept as text. */
  TOO_DEEP(Severity.LOSS),
  /** A name isn't allowed, or is taken, and was changed. */
  RENAMED(Severity.NOTE),
  /** The greatest length isn't enforced. */
  LENGTH_NOT_ENFORCED(Severity.NOTE),
  /** The source allows no negative numbers; Databricks does. */
  SIGN_NOT_ENFORCED(Severity.NOTE),
  /** A date and time without a zone becomes a moment, read in the session's zone. */
  ZONE_ASSUMED(Severity.NOTE),
  /** There is no such type; its values are kept as text or bytes, whole. */
  KEPT_AS_TEXT(Severity.NOTE),
  /** A structure without parts has no meaning in Databricks. */
  EMPTY_STRUCT(Severity.NOTE),
  /** The keys of a map can't be keys in Databricks; the pairs are kept as a sequence. */
  MAP_KEY_NOT_ALLOWED(Severity.NOTE),
  /** A nested part that is never absent may be absent in Databricks. */
  NESTED_NOT_NULL(Severity.NOTE),
  /** The order of texts isn't carried over. */
  COLLATION_DROPPED(Severity.NOTE),
  /** The numbering of rows isn't carried over. */
  IDENTITY_DROPPED(Severity.NOTE),
  /** The default value isn't carried over. */
  DEFAULT_DROPPED(Severity.NOTE),
  /** The expression a column is computed from isn't carried over; its values are. */
  GENERATION_DROPPED(Severity.NOTE),
  /** Check constraints, unique keys or indexes aren't carried over. */
  CONSTRAINT_DROPPED(Severity.NOTE),
  /** A primary key was left out, or its columns became mandatory. */
  PRIMARY_KEY_CHANGED(Severity.NOTE),
  /** A foreign key was left out. */
  FOREIGN_KEY_DROPPED(Severity.NOTE),
  /** A tag's name or value isn't allowed. */
  TAG_DROPPED(Severity.NOTE),
  /** The partitioning isn't carried over. */
  PARTITIONING_DROPPED(Severity.NOTE),
  /** A view's query is in the source's dialect and stands as a comment only. */
  VIEW_NOT_TRANSLATED(Severity.LOSS),
  /** The table has no columns, and Databricks has no such tables. */
  NO_COLUMNS(Severity.LOSS);

  /** How much a loss weighs. */
  public enum Severity {
    /** Every value arrives; a rule or a word about it doesn't. */
    NOTE,
    /** A value may not arrive as it was, or no longer means what it did. */
    LOSS
  }

  private final Severity severity;

  LossKind(Severity severity) {
    this.severity = severity;
  }

  /** {@return how much it weighs} */
  public Severity severity() {
    return severity;
  }
}
