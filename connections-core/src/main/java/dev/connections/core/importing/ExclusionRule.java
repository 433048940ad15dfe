package dev.connections.core.importing;

import java.util.Objects;
import java.util.Optional;

/**
 * The rule of the options that kept a table out of an import.
 *
 * @param reason which rule
 * @param pattern the pattern that matched, if the reason is {@link Reason#EXCLUDE_PATTERN}
 */
public record ExclusionRule(Reason reason, Optional<TablePattern> pattern) {

  /** Which rule of the options keeps a table out. */
  public enum Reason {
    /** Its schema isn't among those chosen. */
    SCHEMA_NOT_CHOSEN("Its schema isn't among those chosen."),
    /** Tables of its schema are named, and it isn't among them. */
    TABLE_NOT_CHOSEN("It isn't among the tables chosen of its schema."),
    /** No include pattern matches it. */
    NO_INCLUDE_PATTERN("No include pattern matches it."),
    /** An exclude pattern matches it. */
    EXCLUDE_PATTERN("An exclude pattern matches it"),
    /** It isn't of a kind that was chosen. */
    KIND_NOT_CHOSEN("It isn't of a kind that was chosen.");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }
  }

  /**
   * Checks that a pattern is there exactly where it belongs.
   *
   * @param reason which rule
   * @param pattern the pattern that matched
   * @throws IllegalArgumentException if the pattern is missing, or is there without cause
   */
  public ExclusionRule {
    Objects.requireNonNull(reason, "reason");
    if (pattern.isPresent() != (reason == Reason.EXCLUDE_PATTERN)) {
      throw new IllegalArgumentException(reason + " and the pattern " + pattern);
    }
  }

  /**
   * {@return a rule without a pattern}
   *
   * @param reason which rule; not {@link Reason#EXCLUDE_PATTERN}
   */
  public static ExclusionRule of(Reason reason) {
    return new ExclusionRule(reason, Optional.empty());
  }

  /**
   * {@return the rule of an exclude pattern}
   *
   * @param pattern the one that matched
   */
  public static ExclusionRule excludedBy(TablePattern pattern) {
    return new ExclusionRule(Reason.EXCLUDE_PATTERN, Optional.of(pattern));
  }

  /** {@return a sentence that says why, with the pattern} */
  public String sentence() {
    return pattern
        .map(matched -> reason.sentence + ": " + matched.display() + ".")
        .orElse(reason.sentence);
  }
}
