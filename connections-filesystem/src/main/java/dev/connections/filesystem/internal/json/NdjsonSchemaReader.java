package dev.connections.filesystem.internal.json;

import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.api.RowCount;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.SchemaReader;
import dev.connections.filesystem.internal.text.TextEncoding;
import dev.connections.filesystem.internal.text.TextFailures;
import dev.connections.filesystem.internal.text.TextHead;
import dev.connections.filesystem.internal.text.TextPart;
import dev.connections.filesystem.internal.text.TextSlices;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds the columns of a file with JSON values on lines of their own, from its head, its end and
 * parts between. Safe for any thread.
 */
public final class NdjsonSchemaReader implements SchemaReader {
  private final Optional<Parallel> whole;

  /** Makes a reader of samples. */
  public NdjsonSchemaReader() {
    this.whole = Optional.empty();
  }

  /**
   * Makes a reader that reads each file to its end.
   *
   * @param parallel lends threads
   */
  public NdjsonSchemaReader(Parallel parallel) {
    this.whole = Optional.of(parallel);
  }

  @Override
  public InferredSchema read(FileContent content, ReadLimits limits, Operation operation)
      throws IOException {
    try (TextHead head = TextHead.read(content, limits, operation)) {
      TextEncoding encoding =
          TextEncoding.of(head.bytes(), head.length(), head.complete())
              .orElseThrow(() -> TextFailures.notText(content.path()));
      if (encoding.guessed()) {
        throw JsonFailures.notUtf8(content.path());
      }
      JsonLines lines = new JsonLines(content, limits, operation);
      long behind = readHead(content, head, encoding, lines, limits);
      long headRows = lines.rows();
      long bytes = head.length();
      int parts = 1;
      boolean scanned = whole.isPresent() && !head.complete();
      if (scanned) {
        JsonScan.rest(content, encoding, behind, lines, limits, whole.get(), operation);
        bytes = Math.max(bytes, content.size());
      } else if (!head.complete()) {
        for (TextSlices.Slice slice :
            TextSlices.read(content, head.length(), limits, encoding.unit(), operation)) {
          TextPart part = TextPart.of(slice.bytes(), 0, slice.length(), encoding, slice.last());
          lines.read(part, lineStart(part), false);
          bytes += slice.length();
          parts++;
        }
      }
      JsonResult result =
          new JsonResult(
              "ndjson",
              encoding.charset().name(),
              content.compression(),
              bytes,
              parts,
              head.complete() || scanned);
      Optional<RowCount> count =
          scanned ? Optional.of(RowCount.exactly(lines.rows())) : count(content, head, headRows);
      return result.schema(lines.evidence(), count, lines.warnings());
    }
  }

  /** Reads the first lines, and says how many bytes behind the byte order mark they take. */
  private static long readHead(
      FileContent content, TextHead head, TextEncoding encoding, JsonLines lines, ReadLimits limits)
      throws IOException {
    while (true) {
      TextPart part =
          TextPart.of(
              head.bytes(), encoding.markLength(), head.length(), encoding, head.complete());
      if (head.complete() || JsonLines.end(part, part.from()) < part.to()) {
        int behind = lines.read(part, part.from(), true);
        return (long) behind - part.from();
      }
      if (head.length() >= limits.largestRecord()) {
        throw TextFailures.longRecord(content.path(), 1, limits.largestRecord());
      }
      head.grow(limits.largestRecord());
    }
  }

  private static int lineStart(TextPart part) {
    return Math.min(part.to(), JsonLines.end(part, part.from()) + 1);
  }

  private static Optional<RowCount> count(FileContent content, TextHead head, long rows) {
    if (head.complete()) {
      return Optional.of(RowCount.exactly(rows));
    }
    return content.size() < 0
        ? Optional.empty()
        : Optional.of(RowCount.about(Math.round((double) content.size() * rows / head.length())));
  }
}
