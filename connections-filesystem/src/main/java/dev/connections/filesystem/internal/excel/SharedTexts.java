package dev.connections.filesystem.internal.excel;

import dev.connections.filesystem.internal.xml.XmlCursor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks up texts that all sheets share. Only those that may be names are wanted, so that a million
 * of others take no memory.
 */
final class SharedTexts {
  private SharedTexts() {}

  /** The texts of some numbers; one that the workbook doesn't have is missing. */
  static Map<String, String> of(Workbook workbook, Set<String> numbers) throws IOException {
    Map<String, String> texts = new HashMap<>();
    TreeSet<Integer> wanted = new TreeSet<>();
    for (String number : numbers) {
      if (number.matches("[0-9]{1,9}")) {
        wanted.add(Integer.valueOf(number));
      }
    }
    if (wanted.isEmpty() || workbook.strings().isEmpty()) {
      return texts;
    }
    try (XmlCursor cursor = workbook.open(workbook.strings().get())) {
      for (int at = 0; at <= wanted.last() && nextText(cursor); at++) {
        if (wanted.contains(at)) {
          texts.put(String.valueOf(at), text(cursor));
        }
      }
    }
    return texts;
  }

  private static boolean nextText(XmlCursor cursor) throws IOException {
    while (cursor.next()) {
      if (cursor.atStart() && cursor.localName().equals("si")) {
        cursor.nextRow();
        return true;
      }
    }
    return false;
  }

  private static String text(XmlCursor cursor) throws IOException {
    StringBuilder text = new StringBuilder();
    int spoken = 0;
    boolean taken = false;
    while (cursor.next()) {
      if (cursor.atStart()) {
        spoken += cursor.localName().equals("rPh") ? 1 : 0;
        taken = spoken == 0 && cursor.localName().equals("t");
      } else if (cursor.atEnd()) {
        taken = false;
        if (cursor.localName().equals("si")) {
          break;
        }
        spoken -= cursor.localName().equals("rPh") ? 1 : 0;
      } else if (taken) {
        cursor.appendText(text);
      }
    }
    text.setLength(Math.min(text.length(), SheetRows.LONGEST_KEPT));
    return text.toString();
  }
}
