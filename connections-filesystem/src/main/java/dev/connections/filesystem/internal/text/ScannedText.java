package dev.connections.filesystem.internal.text;

import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.scan.ChunkBuffer;
import dev.connections.filesystem.internal.scan.ChunkScan;
import dev.connections.filesystem.internal.scan.StreamScan;
import java.io.IOException;
import java.util.Optional;

/**
 * A text file that is read to its end: in chunks where it can be read at any place, else in one go.
 *
 * @param content the file
 * @param encoding its encoding
 * @param limits on a record's length
 */
public record ScannedText(FileContent content, TextEncoding encoding, ReadLimits limits) {
  /**
   * Reads what is behind the head.
   *
   * @param read how many bytes behind the byte order mark are known already, as they are in UTF-8
   *     where the encoding has wider characters
   * @param chunks reads chunks
   * @param records reads where there are none
   * @param parallel lends threads
   * @param operation deadline, cancellation and progress
   * @param <F> what is found in a chunk
   * @throws IOException if the file can't be read
   */
  public <F> void rest(
      long read,
      ChunkScan.Chunks<F> chunks,
      StreamScan.Records records,
      Parallel parallel,
      Operation operation)
      throws IOException {
    if (content.seekable() && encoding.bytewise()) {
      ChunkScan.run(content, encoding.markLength() + read, chunks, parallel, operation);
      return;
    }
    StreamScan.run(
        content,
        encoding.markLength(),
        encoding.bytewise() ? Optional.empty() : Optional.of(encoding.charset()),
        read,
        limits.largestRecord(),
        this::tooLong,
        records,
        operation);
  }

  /**
   * {@return what a buffer holds}
   *
   * @param buffer of a chunk
   */
  public TextPart part(ChunkBuffer buffer) {
    return TextPart.of(buffer.bytes(), 0, buffer.length(), encoding, buffer.last());
  }

  /**
   * Reads on, as the last record is longer than the bytes there are.
   *
   * @param buffer gets more bytes
   * @param begin where in it the record begins
   * @throws IOException if the file can't be read
   */
  public void readOn(ChunkBuffer buffer, int begin) throws IOException {
    if (buffer.length() - begin >= limits.largestRecord()) {
      throw tooLong(buffer.position() + begin);
    }
    buffer.readOn(
        content,
        (int) Math.min(2L * buffer.length(), (long) begin + limits.largestRecord()),
        content.size());
  }

  private RuntimeException tooLong(long position) {
    return TextFailures.longRecordAt(content.path(), position, limits.largestRecord());
  }
}
