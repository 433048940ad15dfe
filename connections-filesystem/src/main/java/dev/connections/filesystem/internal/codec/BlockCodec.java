package dev.connections.filesystem.internal.codec;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.FileFailures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/**
 * How a block of a binary format is compressed. The JDK knows two ways; the others are those of an
 * optional library, and a file that needs it says so where it is absent.
 */
public enum BlockCodec {
  /** Not at all. */
  NONE,
  /** Deflate without a header. */
  DEFLATE,
  /** Deflate within gzip's frame. */
  GZIP,
  /** Snappy, raw. */
  SNAPPY,
  /** LZ4, raw. */
  LZ4,
  /** LZO, raw. */
  LZO,
  /** Zstandard. */
  ZSTD,
  /** One that nothing here reads. */
  OTHER;

  /**
   * {@return what a block unfolds to}
   *
   * @param block holds the compressed bytes
   * @param offset where they begin
   * @param length how many they are
   * @param most the largest result
   * @param path of the file, for messages
   * @throws Defect if the block is damaged, or larger than it may be
   * @throws ConnectionException with {@code UNSUPPORTED} if the codec isn't at hand
   */
  public byte[] unfold(byte[] block, int offset, int length, int most, String path) throws Defect {
    return switch (this) {
      case NONE -> Arrays.copyOfRange(block, offset, offset + length);
      case DEFLATE -> inflate(block, offset, length, most);
      case GZIP -> gunzip(block, offset, length, most);
      case SNAPPY, LZ4, LZO, ZSTD -> optional(block, offset, length, most, path);
      case OTHER -> throw unsupported(path, "isn't supported", "Write it with zlib or zstd");
    };
  }

  private static byte[] inflate(byte[] block, int offset, int length, int most) throws Defect {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(block, offset, length);
      byte[] result = new byte[(int) Math.min(most, Math.max(1024L, length * 4L))];
      int filled = 0;
      while (!inflater.finished()) {
        if (filled == result.length) {
          if (filled >= most) {
            throw tooLarge();
          }
          result = Arrays.copyOf(result, (int) Math.min(most, filled * 2L));
        }
        int more = inflater.inflate(result, filled, result.length - filled);
        if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw damaged();
        }
        filled += more;
      }
      return Arrays.copyOf(result, filled);
    } catch (DataFormatException e) {
      throw damaged();
    } finally {
      inflater.end();
    }
  }

  private static byte[] gunzip(byte[] block, int offset, int length, int most) throws Defect {
    try (GZIPInputStream stream =
        new GZIPInputStream(new ByteArrayInputStream(block, offset, length))) {
      byte[] result = stream.readNBytes(most);
      if (stream.read() >= 0) {
        throw tooLarge();
      }
      return result;
    } catch (IOException e) {
      throw damaged();
    }
  }

  private byte[] optional(byte[] block, int offset, int length, int most, String path)
      throws Defect {
    try {
      return AirliftBlocks.unfold(this, block, offset, length, most);
    } catch (LinkageError absent) { // the optional library isn't there
      throw unsupported(
          path,
          "needs a library that this application doesn't have",
          "Add the library io.airlift:aircompressor to the application, or write it with zlib");
    }
  }

  private ConnectionException unsupported(String path, String why, String remedy) {
    return Failure.of(
            StandardErrorCode.UNSUPPORTED,
            "The compression of the file '"
                + FileFailures.shown(path)
                + "'"
                + (this == OTHER ? " " : ", " + name().toLowerCase(Locale.ROOT) + ", ")
                + why
                + ".")
        .withRemedy(remedy + ", or leave it out by a pattern.")
        .asException();
  }

  static Defect damaged() {
    return new Defect("a compressed part of it is damaged");
  }

  static Defect tooLarge() {
    return new Defect("a compressed part of it unfolds to more than it says");
  }
}
