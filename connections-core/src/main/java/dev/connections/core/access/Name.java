package dev.connections.core.access;

/** What a name of an account, a user or a workspace must be like. */
final class Name {
  /** The most characters a name may have. */
  static final int LONGEST = 255;

  private Name() {}

  /**
   * Names are compared by their characters, here, in stores and in what is encrypted. So whatever
   * two of these could disagree about is refused.
   *
   * @param what what is named, for the message; the name itself isn't told
   * @param name the name
   * @return the name
   */
  static String checked(String what, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the " + what + " is blank");
    }
    if (name.length() > LONGEST) {
      throw new IllegalArgumentException(
          "the " + what + " has more than " + LONGEST + " characters");
    }
    if (!name.equals(name.strip())) {
      throw new IllegalArgumentException("the " + what + " begins or ends with white space");
    }
    if (name.codePoints().anyMatch(Name::isUnfit)) {
      throw new IllegalArgumentException(
          "the " + what + " has a control character or half a character");
    }
    return name;
  }

  private static boolean isUnfit(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
