package dev.connections.filesystem.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.Warning;
import dev.connections.filesystem.internal.text.TextPart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads lines, and forgives a few bad ones that aren't among the first. Used by one thread. */
final class JsonLines {
  private static final int FIRST = 10;
  private static final int FORGIVEN_SHARE = 10;

  /** More names than this, and new ones still coming, are data. */
  private static final int MANY_NAMES = 1_000;

  private final FileContent content;
  private final Operation operation;
  private final JsonFactory factory;
  private final JsonFactory factoryOfManyNames;
  private final ValueReader values;
  private long rows;
  private boolean newNames;
  private boolean cutOff;
  private long good;
  private long bad;
  private long firstBad;

  JsonLines(FileContent content, ReadLimits limits, Operation operation) {
    this.content = content;
    this.operation = operation;
    this.factory = JsonText.factory(limits);
    this.factoryOfManyNames = JsonText.factoryOfManyNames(limits);
    this.values = new ValueReader(content.path(), limits, operation);
  }

  static int end(TextPart part, int from) {
    int p = from;
    while (p < part.to() && part.data()[p] != '\n') {
      p++;
    }
    return p;
  }

  /** What the lines' values have been so far. */
  ValueEvidence evidence() {
    return values.rows();
  }

  /**
   * Reads the lines that are whole.
   *
   * @return where the first line begins that isn't whole; the part's end if there is none
   */
  int read(TextPart part, int start, boolean head) throws IOException {
    int from = readTo(part, start, part.to(), head);
    check();
    return from;
  }

  /** Reads the lines that begin before an end and are whole. */
  int readTo(TextPart part, int start, int before, boolean head) throws IOException {
    int from = start;
    while (from < before) {
      int end = end(part, from);
      if (end == part.to() && !part.last()) {
        return from;
      }
      line(part, from, end, head);
      from = end + 1;
    }
    operation.checkpoint();
    return Math.min(from, part.to());
  }

  private void check() {
    if (bad * FORGIVEN_SHARE > good + bad) {
      throw JsonFailures.badLines(content.path(), firstBad, bad);
    }
  }

  /** Adds the lines of another part of the file. */
  void merge(JsonLines other) {
    values.merge(other.values);
    rows += other.rows;
    good += other.good;
    bad += other.bad;
    cutOff |= other.cutOff;
    check();
  }

  private void line(TextPart part, int from, int end, boolean head) throws IOException {
    int known = values.places();
    try (JsonParser parser = parser(part.data(), from, end - from)) {
      boolean any = false;
      while (parser.nextToken() != null) {
        values.addRow(parser);
        rows++;
        any = true;
      }
      good += any ? 1 : 0;
      newNames = values.places() > known;
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

  private JsonParser parser(byte[] data, int from, int length) throws IOException {
    if (newNames && values.places() > MANY_NAMES) {
      try {
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = strict.decode(ByteBuffer.wrap(data, from, length));
        return factoryOfManyNames.createParser(text.array(), 0, text.length());
      } catch (CharacterCodingException notUtf8) {
        // The parser of bytes says so in its own words.
      }
    }
    return factory.createParser(data, from, length);
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
