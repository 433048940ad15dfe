package dev.connections.filesystem.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The bytes of one open file. Who opened it closes it, and turns an {@link IOException} of these
 * methods into a failure; a reader lets it pass.
 *
 * <p>Used by one thread.
 */
public interface FileContent {
  /** {@return the path relative to the connection's directory: safe to show} */
  String path();

  /** {@return how many bytes there are, or −1 where that is unknown, as in a compressed file} */
  long size();

  /** {@return whether {@link #read} works} */
  boolean seekable();

  /** {@return how the bytes are compressed in the file, such as {@code gzip}, or {@code none}} */
  String compression();

  /**
   * {@return the content from its start, decompressed; opened anew by each call and closed by the
   * caller}
   *
   * <p>The stream of a compressed file ends with a {@code TOO_LARGE} failure where a limit on what
   * it unfolds to is reached.
   *
   * @throws IOException if the file can't be read
   */
  InputStream head() throws IOException;

  /**
   * Reads bytes from a place, as {@link java.nio.channels.FileChannel#read(ByteBuffer, long)} does.
   *
   * @param position where to start, from 0
   * @param target filled from its position
   * @return how many bytes were read, which may be fewer than fit; −1 behind the end
   * @throws IOException if the file can't be read
   * @throws UnsupportedOperationException if the file isn't {@link #seekable()}
   */
  int read(long position, ByteBuffer target) throws IOException;
}
