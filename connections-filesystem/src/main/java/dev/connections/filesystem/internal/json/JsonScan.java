package dev.connections.filesystem.internal.json;

import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.scan.ChunkBuffer;
import dev.connections.filesystem.internal.scan.ChunkScan;
import dev.connections.filesystem.internal.scan.ChunkScan.Found;
import dev.connections.filesystem.internal.text.ScannedText;
import dev.connections.filesystem.internal.text.TextEncoding;
import dev.connections.filesystem.internal.text.TextPart;
import java.io.IOException;

/** Adds all lines of a file behind its head. No JSON value of a line holds the line's end. */
final class JsonScan implements ChunkScan.Chunks<JsonLines> {
  private final ScannedText text;
  private final JsonLines lines;
  private final Operation operation;

  private JsonScan(ScannedText text, JsonLines lines, Operation operation) {
    this.text = text;
    this.lines = lines;
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
    ScannedText text = new ScannedText(content, encoding, limits);
    JsonScan scan = new JsonScan(text, lines, operation);
    text.rest(read, scan, scan::whole, parallel, operation);
  }

  private int whole(byte[] bytes, int length, boolean last) throws IOException {
    return lines.read(TextPart.of(bytes, 0, length, text.encoding().inUtf8(), last), 0, false);
  }

  @Override
  public void add(JsonLines found) {
    lines.merge(found);
  }

  @Override
  public Found<JsonLines> read(ChunkBuffer buffer, boolean certain, long end) throws IOException {
    JsonLines found = new JsonLines(text.content(), text.limits(), operation);
    int from = 0;
    if (!certain) {
      from = JsonLines.end(text.part(buffer), 0) + 1;
      if (from > buffer.length()) {
        return new Found<>(Found.UNSURE, end, found);
      }
    }
    long first = buffer.position() + from;
    while (true) {
      int before = (int) Math.min(buffer.length(), Math.max(0, end - buffer.position()));
      from = found.readTo(text.part(buffer), from, before, false);
      if (from >= before || buffer.last()) {
        return new Found<>(first, buffer.position() + from, found);
      }
      text.readOn(buffer, from);
    }
  }
}
