package dev.connections.core;

/**
 * How far a rotation of keys has come.
 *
 * @param onPresent how many rows are encrypted with the present key
 * @param total how many rows are encrypted at all, as it was when the rotation began
 */
public record RotationProgress(long onPresent, long total) {
  /** {@return the progress as a phrase: x of y} */
  @Override
  public String toString() {
    return onPresent + " of " + total + " on the new key";
  }
}
