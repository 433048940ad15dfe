package dev.connections.filesystem.internal;

/**
 * Why a file isn't what its name says, as the rest of a sentence. Thrown where the bytes are known,
 * caught where the file is.
 */
public final class Defect extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * Makes a defect.
   *
   * @param reason such as "its footer is damaged", without content of the file
   */
  public Defect(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** {@return the rest of the sentence} */
  public String reason() {
    return reason;
  }
}
