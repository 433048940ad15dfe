package dev.connections.core.audit;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What came of checking the records of an account, each of which carries a hash over itself and all
 * before it.
 *
 * <p>Who may write the whole database could compute all hashes anew, or take the latest records
 * away. Against that, keep {@link #last} and {@link #lastHash} elsewhere from time to time: a
 * record of that number must have that hash for as long as it isn't cut off.
 *
 * @param cutOff up to which number the records were {@linkplain AuditTrail#cut cut off}; 0 if none
 *     were
 * @param last the number of the last record that is as it was written; as {@code cutOff} if there
 *     is none
 * @param lastHash its hash; empty if there never was a record
 * @param firstBroken the number of the first record that isn't as it was written, is missing, or
 *     was taken away otherwise than by cutting off; empty if there is none
 */
public record AuditCheck(long cutOff, long last, String lastHash, OptionalLong firstBroken) {
  /**
   * Checks that no part is null.
   *
   * @param cutOff up to which number the records were cut off
   * @param last the number of the last sound record
   * @param lastHash its hash
   * @param firstBroken the number of the first record that isn't sound
   */
  public AuditCheck {
    Objects.requireNonNull(lastHash, "lastHash");
    Objects.requireNonNull(firstBroken, "firstBroken");
  }

  /** {@return whether all records are as they were written} */
  public boolean sound() {
    return firstBroken.isEmpty();
  }
}
