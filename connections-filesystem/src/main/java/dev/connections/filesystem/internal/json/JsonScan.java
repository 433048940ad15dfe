package dev.connections.filesystem.internal.json;

import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.scan.ChunkBuffer;
import dev.connections.filesystem.internal.scan.ChunkScan;
import dev.connections.filesystem.internal.scan.ChunkScan.Found;
import dev.connections.filesystem.internal.scan.StreamScan;
import dev.connections.filesystem.internal.text.TextEncoding;
import dev.connections.filesystem.internal.text.TextFailures;
import dev.connections.filesystem.internal.text.TextPart;
import java.io.IOException;
import java.util.Optional;

/** Adds all lines of a file behind its head. No JSON value of a line holds the line's end. */
final class JsonScan implements ChunkScan.Chunks<JsonLines> {
  private final FileContent content;
  private final TextEncoding encoding;
  private final JsonLines lines;
  private final ReadLimits limits;
  private final Operation operation;

  private JsonScan(
      FileContent content,
      TextEncoding encoding,
      JsonLines lines,
      ReadLimits limits,
      Operation operation) {
    this.content = content;
    this.encoding = encoding;
    this.lines = lines;
    this.limits = limits;
    this.operation = operation;
  }

  /**
   * Reads a file to its end.
   *
   * @param content the file
   * @param encoding its encoding
   * @param read how many bytes behind the byte order mark are known already, as they are in UTF-8
   *     where the encoding has wider characters
   * @param lines gets the values
   * @param limits on a line's length
   * @param parallel lends threads
   * @param operation deadline, cancellation and progress
   */
  static void rest(
      FileContent content,
      TextEncoding encoding,
      long read,
      JsonLines lines,
      ReadLimits limits,
      Parallel parallel,
      Operation operation)
      throws IOException {
    JsonScan scan = new JsonScan(content, encoding, lines, limits, operation);
    if (content.seekable() && encoding.bytewise()) {
      ChunkScan.run(content, encoding.markLength() + read, scan, parallel, operation);
      return;
    }
    StreamScan.run(
        content,
        encoding.markLength(),
        encoding.bytewise() ? Optional.empty() : Optional.of(encoding.charset()),
        read,
        limits.largestRecord(),
        scan::tooLong,
        scan::whole,
        operation);
  }

  private RuntimeException tooLong(long position) {
    return TextFailures.longRecordAt(content.path(), position, limits.largestRecord());
  }

  private int whole(byte[] bytes, int length, boolean last) throws IOException {
    return lines.read(TextPart.of(bytes, 0, length, encoding.inUtf8(), last), 0, false);
  }

  @Override
  public void add(JsonLines found) {
    lines.merge(found);
  }

  @Override
  public Found<JsonLines> read(ChunkBuffer buffer, boolean certain, long end) throws IOException {
    JsonLines found = new JsonLines(content, limits, operation);
    int from = 0;
    if (!certain) {
      from = JsonLines.end(part(buffer), 0) + 1;
      if (from > buffer.length()) {
        return new Found<>(Found.UNSURE, end, found);
      }
    }
    long first = buffer.position() + from;
    while (true) {
      int before = (int) Math.min(buffer.length(), Math.max(0, end - buffer.position()));
      from = found.readTo(part(buffer), from, before, false);
      if (from >= before || buffer.last()) {
        return new Found<>(first, buffer.position() + from, found);
      }
      if (buffer.length() - from >= limits.largestRecord()) {
        throw tooLong(buffer.position() + from);
      }
      buffer.readOn(
          content,
          (int) Math.min(2L * buffer.length(), (long) from + limits.largestRecord()),
          content.size());
    }
  }

  private TextPart part(ChunkBuffer buffer) {
    return TextPart.of(buffer.bytes(), 0, buffer.length(), encoding, buffer.last());
  }
}
