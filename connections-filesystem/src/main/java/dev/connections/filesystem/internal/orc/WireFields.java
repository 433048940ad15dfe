package dev.connections.filesystem.internal.orc;

import dev.connections.filesystem.internal.Defect;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * Walks over the fields of one Protocol Buffers message. ORC's footer has a dozen fields of
 * interest, which isn't worth a runtime that hosts have in other versions.
 *
 * <p>Used by one thread.
 */
final class WireFields {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED_32 = 5;
  private static final int LONGEST_VARINT = 10;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int number;
  private int wireType;
  private long value;
  private int from;

  WireFields(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    this.at = from;
    this.end = from + length;
  }

  /** Goes to the next field; false behind the last one. */
  boolean next() throws Defect {
    if (at == end) {
      return false;
    }
    long key = varint();
    number = (int) (key >>> 3);
    wireType = (int) (key & 7);
    switch (wireType) {
      case VARINT -> value = varint();
      case FIXED_64 -> skip(8);
      case FIXED_32 -> skip(4);
      case LENGTH -> {
        value = varint();
        if (value < 0 || value > end - at) {
          throw damaged();
        }
        skip((int) value);
      }
      default -> throw damaged();
    }
    return true;
  }

  /** The field's number. */
  int number() {
    return number;
  }

  /** The field's value as a whole number. */
  long whole() throws Defect {
    require(VARINT);
    return value;
  }

  /** The field's value as a small number, such as a kind; −1 if it is none. */
  int small() throws Defect {
    long whole = whole();
    return whole < 0 || whole > Integer.MAX_VALUE ? -1 : (int) whole;
  }

  /** The field's value as text. */
  String text() throws Defect {
    require(LENGTH);
    return new String(bytes, from, at - from, StandardCharsets.UTF_8);
  }

  /** The field's value as a message of its own. */
  WireFields message() throws Defect {
    require(LENGTH);
    return new WireFields(bytes, from, at - from);
  }

  /** Gives the numbers of a repeated field, which may be packed into one or come one by one. */
  void wholes(LongConsumer receiver) throws Defect {
    if (wireType == VARINT) {
      receiver.accept(value);
      return;
    }
    WireFields packed = message();
    while (packed.at < packed.end) {
      receiver.accept(packed.varint());
    }
  }

  private void require(int expected) throws Defect {
    if (wireType != expected) {
      throw damaged();
    }
  }

  private void skip(int count) throws Defect {
    if (count > end - at) {
      throw damaged();
    }
    from = at;
    at += count;
  }

  private long varint() throws Defect {
    long result = 0;
    for (int i = 0; i < LONGEST_VARINT && at < end; i++) {
      byte b = bytes[at++];
      result |= (long) (b & 0x7F) << (7 * i);
      if (b >= 0) {
        return result;
      }
    }
    throw damaged();
  }

  private static Defect damaged() {
    return new Defect("its footer is damaged");
  }
}
