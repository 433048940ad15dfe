package dev.connections.filesystem.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.RowCount;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.SchemaReader;
import dev.connections.filesystem.internal.Warning;
import dev.connections.filesystem.internal.text.TextFailures;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the columns of a file that is one JSON value: the fields of the objects in its array, or of
 * its object; else one column {@code value}. A small file is checked to its end; of a large array
 * the first items are read. Safe for any thread.
 */
public final class JsonSchemaReader implements SchemaReader {
  /** Makes a reader. */
  public JsonSchemaReader() {}

  @Override
  public InferredSchema read(FileContent content, ReadLimits limits, Operation operation)
      throws IOException {
    operation.checkpoint();
    String path = content.path();
    ValueReader values = new ValueReader(path, limits, operation);
    try (RecordBound stream =
            new RecordBound(
                content.head(),
                limits.largestRecord(),
                () -> TextFailures.longRecord(path, 1, limits.largestRecord()),
                () -> JsonFailures.notUtf8(path));
        JsonParser parser = JsonText.factory(limits).createParser(stream)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw JsonFailures.noValue(path);
      }
      boolean complete = true;
      if (first == JsonToken.START_ARRAY) {
        complete = items(parser, stream, values, limits);
      } else {
        values.addRow(parser);
      }
      if (complete && parser.nextToken() != null) {
        throw JsonFailures.severalValues(path, parser.currentTokenLocation().getLineNr());
      }
      return result(content, stream, values, complete);
    } catch (JsonProcessingException complaint) {
      throw JsonFailures.of(complaint, path, 1);
    } catch (CharConversionException notText) {
      throw JsonFailures.notUtf8(path);
    }
  }

  /** Reads the array's items to its end, or until enough bytes were read. */
  private static boolean items(
      JsonParser parser, RecordBound stream, ValueReader values, ReadLimits limits)
      throws IOException {
    boolean any = false;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (any && stream.count() > limits.wholeValueBytes()) {
        return false;
      }
      stream.next();
      values.addRow(parser);
      any = true;
    }
    return true;
  }

  private static InferredSchema result(
      FileContent content, RecordBound stream, ValueReader values, boolean complete) {
    ValueEvidence rows = values.rows();
    long read = rows.seen() + rows.nulls();
    List<Warning> warnings = new ArrayList<>();
    if (!complete) {
      warnings.add(
          Warning.of(
                  NoticeCode.TRUNCATED,
                  "Only the first " + read + " items of the file's array were read.")
              .withRemedy("Fields that appear later are missing; NDJSON is read in more places."));
    }
    // An item takes some bytes, and so does the comma behind it: both are in the count.
    Optional<RowCount> count =
        complete
            ? Optional.of(RowCount.exactly(read))
            : content.size() < 0
                ? Optional.empty()
                : Optional.of(
                    RowCount.about(Math.round((double) content.size() * read / stream.count())));
    return new JsonResult("json", "UTF-8", content.compression(), stream.count(), 1, complete)
        .schema(rows, count, warnings);
  }
}
