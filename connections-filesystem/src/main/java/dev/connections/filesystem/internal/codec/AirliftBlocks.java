package dev.connections.filesystem.internal.codec;

import dev.connections.filesystem.internal.Defect;
import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.lzo.LzoDecompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.util.Arrays;

/** The only class that touches the optional library: it can't be loaded where that is absent. */
final class AirliftBlocks {
  private AirliftBlocks() {}

  static byte[] unfold(BlockCodec codec, byte[] block, int offset, int length, int most)
      throws Defect {
    try {
      byte[] result = new byte[most];
      int filled = of(codec).decompress(block, offset, length, result, 0, most);
      return filled == most ? result : Arrays.copyOf(result, filled);
    } catch (MalformedInputException | IndexOutOfBoundsException e) {
      throw BlockCodec.damaged();
    } catch (IllegalArgumentException e) { // how the library says that the result is too small
      throw BlockCodec.tooLarge();
    }
  }

  private static Decompressor of(BlockCodec codec) {
    return switch (codec) {
      case SNAPPY -> new SnappyDecompressor();
      case LZ4 -> new Lz4Decompressor();
      case LZO -> new LzoDecompressor();
      case ZSTD -> new ZstdDecompressor();
      default -> throw new IllegalStateException("the JDK reads " + codec);
    };
  }
}
