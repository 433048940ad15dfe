package dev.connections.filesystem.internal.text;

import dev.connections.api.Column;
import dev.connections.api.Operation;
import dev.connections.filesystem.TextDialect;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first rows of a file of separated values, as its schema says they are written. */
public final class CsvRows {
  private CsvRows() {}

  /**
   * {@return the first rows, one value for each column; fewer if the file has fewer}
   *
   * @param content the file
   * @param schema what was found of it
   * @param most how many rows
   * @param limits how much is read: rows beyond the head aren't shown
   * @param operation deadline and cancellation
   * @throws IOException if the file can't be read
   */
  public static List<List<Optional<Object>>> first(
      FileContent content, InferredSchema schema, int most, ReadLimits limits, Operation operation)
      throws IOException {
    List<List<Optional<Object>>> rows = new ArrayList<>();
    if (schema.inference().dialect().isEmpty()) {
      return rows; // an empty file
    }
    TextDialect dialect = schema.inference().dialect().get();
    try (TextHead head = TextHead.read(content, limits, operation)) {
      int mark =
          TextEncoding.of(head.bytes(), head.length(), head.complete())
              .map(TextEncoding::markLength)
              .orElse(0);
      Charset charset = Charset.forName(schema.inference().charset().orElse("UTF-8"));
      TextPart part =
          TextPart.of(
              head.bytes(),
              mark,
              head.length(),
              new TextEncoding(charset, mark, false),
              head.complete());
      Splitter records =
          new Splitter(part, behindLines(part, dialect.skippedLines()), rules(dialect));
      boolean named = dialect.header();
      while (rows.size() < most && records.next() && records.whole() && !records.open()) {
        if (named) {
          named = false;
          continue;
        }
        rows.add(row(part, records, schema.columns(), dialect));
      }
    }
    return rows;
  }

  private static int behindLines(TextPart part, int lines) {
    int at = part.from();
    for (int line = 0; line < lines; line++) {
      while (at < part.to() && !Splitter.endsLine(part.data()[at])) {
        at++;
      }
      boolean pair = at + 1 < part.to() && part.data()[at] == '\r' && part.data()[at + 1] == '\n';
      at = Math.min(part.to(), at + (pair ? 2 : 1));
    }
    return at;
  }

  private static Splitter.Rules rules(TextDialect dialect) {
    return new Splitter.Rules(
        dialect.delimiter(),
        number(dialect.quote()),
        number(dialect.escape()),
        number(dialect.comment()));
  }

  private static int number(Optional<Character> mark) {
    return mark.map(character -> (int) character).orElse(Splitter.NONE);
  }

  private static List<Optional<Object>> row(
      TextPart part, Splitter records, List<Column> columns, TextDialect dialect) {
    List<Optional<Object>> values = new ArrayList<>(columns.size());
    for (int c = 0; c < columns.size(); c++) {
      if (c >= records.width()) {
        values.add(Optional.empty());
        continue;
      }
      String text = part.text(records.start(c), records.end(c));
      String plain = CsvTable.unescaped(text, rules(dialect));
      String shown = records.quoted(c) ? plain : plain.strip();
      values.add(TypedText.of(shown, columns.get(c).type(), dialect.decimalComma()));
    }
    return values;
  }
}
