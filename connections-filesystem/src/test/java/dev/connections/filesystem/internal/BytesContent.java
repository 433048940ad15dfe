package dev.connections.filesystem.internal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A file that lies in memory; one that isn't seekable doesn't know its size either. */
public final class BytesContent implements FileContent {
  private final byte[] bytes;
  private final boolean seekable;
  private final Runnable onRead;

  private BytesContent(byte[] bytes, boolean seekable, Runnable onRead) {
    this.bytes = bytes;
    this.seekable = seekable;
    this.onRead = onRead;
  }

  public static BytesContent of(byte[] bytes) {
    return new BytesContent(bytes, true, () -> {});
  }

  public static BytesContent of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public BytesContent streamed() {
    return new BytesContent(bytes, false, onRead);
  }

  /** The same file; something happens each time before a part of it is read. */
  public BytesContent onRead(Runnable event) {
    return new BytesContent(bytes, seekable, event);
  }

  @Override
  public String path() {
    return "folder/some.csv";
  }

  @Override
  public long size() {
    return seekable ? bytes.length : -1;
  }

  @Override
  public boolean seekable() {
    return seekable;
  }

  @Override
  public String compression() {
    return seekable ? "none" : "gzip";
  }

  @Override
  public InputStream head() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public int read(long position, ByteBuffer target) {
    onRead.run();
    if (position >= bytes.length) {
      return -1;
    }
    int length = (int) Math.min(target.remaining(), bytes.length - position);
    target.put(bytes, (int) position, length);
    return length;
  }
}
