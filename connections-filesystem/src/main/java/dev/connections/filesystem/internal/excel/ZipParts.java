package dev.connections.filesystem.internal.excel;

import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.content.UnfoldingStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The parts of a ZIP file, found by the directory at its end. The JDK's own readers want a file of
 * the default file system or read all that comes before a part; this one reads at places of
 * whatever is open. What a part unfolds to is bounded, whatever its entry says. Used by one thread.
 */
final class ZipParts {
  private static final int OLDER_CONTAINER = 0xE011CFD0; // of .xls, and of encrypted workbooks
  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int LOCATOR_64_LENGTH = 20;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_LENGTH = 56;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_LENGTH = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_LENGTH = 30;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int LARGEST_DIRECTORY = 4 * 1024 * 1024;
  private static final long IN_EXTRA = 0xFFFFFFFFL;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  private final FileContent content;
  private final ReadLimits limits;
  private final Map<String, Entry> entries = new HashMap<>();

  /** Where a part lies, as the directory says. */
  private record Entry(int method, boolean encrypted, long size, long offset) {}

  private ZipParts(FileContent content, ReadLimits limits) {
    this.content = content;
    this.limits = limits;
  }

  static ZipParts of(FileContent content, ReadLimits limits) throws IOException {
    ZipParts parts = new ZipParts(content, limits);
    parts.readDirectory();
    return parts;
  }

  /** Whether there is a part of a name, in whatever case. */
  boolean has(String name) {
    return entries.containsKey(key(name));
  }

  /** The content of a part, decompressed; to be closed. */
  Optional<InputStream> open(String name) throws IOException {
    Entry entry = entries.get(key(name));
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.encrypted) {
      throw ExcelFailures.encrypted(content.path());
    }
    ByteBuffer head = read(entry.offset, LOCAL_LENGTH);
    if (head.getInt(0) != LOCAL) {
      throw damaged();
    }
    long start = entry.offset + LOCAL_LENGTH + unsigned(head, 26) + unsigned(head, 28);
    long length = Math.min(entry.size, content.size() - start);
    InputStream raw = new Range(start, start + length);
    if (entry.method == STORED) {
      return Optional.of(raw);
    }
    if (entry.method != DEFLATED) {
      throw ExcelFailures.method(content.path());
    }
    return Optional.of(
        new UnfoldingStream(
            new Inflating(raw), content.path(), Math.max(1, length), limits.decompressedBytes()));
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private void readDirectory() throws IOException {
    long size = content.size();
    if (size >= 4 && read(0, 4).getInt(0) == OLDER_CONTAINER) {
      throw ExcelFailures.encrypted(content.path());
    }
    int length = (int) Math.min(size, END_LENGTH + LONGEST_COMMENT);
    ByteBuffer tail = read(size - length, length);
    int at = length - END_LENGTH;
    while (at >= 0 && tail.getInt(at) != END) {
      at--;
    }
    if (at < 0) {
      throw ExcelFailures.malformed(
          content.path(), "it is no ZIP file, or one that is cut off before its end");
    }
    long directoryLength = tail.getInt(at + 12) & IN_EXTRA;
    long offset = tail.getInt(at + 16) & IN_EXTRA;
    if (at >= LOCATOR_64_LENGTH && tail.getInt(at - LOCATOR_64_LENGTH) == LOCATOR_64) {
      ByteBuffer end = read(tail.getLong(at - LOCATOR_64_LENGTH + 8), END_64_LENGTH);
      if (end.getInt(0) != END_64) {
        throw damaged();
      }
      directoryLength = end.getLong(40);
      offset = end.getLong(48);
    }
    if (directoryLength > LARGEST_DIRECTORY) {
      throw FileFailures.tooLarge(content.path(), "The directory of parts", "4 MB");
    }
    if (directoryLength < 0 || offset < 0 || offset + directoryLength > size) {
      throw damaged();
    }
    readEntries(read(offset, (int) directoryLength));
  }

  private void readEntries(ByteBuffer directory) throws IOException {
    while (directory.remaining() >= ENTRY_LENGTH) {
      int at = directory.position();
      int nameLength = unsigned(directory, at + 28);
      int extraLength = unsigned(directory, at + 30);
      int end = at + ENTRY_LENGTH + nameLength + extraLength + unsigned(directory, at + 32);
      if (directory.getInt(at) != ENTRY || end > directory.limit()) {
        throw damaged();
      }
      byte[] name = new byte[nameLength];
      directory.get(at + ENTRY_LENGTH, name);
      entries.putIfAbsent(
          key(new String(name, StandardCharsets.UTF_8)),
          entry(directory, at, at + ENTRY_LENGTH + nameLength, extraLength));
      directory.position(end);
    }
  }

  private Entry entry(ByteBuffer directory, int at, int extra, int extraLength) {
    long size = directory.getInt(at + 20) & IN_EXTRA;
    long unfolded = directory.getInt(at + 24) & IN_EXTRA;
    long offset = directory.getInt(at + 42) & IN_EXTRA;
    int end = extra + extraLength;
    for (int field = extra; field + 4 <= end; field += 4 + unsigned(directory, field + 2)) {
      if (unsigned(directory, field) != 1) {
        continue;
      }
      // The wide fields are those, in this order, whose narrow ones say that they are here.
      int wide = field + 4 + (unfolded == IN_EXTRA ? 8 : 0);
      if (size == IN_EXTRA && wide + 8 <= end) {
        size = directory.getLong(wide);
        wide += 8;
      }
      if (offset == IN_EXTRA && wide + 8 <= end) {
        offset = directory.getLong(wide);
      }
    }
    boolean encrypted = (unsigned(directory, at + 8) & 1) != 0;
    return new Entry(unsigned(directory, at + 10), encrypted, Math.max(0, size), offset);
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return bytes.getShort(at) & 0xFFFF;
  }

  private ByteBuffer read(long position, int length) throws IOException {
    if (position < 0 || position + length > content.size()) {
      throw damaged();
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (content.read(position + bytes.position(), bytes) < 0) {
        throw damaged();
      }
    }
    return bytes.flip();
  }

  private RuntimeException damaged() {
    return ExcelFailures.malformed(content.path(), "the ZIP file that it is, is damaged");
  }

  /** Gives its memory outside of the heap back when it is closed. */
  private static final class Inflating extends FilterInputStream {
    private final Inflater inflater;

    Inflating(InputStream raw) {
      this(raw, new Inflater(true));
    }

    private Inflating(InputStream raw, Inflater inflater) {
      super(new InflaterInputStream(raw, inflater, 16 * 1024));
      this.inflater = inflater;
    }

    @Override
    public void close() throws IOException {
      inflater.end();
      super.close();
    }
  }

  /** The bytes of a part as they are. */
  private final class Range extends InputStream {
    private final long end;
    private long position;

    Range(long start, long end) {
      this.position = start;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int most = (int) Math.min(length, end - position);
      if (most <= 0) {
        return length == 0 ? 0 : -1;
      }
      int count = content.read(position, ByteBuffer.wrap(bytes, offset, most));
      position += Math.max(count, 0);
      return count;
    }
  }
}
