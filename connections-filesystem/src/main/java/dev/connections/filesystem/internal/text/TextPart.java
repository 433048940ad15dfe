package dev.connections.filesystem.internal.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A part of a text in an encoding in which every ASCII byte is that ASCII character. */
public final class TextPart {
  private final byte[] data;
  private final int from;
  private final int to;
  private final Charset charset;
  private final boolean last;

  private TextPart(byte[] data, int from, int to, Charset charset, boolean last) {
    this.data = data;
    this.from = from;
    this.to = to;
    this.charset = charset;
    this.last = last;
  }

  /**
   * {@return a part of a text, turned to UTF-8 where its encoding has wider characters}
   *
   * @param raw the bytes
   * @param from the first one that counts
   * @param to behind the last one that counts
   * @param encoding theirs
   * @param last whether the text ends with them
   */
  public static TextPart of(byte[] raw, int from, int to, TextEncoding encoding, boolean last) {
    if (encoding.bytewise()) {
      return new TextPart(raw, from, to, encoding.charset(), last);
    }
    int whole = from + (to - from) / encoding.unit() * encoding.unit();
    byte[] bytes =
        new String(raw, from, whole - from, encoding.charset()).getBytes(StandardCharsets.UTF_8);
    return new TextPart(bytes, 0, bytes.length, StandardCharsets.UTF_8, last);
  }

  /** {@return the bytes, not copied} */
  public byte[] data() {
    return data;
  }

  /** {@return where the first byte that counts stands} */
  public int from() {
    return from;
  }

  /** {@return the place behind the last byte that counts} */
  public int to() {
    return to;
  }

  Charset charset() {
    return charset;
  }

  /** {@return whether the text ends with this part} */
  public boolean last() {
    return last;
  }

  String text(int start, int end) {
    return new String(data, start, end - start, charset);
  }

  /**
   * {@return the number of the line that a byte stands in, from 1}
   *
   * @param offset where the byte stands
   */
  public long line(int offset) {
    return 1L + lineEnds(from, offset);
  }

  int lineEnds(int start, int end) {
    int lines = 0;
    for (int i = start; i < end; i++) {
      byte b = data[i];
      if (b == '\n' || (b == '\r' && (i + 1 >= end || data[i + 1] != '\n'))) {
        lines++;
      }
    }
    return lines;
  }
}
