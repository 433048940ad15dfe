package dev.connections.filesystem.internal.adapter;

import dev.connections.api.Configuration;
import dev.connections.filesystem.internal.adapter.ReadFields.Quoting;
import dev.connections.filesystem.internal.adapter.ReadFields.Scan;
import dev.connections.filesystem.internal.text.CsvOptions;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the configuration says of the files; it wins over what would be found out.
 *
 * @param whole whether text is read to its end
 * @param text how separated values are written, as far as that is given
 * @param rowTag the element that is a row of XML files
 */
record ReadOptions(boolean whole, CsvOptions text, Optional<String> rowTag) {
  static ReadOptions of(Configuration configuration) {
    return new ReadOptions(
        configuration.get(ReadFields.SCAN) == Scan.FULL,
        new CsvOptions(
            configuration.find(ReadFields.CHARSET).map(Charset::forName),
            configuration.find(ReadFields.DELIMITER).map(ReadOptions::character),
            configuration.find(ReadFields.QUOTING).map(ReadOptions::quoting),
            configuration.find(ReadFields.HEADER),
            configuration.find(ReadFields.COMMENT).map(ReadOptions::character),
            configuration
                .find(ReadFields.SKIPPED_LINES)
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty)),
        configuration.find(ReadFields.ROW_TAG));
  }

  /** The same for files of which parts are read. */
  ReadOptions sampled() {
    return new ReadOptions(false, text, rowTag);
  }

  /** A tab is hard to type into a form. */
  static char character(String text) {
    return text.equals("\\t") ? '\t' : text.charAt(0);
  }

  private static CsvOptions.Quoting quoting(Quoting named) {
    return switch (named) {
      case DOUBLED -> new CsvOptions.Quoting(Optional.of('"'), false);
      case BACKSLASH -> new CsvOptions.Quoting(Optional.of('"'), true);
      case SINGLE -> new CsvOptions.Quoting(Optional.of('\''), false);
      case NONE -> CsvOptions.Quoting.NONE;
    };
  }
}
