package dev.connections.mssql.tds;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Writes the fields of a message. Numbers have their low byte first. */
final class TdsOutput {
  private final OutputStream out;

  TdsOutput(OutputStream out) {
    this.out = out;
  }

  TdsOutput u8(int value) throws IOException {
    out.write(value);
    return this;
  }

  TdsOutput u16(int value) throws IOException {
    return number(value, 2);
  }

  TdsOutput i32(int value) throws IOException {
    return number(value, 4);
  }

  TdsOutput i64(long value) throws IOException {
    return number(value, 8);
  }

  TdsOutput number(long value, int length) throws IOException {
    for (int i = 0; i < length; i++) {
      out.write((int) (value >> (8 * i)));
    }
    return this;
  }

  /** An unsigned number of any length. */
  TdsOutput number(BigInteger value, int length) throws IOException {
    for (int i = 0; i < length; i++) {
      out.write(value.shiftRight(8 * i).intValue());
    }
    return this;
  }

  TdsOutput bytes(byte[] bytes) throws IOException {
    out.write(bytes);
    return this;
  }

  TdsOutput text(String text) throws IOException {
    return bytes(utf16(text));
  }

  /** Text after its length in one byte. */
  TdsOutput shortText(String text) throws IOException {
    return u8(text.length()).text(text);
  }

  /** Text after its length in two bytes. */
  TdsOutput longText(String text) throws IOException {
    return u16(text.length()).text(text);
  }

  static byte[] utf16(String text) {
    return text.getBytes(StandardCharsets.UTF_16LE);
  }
}
