package dev.connections.filesystem.internal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A file in memory, for tests of readers. */
public final class MemoryContent implements FileContent {
  private final byte[] bytes;

  /** A file of some bytes. */
  public MemoryContent(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public String path() {
    return "some/file";
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public boolean seekable() {
    return true;
  }

  @Override
  public String compression() {
    return "none";
  }

  @Override
  public InputStream head() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public int read(long position, ByteBuffer target) {
    if (position >= bytes.length) {
      return -1;
    }
    int count = (int) Math.min(target.remaining(), bytes.length - position);
    target.put(bytes, (int) position, count);
    return count;
  }
}
