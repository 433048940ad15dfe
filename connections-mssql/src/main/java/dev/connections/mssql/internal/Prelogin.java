package dev.connections.mssql.internal;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The greeting of TDS, in which a server says whether it encrypts; nothing has been told it then.
 * Its packets are described in MS-TDS, 2.2.6.5.
 */
final class Prelogin {
  private static final int HEADER = 8;
  private static final int LONGEST = 4_096;
  private static final int GREETING = 0x12;
  private static final int ANSWER = 0x04;
  private static final int ENCRYPTION = 0x01;
  private static final int END = 0xFF;

  /** What a server says of encryption. */
  private static final int NOT_SUPPORTED = 2;

  private static final int PARTS = 2 * 5 + 1;

  /** Version and encryption: we would like it. */
  private static final byte[] QUESTION =
      ByteBuffer.allocate(HEADER + PARTS + 7)
          .put((byte) GREETING)
          .put((byte) 1) // the last packet
          .putShort((short) (HEADER + PARTS + 7))
          .putInt(0)
          .put((byte) 0) // version
          .putShort((short) PARTS)
          .putShort((short) 6)
          .put((byte) ENCRYPTION)
          .putShort((short) (PARTS + 6))
          .putShort((short) 1)
          .put((byte) END)
          .put(new byte[7])
          .array();

  private Prelogin() {}

  /**
   * Whether the server encrypts; empty if what listens there isn't a SQL Server.
   *
   * @throws IOException if it doesn't answer
   */
  static Optional<Boolean> greet(InputStream in, OutputStream out) throws IOException {
    out.write(QUESTION);
    out.flush();
    DataInputStream answer = new DataInputStream(in);
    try {
      if (answer.readUnsignedByte() != ANSWER) {
        return Optional.empty();
      }
      answer.readByte();
      int length = answer.readUnsignedShort();
      if (length <= HEADER || length > LONGEST) {
        return Optional.empty();
      }
      byte[] content = new byte[length - HEADER];
      answer.readInt();
      answer.readFully(content);
      return encrypts(content);
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  private static Optional<Boolean> encrypts(byte[] content) {
    for (int at = 0; at + 5 <= content.length && (content[at] & 0xFF) != END; at += 5) {
      int place = ((content[at + 1] & 0xFF) << 8) | (content[at + 2] & 0xFF);
      if (content[at] == ENCRYPTION && place < content.length) {
        return Optional.of(content[place] != NOT_SUPPORTED);
      }
    }
    return Optional.empty();
  }
}
