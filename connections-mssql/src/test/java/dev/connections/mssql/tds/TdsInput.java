package dev.connections.mssql.tds;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the fields of one message, which lies in memory. Numbers have their low byte first. */
final class TdsInput {
  private final ByteBuffer bytes;

  TdsInput(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  boolean atEnd() {
    return !bytes.hasRemaining();
  }

  int position() {
    return bytes.position();
  }

  TdsInput at(int position) {
    if (position < 0 || position > bytes.limit()) {
      throw new BufferUnderflowException();
    }
    bytes.position(position);
    return this;
  }

  int u8() {
    return Byte.toUnsignedInt(bytes.get());
  }

  int u16() {
    return Short.toUnsignedInt(bytes.getShort());
  }

  int i32() {
    return bytes.getInt();
  }

  long i64() {
    return bytes.getLong();
  }

  byte[] take(int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] taken = new byte[length];
    bytes.get(taken);
    return taken;
  }

  /** An unsigned number of any length. */
  BigInteger number(int length) {
    byte[] low = take(length);
    byte[] high = new byte[length];
    for (int i = 0; i < length; i++) {
      high[length - 1 - i] = low[i];
    }
    return new BigInteger(1, high);
  }

  /** Text of a number of UTF-16 units. */
  String text(int units) {
    return new String(take(units * 2), StandardCharsets.UTF_16LE);
  }

  byte[] rest() {
    return take(bytes.remaining());
  }
}
