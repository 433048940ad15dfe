package dev.connections.filesystem.internal.content;

import dev.connections.api.Operation;
import dev.connections.api.Registration;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.ReadLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of an open file. Cancelling the operation closes the channel, which ends a read that
 * blocks.
 */
public final class ChannelContent implements FileContent, AutoCloseable {
  private static final int GZIP_BUFFER = 16 * 1024;

  private final String path;
  private final SeekableByteChannel channel;
  private final long size;
  private final Compression compression;
  private final ReadLimits limits;
  private final Operation operation;
  private final Registration closing;

  private ChannelContent(
      String path,
      SeekableByteChannel channel,
      long size,
      boolean text,
      ReadLimits limits,
      Operation operation,
      Registration closing)
      throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = size;
    this.limits = limits;
    this.operation = operation;
    this.closing = closing;
    this.compression = text ? compressionOf() : Compression.NONE;
  }

  /**
   * {@return the content of an open file; closing it closes the channel, and so does a failure of
   * this method}
   *
   * @param path relative path
   * @param channel the open file
   * @param size in bytes
   * @param text whether the file may be compressed as a whole
   * @param limits on what a compressed file unfolds to
   * @param operation ends the reading
   * @throws IOException if the file can't be read
   */
  public static ChannelContent of(
      String path,
      SeekableByteChannel channel,
      long size,
      boolean text,
      ReadLimits limits,
      Operation operation)
      throws IOException {
    Registration closing = operation.onCancel(() -> closeQuietly(channel));
    try {
      ChannelContent content =
          new ChannelContent(path, channel, size, text, limits, operation, closing);
      content.compression.requireReadable(path);
      return content;
    } catch (IOException | RuntimeException e) {
      closing.close();
      closeQuietly(channel);
      throw e;
    }
  }

  private Compression compressionOf() throws IOException {
    ByteBuffer head = ByteBuffer.allocate(4);
    long at = 0;
    while (head.hasRemaining()) {
      int count = readRaw(at, head);
      if (count < 0) {
        break;
      }
      at += count;
    }
    return Compression.of(head.array(), head.position());
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public long size() {
    return seekable() ? size : -1;
  }

  @Override
  public boolean seekable() {
    return compression == Compression.NONE;
  }

  @Override
  public String compression() {
    return compression.id();
  }

  @Override
  public InputStream head() throws IOException {
    InputStream raw = new RawStream();
    return compression == Compression.GZIP
        ? new UnfoldingStream(
            new GZIPInputStream(raw, GZIP_BUFFER), path, size, limits.decompressedBytes())
        : raw;
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    if (!seekable()) {
      throw new UnsupportedOperationException("a compressed file has no places");
    }
    return readRaw(position, target);
  }

  private int readRaw(long position, ByteBuffer target) throws IOException {
    operation.checkpoint();
    if (channel instanceof FileChannel file) {
      return file.read(target, position);
    }
    channel.position(position);
    return channel.read(target);
  }

  /** Closes the file. */
  @Override
  public void close() {
    closing.close();
    closeQuietly(channel);
  }

  private static void closeQuietly(SeekableByteChannel channel) {
    try {
      channel.close();
    } catch (IOException nothingWasWritten) {
      // Closing a file that was only read loses nothing.
    }
  }

  /** The file's bytes as they are. */
  private final class RawStream extends InputStream {
    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = readRaw(position, ByteBuffer.wrap(bytes, offset, length));
      position += Math.max(count, 0);
      return count;
    }

    /** Not zero before the end: a decompressor looks here whether another member follows. */
    @Override
    public int available() {
      return (int) Math.max(0, Math.min(Integer.MAX_VALUE, size - position));
    }
  }
}
