package dev.connections.filesystem.internal.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A part of a text in an encoding in which every ASCII byte is that ASCII character. */
final class TextPart {
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

  static TextPart of(byte[] raw, int from, int to, TextEncoding encoding, boolean last) {
    if (encoding.bytewise()) {
      return new TextPart(raw, from, to, encoding.charset(), last);
    }
    int whole = from + (to - from) / encoding.unit() * encoding.unit();
    byte[] bytes =
        new String(raw, from, whole - from, encoding.charset()).getBytes(StandardCharsets.UTF_8);
    return new TextPart(bytes, 0, bytes.length, StandardCharsets.UTF_8, last);
  }

  /** The bytes, not copied. */
  byte[] data() {
    return data;
  }

  /** The first byte that counts. */
  int from() {
    return from;
  }

  /** Behind the last byte that counts. */
  int to() {
    return to;
  }

  Charset charset() {
    return charset;
  }

  /** Whether the text ends with this part. */
  boolean last() {
    return last;
  }

  String text(int start, int end) {
    return new String(data, start, end - start, charset);
  }

  /** The number of the line that a byte stands in, from 1. */
  long line(int offset) {
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
