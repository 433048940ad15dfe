package dev.connections.filesystem.internal.scan;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A text of any encoding, as UTF-8. Used by one thread. */
public final class Utf8Stream extends InputStream {
  private static final int CHARACTERS = 32 * 1024;

  private final Reader reader;
  private final char[] characters = new char[CHARACTERS];
  private int kept;
  private byte[] bytes = new byte[0];
  private int at;

  /**
   * Makes a stream.
   *
   * @param stream the text, behind its byte order mark; closed with this one
   * @param charset its encoding
   */
  public Utf8Stream(InputStream stream, Charset charset) {
    reader = new InputStreamReader(stream, charset);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (at == bytes.length) {
      int read = reader.read(characters, kept, CHARACTERS - kept);
      if (read < 0 && kept == 0) {
        return -1;
      }
      int count = kept + Math.max(read, 0);
      // The halves of a character outside the basic plane belong together.
      kept = read >= 0 && Character.isHighSurrogate(characters[count - 1]) ? 1 : 0;
      bytes = new String(characters, 0, count - kept).getBytes(StandardCharsets.UTF_8);
      at = 0;
      characters[0] = characters[count - 1];
    }
    int count = Math.min(length, bytes.length - at);
    System.arraycopy(bytes, at, target, offset, count);
    at += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
