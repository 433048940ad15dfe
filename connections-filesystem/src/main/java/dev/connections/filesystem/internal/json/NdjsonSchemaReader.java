package dev.connections.filesystem.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.RowCount;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.SchemaReader;
import dev.connections.filesystem.internal.Warning;
import dev.connections.filesystem.internal.text.TextEncoding;
import dev.connections.filesystem.internal.text.TextFailures;
import dev.connections.filesystem.internal.text.TextHead;
import dev.connections.filesystem.internal.text.TextPart;
import dev.connections.filesystem.internal.text.TextSlices;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the columns of a file with JSON values on lines of their own, from its head, its end and
 * parts between. Safe for any thread.
 */
public final class NdjsonSchemaReader implements SchemaReader {
  /** Makes a reader. */
  public NdjsonSchemaReader() {}

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
      Lines lines = new Lines(content, limits, operation);
      long headLines = readHead(head, encoding, lines, limits);
      long bytes = head.length();
      int parts = 1;
      if (!head.complete()) {
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
              head.complete());
      return result.schema(lines.values.rows(), count(content, head, headLines), lines.warnings());
    }
  }

  private static long readHead(TextHead head, TextEncoding encoding, Lines lines, ReadLimits limits)
      throws IOException {
    while (true) {
      TextPart part =
          TextPart.of(
              head.bytes(), encoding.markLength(), head.length(), encoding, head.complete());
      if (head.complete() || Lines.end(part, part.from()) < part.to()) {
        lines.read(part, part.from(), true);
        return lines.rows();
      }
      if (head.length() >= limits.largestRecord()) {
        throw TextFailures.longRecord(lines.content.path(), 1, limits.largestRecord());
      }
      head.grow(limits.largestRecord());
    }
  }

  private static int lineStart(TextPart part) {
    return Math.min(part.to(), Lines.end(part, part.from()) + 1);
  }

  private static Optional<RowCount> count(FileContent content, TextHead head, long rows) {
    if (head.complete()) {
      return Optional.of(RowCount.exactly(rows));
    }
    return content.size() < 0
        ? Optional.empty()
        : Optional.of(RowCount.about(Math.round((double) content.size() * rows / head.length())));
  }

  /** Reads lines, and forgives a few bad ones that aren't among the first. */
  private static final class Lines {
    private static final int FIRST = 10;
    private static final int FORGIVEN_SHARE = 10;

    private final FileContent content;
    private final Operation operation;
    private final JsonFactory factory;
    private final ValueReader values;
    private long rows;
    private boolean cutOff;
    private long good;
    private long bad;
    private long firstBad;

    Lines(FileContent content, ReadLimits limits, Operation operation) {
      this.content = content;
      this.operation = operation;
      this.factory = JsonText.factory(limits);
      this.values = new ValueReader(content.path(), limits, operation);
    }

    static int end(TextPart part, int from) {
      int p = from;
      while (p < part.to() && part.data()[p] != '\n') {
        p++;
      }
      return p;
    }

    void read(TextPart part, int start, boolean head) throws IOException {
      int from = start;
      while (from < part.to()) {
        int end = end(part, from);
        if (end == part.to() && !part.last()) {
          break;
        }
        line(part, from, end, head);
        from = end + 1;
      }
      operation.checkpoint();
      if (bad * FORGIVEN_SHARE > good + bad) {
        throw JsonFailures.badLines(content.path(), firstBad, bad);
      }
    }

    private void line(TextPart part, int from, int end, boolean head) throws IOException {
      try (JsonParser parser = factory.createParser(part.data(), from, end - from)) {
        boolean any = false;
        while (parser.nextToken() != null) {
          values.addRow(parser);
          rows++;
          any = true;
        }
        good += any ? 1 : 0;
      } catch (StreamConstraintsException tooLarge) {
        throw JsonFailures.of(tooLarge, content.path(), part.line(from));
      } catch (JsonProcessingException complaint) {
        boolean ended = end < part.to();
        if (!ended && good > 0) {
          cutOff = true; // the file is still being written, or its copy broke off
          return;
        }
        bad++;
        firstBad = bad == 1 ? part.line(from) : firstBad;
        if (head && good < FIRST) {
          if (ended && complaint instanceof JsonEOFException) {
            throw JsonFailures.badLines(content.path(), firstBad, 1);
          }
          throw JsonFailures.of(complaint, content.path(), part.line(from));
        }
      }
    }

    long rows() {
      return rows;
    }

    List<Warning> warnings() {
      List<Warning> warnings = new ArrayList<>();
      if (bad > 0) {
        warnings.add(
            Warning.of(
                    NoticeCode.IRREGULAR,
                    bad + " of " + (good + bad) + " lines seen aren't JSON values.")
                .withRemedy("Correct or remove them: readers stop there or leave them out."));
      }
      if (cutOff) {
        warnings.add(
            Warning.of(
                    NoticeCode.IRREGULAR,
                    "The file ends in the middle of its last line, which wasn't counted.")
                .withRemedy("Is it still being written? Import again once it is complete."));
      }
      return warnings;
    }
  }
}
