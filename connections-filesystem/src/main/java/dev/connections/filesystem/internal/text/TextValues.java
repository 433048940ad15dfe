package dev.connections.filesystem.internal.text;

import dev.connections.api.DataType;
import java.nio.charset.StandardCharsets;

/**
 * Texts of one place in a format that has no types of its own; decides what type they have in
 * common, as for a column of separated values. Used by one thread.
 */
public final class TextValues {
  private final Cell cell = new Cell();
  private final ColumnEvidence evidence = new ColumnEvidence(true);

  /** Begins without any. */
  public TextValues() {}

  /**
   * Adds a text.
   *
   * @param text the empty one counts as none
   */
  public void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    evidence.add(cell.read(bytes, 0, bytes.length), cell, bytes, 0, bytes.length);
  }

  /** {@return how many texts there were, empty ones left out} */
  public long seen() {
    return evidence.values();
  }

  /** {@return the longest text's length in characters} */
  public int longest() {
    return evidence.longest();
  }

  /**
   * {@return the type that holds all texts}
   *
   * @param complete whether all were seen, so that a number needs no room to grow
   */
  public DataType type(boolean complete) {
    return evidence.type(',', complete);
  }
}
