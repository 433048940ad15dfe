package dev.connections.filesystem.internal.content;

import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.filesystem.internal.FileFailures;
import java.util.Locale;

/** How a file is compressed as a whole. Its first bytes say so, whatever its name says. */
enum Compression {
  NONE(0, 0),
  GZIP(2, 0x1f8b0000),
  ZSTD(4, 0x28b52ffd),
  BZIP2(3, 0x425a6800),
  ZIP(4, 0x504b0304),
  XZ(4, 0xfd377a58);

  private final int length;
  private final int magic;

  Compression(int length, int magic) {
    this.length = length;
    this.magic = magic;
  }

  /** The compression of a file that begins with some bytes, of which the first count. */
  static Compression of(byte[] head, int count) {
    for (Compression one : values()) {
      if (one.length > 0 && count >= one.length && one.begins(head)) {
        return one;
      }
    }
    return NONE;
  }

  private boolean begins(byte[] head) {
    for (int i = 0; i < length; i++) {
      if (head[i] != (byte) (magic >>> (24 - 8 * i))) {
        return false;
      }
    }
    return true;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  void requireReadable(String path) {
    if (this != NONE && this != GZIP) {
      throw Failure.of(
              StandardErrorCode.UNSUPPORTED,
              "The file '"
                  + FileFailures.shown(path)
                  + "' is compressed with "
                  + id()
                  + ", which isn't read.")
          .withRemedy(
              this == ZIP
                  ? "Take the files out of the archive; if it is an Excel workbook, name it .xlsx."
                  : "Store it uncompressed or compressed with gzip.")
          .asException();
    }
  }
}
