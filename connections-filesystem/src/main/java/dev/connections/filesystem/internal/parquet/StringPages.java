package dev.connections.filesystem.internal.parquet;

import dev.connections.api.ConnectionException;
import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.codec.BlockCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;

/** The pages of one column of texts. Used by one thread. */
final class StringPages {
  /** What all pages of the columns that are read may unfold to. */
  static final long MOST_BYTES = 64L * 1024 * 1024;

  /** How many texts they may have: one that is written once may be meant any number of times. */
  static final int MOST_TEXTS = 1_000_000;

  private final byte[] bytes;
  private final CompressionCodec codec;
  private final int repeated;
  private final int defined;
  private final String path;
  private long left;
  private final List<String> dictionary = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();

  /**
   * Takes a column.
   *
   * @param bytes its pages
   * @param codec how they are compressed
   * @param repeated how often its path is repeated
   * @param defined how often its path may be absent
   * @param path of the file, for messages
   * @param left how many bytes its pages may unfold to
   */
  StringPages(
      byte[] bytes, CompressionCodec codec, int repeated, int defined, String path, long left) {
    this.bytes = bytes;
    this.codec = codec;
    this.repeated = repeated;
    this.defined = defined;
    this.path = path;
    this.left = left;
  }

  /** How many bytes the pages of further columns may unfold to. */
  long left() {
    return left;
  }

  /** The texts that aren't null, of so many values in all. */
  List<String> texts(long values) throws Defect {
    ByteArrayInputStream stream = new ByteArrayInputStream(bytes);
    long seen = 0;
    try {
      while (seen < values && stream.available() > 0) {
        PageHeader header = Util.readPageHeader(stream);
        int length = header.getCompressed_page_size();
        int from = bytes.length - stream.available();
        if (length < 0 || length > stream.available()) {
          throw damaged();
        }
        seen += page(header, from, length);
        if (texts.size() > MOST_TEXTS) {
          throw new Defect("it has more than " + MOST_TEXTS + " texts");
        }
        stream.skipNBytes(length);
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof ConnectionException known) {
        throw known;
      }
      throw damaged(); // the parser has many words for it
    }
    if (seen < values) {
      throw damaged();
    }
    return texts;
  }

  private long page(PageHeader header, int from, int length) throws Defect {
    switch (header.getType()) {
      case DICTIONARY_PAGE -> {
        ByteBuffer page = unfolded(from, length, header.getUncompressed_page_size());
        plain(page, header.getDictionary_page_header().getNum_values(), dictionary);
        return 0;
      }
      case DATA_PAGE -> {
        DataPageHeader data = header.getData_page_header();
        ByteBuffer page = unfolded(from, length, header.getUncompressed_page_size());
        if (repeated > 0) {
          skip(page, page.getInt());
        }
        int present = data.getNum_values();
        if (defined > 0) {
          ByteBuffer levels = slice(page, page.getInt());
          present = PackedInts.count(levels, PackedInts.width(defined), present, defined);
        }
        values(page, data.getEncoding(), present);
        return data.getNum_values();
      }
      case DATA_PAGE_V2 -> {
        secondVersion(header, from, length);
        return header.getData_page_header_v2().getNum_values();
      }
      default -> {
        return 0;
      }
    }
  }

  /** In the second version the levels stand before the compressed values, and aren't compressed. */
  private void secondVersion(PageHeader header, int from, int length) throws Defect {
    DataPageHeaderV2 data = header.getData_page_header_v2();
    int levels =
        Math.addExact(
            data.getRepetition_levels_byte_length(), data.getDefinition_levels_byte_length());
    int present = data.getNum_values() - data.getNum_nulls();
    int size = header.getUncompressed_page_size() - levels;
    ByteBuffer page =
        data.isSetIs_compressed() && !data.isIs_compressed()
            ? ByteBuffer.wrap(bytes, from + levels, length - levels)
            : unfolded(from + levels, length - levels, size);
    values(page.order(ByteOrder.LITTLE_ENDIAN), data.getEncoding(), present);
  }

  private void values(ByteBuffer page, Encoding encoding, int count) throws Defect {
    if (count == 0) {
      return;
    }
    switch (encoding) {
      case PLAIN -> plain(page, count, texts);
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
        int width = page.get();
        for (int index : PackedInts.read(page, width, count)) {
          if (index < 0 || index >= dictionary.size()) {
            throw damaged();
          }
          texts.add(dictionary.get(index));
        }
      }
      default -> throw new Defect("its texts are encoded as " + encoding + ", which isn't read");
    }
  }

  private static void plain(ByteBuffer page, int count, List<String> target) throws Defect {
    for (int i = 0; i < count; i++) {
      byte[] text = new byte[checked(page.getInt(), page)];
      page.get(text);
      target.add(new String(text, StandardCharsets.UTF_8));
    }
  }

  private ByteBuffer unfolded(int from, int length, int size) throws Defect {
    if (size < 0) {
      throw damaged();
    }
    if (size > left) {
      throw new Defect("its texts unfold to more than " + MOST_BYTES / (1024 * 1024) + " MB");
    }
    left -= size;
    if (length == 0) {
      return ByteBuffer.allocate(0);
    }
    byte[] page = blockCodec().unfold(bytes, from, length, size, path);
    return ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
  }

  private BlockCodec blockCodec() {
    return switch (codec) {
      case UNCOMPRESSED -> BlockCodec.NONE;
      case SNAPPY -> BlockCodec.SNAPPY;
      case GZIP -> BlockCodec.GZIP;
      case LZ4_RAW -> BlockCodec.LZ4;
      case ZSTD -> BlockCodec.ZSTD;
      default -> BlockCodec.OTHER;
    };
  }

  private static void skip(ByteBuffer page, int count) throws Defect {
    page.position(page.position() + checked(count, page));
  }

  private static ByteBuffer slice(ByteBuffer page, int count) throws Defect {
    ByteBuffer slice = page.slice(page.position(), checked(count, page));
    skip(page, count);
    return slice.order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int checked(int count, ByteBuffer page) throws Defect {
    if (count < 0 || count > page.remaining()) {
      throw damaged();
    }
    return count;
  }

  private static Defect damaged() {
    return new Defect("a column is damaged");
  }
}
