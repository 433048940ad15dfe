package dev.connections.filesystem.internal.orc;

import dev.connections.api.Operation;
import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.codec.BlockCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The end of an ORC file: the last byte is the length of a postscript, which is never compressed
 * and says how long the footer before it is and how that is compressed.
 */
final class OrcTail {
  private static final int FIRST_READ = 16 * 1024;
  private static final int CHUNK_HEADER = 3;
  private static final byte[] MAGIC = "ORC".getBytes(StandardCharsets.US_ASCII);

  private final BlockCodec codec;
  private final byte[] footer;
  private final int length;

  private OrcTail(BlockCodec codec, byte[] footer, int length) {
    this.codec = codec;
    this.footer = footer;
    this.length = length;
  }

  /** How the file's parts are compressed. */
  BlockCodec codec() {
    return codec;
  }

  /** What the footer says. */
  OrcFooter footer() throws Defect {
    return OrcFooter.parse(footer);
  }

  /** How many bytes of the file the tail takes. */
  int length() {
    return length;
  }

  /** What the postscript says. */
  private static final class Postscript {
    private long footerLength;
    private int compression;
    private long blockSize = 256 * 1024;
    private boolean magic;
  }

  static OrcTail of(FileContent content, ReadLimits limits, Operation operation)
      throws IOException, Defect {
    long size = content.size();
    if (size <= MAGIC.length) {
      throw new Defect("it has " + Math.max(size, 0) + " bytes, fewer than any has");
    }
    byte[] tail = read(content, size, (int) Math.min(size, FIRST_READ));
    int postscriptLength = tail[tail.length - 1] & 0xFF;
    if (postscriptLength == 0 || postscriptLength > tail.length - 1) {
      throw new Defect("it doesn't end as one does");
    }
    Postscript postscript = postscript(tail, postscriptLength);
    // Files of the first writers carry the magic word at their start only.
    if (!postscript.magic && !startsWithMagic(content)) {
      throw new Defect("it doesn't end as one does");
    }
    long end = size - 1 - postscriptLength;
    if (postscript.footerLength < 0 || postscript.footerLength > end) {
      throw new Defect("its footer is said to be longer than the file");
    }
    if (postscript.footerLength > limits.footerBytes()) {
      throw tooLarge(content, limits);
    }
    int length = (int) postscript.footerLength + postscriptLength + 1;
    if (length > tail.length) {
      tail = read(content, size, length);
    }
    BlockCodec codec = codec(postscript.compression);
    byte[] footer =
        codec == BlockCodec.NONE
            ? BlockCodec.NONE.unfold(
                tail, tail.length - length, (int) postscript.footerLength, length, content.path())
            : unfolded(codec, tail, tail.length - length, postscript, content, limits, operation);
    return new OrcTail(codec, footer, length);
  }

  private static Postscript postscript(byte[] tail, int length) throws Defect {
    Postscript postscript = new Postscript();
    WireFields fields = new WireFields(tail, tail.length - 1 - length, length);
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> postscript.footerLength = fields.whole();
        case 2 -> postscript.compression = fields.small();
        case 3 -> postscript.blockSize = fields.whole();
        case 8000 -> postscript.magic = fields.text().equals("ORC");
        default -> {}
      }
    }
    return postscript;
  }

  private static boolean startsWithMagic(FileContent content) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(MAGIC.length);
    while (start.hasRemaining()) {
      if (content.read(start.position(), start) < 0) {
        return false;
      }
    }
    return start.flip().equals(ByteBuffer.wrap(MAGIC));
  }

  /** The kinds of compression in the order of the format's own list. */
  private static BlockCodec codec(int compression) {
    return switch (compression) {
      case 0 -> BlockCodec.NONE;
      case 1 -> BlockCodec.DEFLATE;
      case 2 -> BlockCodec.SNAPPY;
      case 3 -> BlockCodec.LZO;
      case 4 -> BlockCodec.LZ4;
      case 5 -> BlockCodec.ZSTD;
      default -> BlockCodec.OTHER;
    };
  }

  /** A compressed part is a row of chunks, each behind three bytes: its length and one flag. */
  private static byte[] unfolded(
      BlockCodec codec,
      byte[] tail,
      int from,
      Postscript postscript,
      FileContent content,
      ReadLimits limits,
      Operation operation)
      throws Defect {
    if (postscript.blockSize <= 0 || postscript.blockSize > limits.footerBytes()) {
      throw new Defect("its blocks are said to have " + postscript.blockSize + " bytes");
    }
    int end = from + (int) postscript.footerLength;
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    int at = from;
    while (at < end) {
      operation.checkpoint(); // each may claim the largest block and hold next to nothing
      if (end - at < CHUNK_HEADER) {
        throw new Defect("its footer is damaged");
      }
      int header = (tail[at] & 0xFF) | (tail[at + 1] & 0xFF) << 8 | (tail[at + 2] & 0xFF) << 16;
      int length = header >>> 1;
      at += CHUNK_HEADER;
      if (length > end - at) {
        throw new Defect("its footer is damaged");
      }
      BlockCodec chunk = (header & 1) == 1 ? BlockCodec.NONE : codec;
      footer.writeBytes(chunk.unfold(tail, at, length, (int) postscript.blockSize, content.path()));
      if (footer.size() > limits.footerBytes()) {
        throw tooLarge(content, limits);
      }
      at += length;
    }
    return footer.toByteArray();
  }

  private static RuntimeException tooLarge(FileContent content, ReadLimits limits) {
    return FileFailures.tooLarge(
        content.path(), "The footer", limits.footerBytes() / (1024 * 1024) + " MB");
  }

  private static byte[] read(FileContent content, long size, int count) throws IOException, Defect {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (content.read(size - count + bytes.position(), bytes) < 0) {
        throw new Defect("it became shorter while it was read");
      }
    }
    return bytes.array();
  }
}
