package dev.connections.filesystem.internal.text;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.NoticeCode;
import dev.connections.api.RowCount;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.ColumnInference;
import dev.connections.filesystem.FileInference;
import dev.connections.filesystem.TextDialect;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.Warning;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Puts together what the sniffer and the table found. Used by one thread. */
final class CsvResult {
  private static final double MOST = 0.99;
  private static final double ONE_COLUMN = 0.3;
  private static final double LOW = 0.5;
  private static final int LOOK = 64 * 1024;

  private final String format;
  private final CsvOptions options;
  private final TextPart head;
  private final TextEncoding encoding;
  private final DialectSniffer.Found found;
  private final CsvTable table;
  private final List<Warning> warnings = new ArrayList<>();
  private long sliceBytes;
  private int parts = 1;
  private boolean scanned;
  private int dropped;

  CsvResult(
      String format,
      CsvOptions options,
      TextPart head,
      TextEncoding encoding,
      DialectSniffer.Found found,
      CsvTable table) {
    this.format = format;
    this.options = options;
    this.head = head;
    this.encoding = encoding;
    this.found = found;
    this.table = table;
  }

  /** Takes note of a part behind the head. */
  void slice(int length, boolean fits) {
    sliceBytes += length;
    parts += fits ? 1 : 0;
    dropped += fits ? 0 : 1;
  }

  /** Takes note that all rows were read. */
  void scanned(long bytes) {
    scanned = true;
    sliceBytes = Math.max(0, bytes - head.to());
  }

  InferredSchema schema(FileContent content, TextHead bytes) {
    boolean complete = bytes.complete() || scanned;
    if (table.columns().length == 0) {
      return empty(content, bytes);
    }
    HeaderFinder header =
        options.header().map(given -> new HeaderFinder(given, 1)).orElseGet(table::header);
    double perRow = table.rows() == 0 ? 0 : (double) table.bytes() / table.rows();
    if (!header.header()) {
      table.firstIsRow();
    }
    int count = width(header.header());
    List<String> names =
        header.header()
            ? ColumnNames.unique(given(count), count, warnings)
            : ColumnNames.numbered(count);
    double confidence = confidence(header);
    List<Column> columns = new ArrayList<>(count);
    boolean comma = false;
    for (int c = 0; c < count; c++) {
      ColumnEvidence evidence = table.columns()[c];
      comma |= evidence.decimalComma(delimiter());
      columns.add(column(names.get(c), evidence, complete, confidence));
    }
    warn(header, confidence);
    FileInference inference =
        new FileInference(
            format,
            Optional.of(encoding.charset().name()),
            Optional.of(dialect(header.header(), comma)),
            content.compression(),
            confidence,
            bytes.length() + sliceBytes,
            table.rows(),
            parts,
            complete,
            warnings.stream().map(Warning::message).toList());
    return new InferredSchema(columns, rows(content, complete, perRow), inference, warnings);
  }

  private InferredSchema empty(FileContent content, TextHead bytes) {
    warnings.add(
        Warning.of(NoticeCode.IRREGULAR, "The file is empty, so it has no columns.")
            .withRemedy("Exclude it, or write at least a line of column names."));
    FileInference inference =
        new FileInference(
            format,
            Optional.of(encoding.charset().name()),
            Optional.empty(),
            content.compression(),
            0,
            bytes.length(),
            0,
            1,
            true,
            warnings.stream().map(Warning::message).toList());
    return new InferredSchema(List.of(), Optional.of(RowCount.exactly(0)), inference, warnings);
  }

  private Optional<RowCount> rows(FileContent content, boolean complete, double perRow) {
    if (complete) {
      return Optional.of(RowCount.exactly(table.rows()));
    }
    // A character of UTF-16 takes one byte in the sample and two in the file.
    return content.size() < 0 || perRow == 0
        ? Optional.empty()
        : Optional.of(RowCount.about(Math.round(content.size() / (perRow * encoding.unit()))));
  }

  /** The header may name more columns than most rows have; a last one without anything is none. */
  private int width(boolean header) {
    int width = found.best().width();
    int named = table.firstTexts().size();
    int count = header ? Math.max(width, named) : width;
    boolean unnamed = !header || named < count || table.firstTexts().get(count - 1).isBlank();
    if (count > 1 && unnamed && table.rows() > 0 && table.columns()[count - 1].values() == 0) {
      warnings.add(
          Warning.of(
              NoticeCode.IRREGULAR,
              "Each line ends with a delimiter; the empty column behind it was left out."));
      return count - 1;
    }
    return count;
  }

  private List<String> given(int count) {
    boolean even = table.rows() > 1 && table.ragged() == 0;
    return even
        ? ColumnNames.behindRowNames(table.firstTexts(), count, warnings)
        : table.firstTexts();
  }

  private Column column(String name, ColumnEvidence evidence, boolean complete, double confidence) {
    DataType type = evidence.type(delimiter(), complete);
    if (evidence.spoiled()) {
      warnings.add(
          Warning.of(
                  NoticeCode.IRREGULAR,
                  evidence.texts()
                      + " of "
                      + evidence.values()
                      + " values seen are text where the others are of a narrower type.")
              .at(name)
              .withRemedy("Look for placeholders such as N/A, or for a late change of the data."));
    }
    if (evidence.undecidedDay()) {
      warnings.add(
          Warning.of(
                  NoticeCode.LOW_CONFIDENCE,
                  "These are days, but no value shows whether the day or the month comes first;"
                      + " the column stays text.")
              .at(name));
    }
    double sure = evidence.values() / (evidence.values() + (complete ? 0.25 : 5.0));
    OptionalInt longest =
        type.kind() == TypeKind.STRING && evidence.values() > 0
            ? OptionalInt.of(evidence.longest())
            : OptionalInt.empty();
    // A file promises of no column that it always has a value.
    return Column.builder(name, type, true)
        .extension(
            new ColumnInference(
                rounded(sure * confidence), evidence.values(), evidence.nulls(), longest))
        .build();
  }

