package dev.connections.filesystem.internal.text;

import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.SchemaReader;
import dev.connections.filesystem.internal.text.TextSlices.Slice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Finds the columns of a file of separated values from its head, its end and parts between. Safe
 * for any thread.
 */
public final class CsvSchemaReader implements SchemaReader {
  private final String format;
  private final char expected;
  private final CsvOptions options;
  private final Optional<Parallel> whole;

  private CsvSchemaReader(
      String format, char expected, CsvOptions options, Optional<Parallel> whole) {
    this.format = format;
    this.expected = expected;
    this.options = options;
    this.whole = whole;
  }

  /**
   * {@return a reader that reads each file to its end}
   *
   * @param parallel lends threads
   */
  public CsvSchemaReader full(Parallel parallel) {
    return new CsvSchemaReader(format, expected, options, Optional.of(parallel));
  }

  /** {@return a reader of files in which a comma is the likeliest delimiter} */
  public static CsvSchemaReader csv() {
    return csv(CsvOptions.INFER);
  }

  /**
   * {@return a reader of files in which a comma is the likeliest delimiter}
   *
   * @param options what is known beforehand
   */
  public static CsvSchemaReader csv(CsvOptions options) {
    return new CsvSchemaReader("csv", '\0', options, Optional.empty());
  }

  /** {@return a reader of files in which a tab is the likeliest delimiter} */
  public static CsvSchemaReader tsv() {
    return tsv(CsvOptions.INFER);
  }

  /**
   * {@return a reader of files in which a tab is the likeliest delimiter}
   *
   * @param options what is known beforehand
   */
  public static CsvSchemaReader tsv(CsvOptions options) {
    return new CsvSchemaReader("tsv", '\t', options, Optional.empty());
  }

  @Override
  public InferredSchema read(FileContent content, ReadLimits limits, Operation operation)
      throws IOException {
    try (TextHead head = TextHead.read(content, limits, operation)) {
      TextEncoding encoding = encoding(content, head);
      Cell cell = new Cell();
      while (true) {
        operation.checkpoint();
        TextPart part =
            TextPart.of(
                head.bytes(), encoding.markLength(), head.length(), encoding, head.complete());
        DialectSniffer.Found found =
            new DialectSniffer(part, part.from(), options, expected, cell).find();
        DialectScore dialect = found.best();
        checkQuotes(content, part, dialect.openAt());
        if (dialect.width() > limits.mostColumns()) {
          throw TextFailures.manyColumns(content.path(), dialect.width(), limits.mostColumns());
        }
        boolean utf8 = part.charset().name().startsWith("UTF");
        CsvTable table = new CsvTable(dialect, utf8, cell, operation);
        CsvTable.End end = table.readHead(part, found.start());
        if (end.cut()) {
          if (head.complete()) {
            checkQuotes(content, part, end.cutAt());
          } else if (needsMore(part, end, table, limits)) {
            if (head.length() >= limits.largestRecord()) {
              throw TextFailures.longRecord(
                  content.path(), part.line(end.cutAt()), limits.largestRecord());
            }
            head.grow(limits.largestRecord());
            continue;
          }
        }
        CsvResult result = new CsvResult(format, options, part, encoding, found, table);
        if (whole.isPresent() && !head.complete()) {
          int behind = end.cut() ? end.cutAt() : part.to();
          long read = (long) behind - part.from();
          CsvScan.rest(content, encoding, read, table, limits, whole.get(), operation);
          result.scanned(content.size() < 0 ? head.length() + table.bytes() : content.size());
        } else {
          readSlices(content, head, encoding, table, result, limits, operation);
        }
        return result.schema(content, head);
      }
    }
  }

  private TextEncoding encoding(FileContent content, TextHead head) {
    Optional<TextEncoding> found = TextEncoding.of(head.bytes(), head.length(), head.complete());
    return options
        .charset()
        .map(given -> new TextEncoding(given, found.map(TextEncoding::markLength).orElse(0), false))
        .or(() -> found)
        .orElseThrow(() -> TextFailures.notText(content.path()));
  }

  private static void checkQuotes(FileContent content, TextPart part, int openAt) {
    if (openAt >= 0 && part.last()) {
      throw TextFailures.openQuote(content.path(), part.line(openAt));
    }
  }

  /** A cut record is no loss, unless it is the only one or so long that its quote may be open. */
  private static boolean needsMore(
      TextPart part, CsvTable.End end, CsvTable table, ReadLimits limits) {
    return table.rows() == 0 || (end.open() && part.to() - end.cutAt() > limits.headBytes());
  }

  private static void readSlices(
      FileContent content,
      TextHead head,
      TextEncoding encoding,
      CsvTable table,
      CsvResult result,
      ReadLimits limits,
      Operation operation)
      throws IOException {
    if (head.complete()) {
      return;
    }
    List<Slice> slices =
        TextSlices.read(content, head.length(), limits, encoding.unit(), operation);
    for (Slice slice : slices) {
      TextPart part = TextPart.of(slice.bytes(), 0, slice.length(), encoding, slice.last());
      result.slice(slice.length(), table.readSlice(part));
    }
  }
}
