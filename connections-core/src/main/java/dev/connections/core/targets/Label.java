package dev.connections.core.targets;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/**
 * A text in a box of the diagram: its style on the page, and how much of it fits. How wide letters
 * are depends on the reader's fonts, so this is an estimate, and the boxes cut off what exceeds it.
 */
enum Label {
  /** A table's name, in bold. */
  NAME("name", 13.5, 0.64),
  /** A schema's name. */
  SCHEMA("schema", 11.5, 0.56),
  /** What a column is: PK or FK. */
  SIGN("sign", 10, 0.7),
  /** A column's name, with letters of one width. */
  COLUMN("column", 12, 0.61);

  private static final Set<UnicodeScript> WIDE =
      Set.of(
          UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);
  private static final int FIRST_EMOJI = 0x1F000;

  private final String style;
  private final double size;

  /** Of a letter as wide as most, beside the font's size. */
  private final double width;

  Label(String style, double size, double width) {
    this.style = style;
    this.size = size;
    this.width = width;
  }

  /** The class that the page's style knows. */
  String style() {
    return style;
  }

  /** As much of a text as has room, with an ellipsis where something is missing. */
  String fitted(String words, int room) {
    double used = 0;
    int fitting = 0;
    for (int at = 0; at < words.length(); ) {
      int letter = words.codePointAt(at);
      used += width(letter);
      if (used > room) {
        return words.substring(0, fitting) + "…";
      }
      at += Character.charCount(letter);
      if (used + width('…') <= room) {
        fitting = at;
      }
    }
    return words;
  }

  private double width(int letter) {
    if (WIDE.contains(UnicodeScript.of(letter)) || letter >= FIRST_EMOJI) {
      return size * 1.05;
    }
    if (Character.getType(letter) == Character.NON_SPACING_MARK) {
      return 0;
    }
    if (this == COLUMN) {
      return size * width;
    }
    if ("mwMW@%".indexOf(letter) >= 0) {
      return size * width * 1.6;
    }
    if (Character.isUpperCase(letter)) {
      return size * width * 1.15;
    }
    return size * width * ("fijlrtI.,:;'| ".indexOf(letter) >= 0 ? 0.6 : 1);
  }
}