  private double confidence(HeaderFinder header) {
    DialectScore best = found.best();
    double sure = best.share();
    sure *= best.records() < 2 ? 0.7 : best.records() < 4 ? 0.9 : 1;
    if (options.delimiter().isEmpty()) {
      sure *= found.rival() > 0.9 ? 0.6 : found.rival() > 0.75 ? 0.85 : 1;
      sure = best.width() == 1 ? Math.min(sure, ONE_COLUMN) : sure;
    }
    sure *= header.certainty() * (encoding.guessed() ? 0.9 : 1);
    return rounded(Math.min(MOST, sure));
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  private void warn(HeaderFinder header, double confidence) {
    if (encoding.guessed()) {
      warnings.add(
          Warning.of(
                  NoticeCode.LOW_CONFIDENCE, "The file isn't UTF-8; it was read as Windows-1252.")
              .withRemedy("Check letters with accents, or export the file as UTF-8."));
    }
    warnOfOptions();
    if (found.best().width() == 1 && options.delimiter().isEmpty()) {
      warnings.add(
          Warning.of(
                  NoticeCode.LOW_CONFIDENCE,
                  "No delimiter was found, so the file was read as one column.")
              .withRemedy("Check that it is a table, and which character parts its values."));
    } else if (confidence < LOW) {
      warnings.add(
          Warning.of(
              NoticeCode.LOW_CONFIDENCE,
              "How the file's values are parted, or whether it has a header, isn't certain."));
    } else if (header.certainty() < LOW + 0.2 && table.rows() > 0) {
      warnings.add(
          Warning.of(
              NoticeCode.LOW_CONFIDENCE,
              "Whether the first line holds column names isn't certain."));
    }
    if (table.ragged() > 0) {
      warnings.add(
          Warning.of(
              NoticeCode.IRREGULAR,
              table.ragged()
                  + " of "
                  + table.rows()
                  + " rows seen don't have "
                  + found.best().width()
                  + " values."));
    }
    if (table.broken() > 0) {
      warnings.add(
          Warning.of(
              NoticeCode.IRREGULAR,
              table.broken() + " rows seen have quotes where none may stand."));
    }
    if (dropped > 0) {
      warnings.add(
          Warning.of(
              NoticeCode.IRREGULAR,
              dropped + " parts of the file look unlike its start and weren't used."));
    }
  }

  /** What is configured wins; that the file looks otherwise is told. */
  private void warnOfOptions() {
    if (found.best().width() == 1 && options.delimiter().isPresent()) {
      warnings.add(
          Warning.of(
                  NoticeCode.LOW_CONFIDENCE,
                  "The delimiter that the connection names doesn't part the file's values, so it"
                      + " was read as one column.")
              .withRemedy("Leave the delimiter empty to have it found, or correct it."));
    }
    if (options.charset().isPresent() && !decodes(options.charset().get())) {
      warnings.add(
          Warning.of(
                  NoticeCode.LOW_CONFIDENCE,
                  "The file holds bytes that the encoding which the connection names doesn't have.")
              .withRemedy("Leave the encoding empty to have it found, or correct it."));
    }
  }

  /** Whether a part's beginning is of an encoding; its last character may be cut. */
  private boolean decodes(Charset charset) {
    if (!encoding.bytewise()) {
      return head.text(head.from(), Math.min(head.to(), head.from() + LOOK)).indexOf('\uFFFD') < 0;
    }
    CharsetDecoder decoder = charset.newDecoder();
    ByteBuffer bytes =
        ByteBuffer.wrap(head.data(), head.from(), Math.min(LOOK, head.to() - head.from()));
    CharBuffer target = CharBuffer.allocate(LOOK);
    return !decoder.decode(bytes, target, false).isError();
  }

  private char delimiter() {
    int delimiter = found.best().rules().delimiter();
    return delimiter == Splitter.NONE ? (format.equals("tsv") ? '\t' : ',') : (char) delimiter;
  }

  private TextDialect dialect(boolean header, boolean decimalComma) {
    Splitter.Rules rules = found.best().rules();
    return new TextDialect(
        delimiter(),
        mark(rules.quote()),
        mark(rules.escape()),
        header,
        mark(rules.comment()),
        found.skippedLines(),
        decimalComma,
        newline());
  }

  private static Optional<Character> mark(int character) {
    return character == Splitter.NONE ? Optional.empty() : Optional.of((char) character);
  }

  private TextDialect.Newline newline() {
    int feeds = 0;
    int pairs = 0;
    int returns = 0;
    byte[] data = head.data();
    for (int i = head.from(); i < head.to(); i++) {
      if (data[i] == '\n') {
        feeds++;
      } else if (data[i] == '\r') {
        boolean pair = i + 1 < head.to() && data[i + 1] == '\n';
        pairs += pair ? 1 : 0;
        returns += pair ? 0 : 1;
        i += pair ? 1 : 0;
      }
    }
    int kinds = (feeds > 0 ? 1 : 0) + (pairs > 0 ? 1 : 0) + (returns > 0 ? 1 : 0);
    if (kinds > 1) {
      return TextDialect.Newline.MIXED;
    }
    return feeds > 0
        ? TextDialect.Newline.LF
        : pairs > 0
            ? TextDialect.Newline.CRLF
            : returns > 0 ? TextDialect.Newline.CR : TextDialect.Newline.NONE;
  }
}
