package dev.connections.filesystem.internal.scan;

import dev.connections.api.Operation;
import dev.connections.filesystem.internal.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * Reads a text to its end in one thread: where it can't be read at any place, as it is compressed,
 * or must be turned to UTF-8 first. Used by one thread.
 */
public final class StreamScan {
  private static final int CHUNK = 1024 * 1024;

  private StreamScan() {}

  /** Reads records. */
  public interface Records {
    /**
     * Reads the records that are whole.
     *
     * @param bytes the text
     * @param length how many bytes count
     * @param last whether the text ends with them
     * @return where the first record begins that isn't whole; the length if there is none
     * @throws IOException if that goes wrong
     */
    int read(byte[] bytes, int length, boolean last) throws IOException;
  }

  /**
   * Reads a text from one place on.
   *
   * @param content the file
   * @param mark how many bytes its byte order mark takes
   * @param wide its encoding, if it must be turned to UTF-8 first
   * @param skipped how many bytes to leave out behind the mark, as they are once they are turned
   * @param longest how many bytes a record may have
   * @param tooLong the failure of a longer one, of which the first byte's place is given
   * @param records reads records
   * @param operation deadline, cancellation and progress in bytes
   * @throws IOException if the file can't be read
   */
  public static void run(
      FileContent content,
      int mark,
      Optional<Charset> wide,
      long skipped,
      int longest,
      LongFunction<? extends RuntimeException> tooLong,
      Records records,
      Operation operation)
      throws IOException {
    try (InputStream raw = content.head()) {
      raw.skipNBytes(mark);
      InputStream text = wide.<InputStream>map(charset -> new Utf8Stream(raw, charset)).orElse(raw);
      text.skipNBytes(skipped);
      byte[] bytes = new byte[CHUNK];
      int length = 0;
      long done = skipped;
      boolean last = false;
      while (!last) {
        operation.checkpoint();
        int read = text.readNBytes(bytes, length, bytes.length - length);
        last = length + read < bytes.length;
        length += read;
        int whole = records.read(bytes, length, last);
        if (whole == 0 && !last) {
          if (bytes.length >= longest) {
            throw tooLong.apply(done);
          }
          bytes = Arrays.copyOf(bytes, (int) Math.min(longest, bytes.length * 2L));
          continue;
        }
        System.arraycopy(bytes, whole, bytes, 0, length - whole);
        length -= whole;
        done += whole;
        operation.progress().progress("scanning", done, OptionalLong.empty());
      }
    }
  }
}
