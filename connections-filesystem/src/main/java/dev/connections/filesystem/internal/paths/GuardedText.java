package dev.connections.filesystem.internal.paths;

/**
 * Text that a regular expression may look at only so often. An expression that backtracks for ever
 * asks for characters for ever: counting them ends it, at the same point on every machine.
 */
final class GuardedText implements CharSequence {
  /** The text was looked at too often. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Exhausted() {
      super("looked at too often", null, false, false);
    }
  }

  private final String text;
  private final int[] looks;

  GuardedText(String text, int looks) {
    this(text, new int[] {looks});
  }

  private GuardedText(String text, int[] looks) {
    this.text = text;
    this.looks = looks;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (--looks[0] < 0) {
      throw new Exhausted();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new GuardedText(text.substring(start, end), looks);
  }

  @Override
  public String toString() {
    return text;
  }
}
