package dev.connections.filesystem.internal.adapter;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.Field;
import dev.connections.filesystem.internal.xml.XmlSchemaReader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of a file-system connection that say how its files are written and read. */
final class ReadFields {
  static final Field<String> ROW_TAG =
      Field.text(XmlSchemaReader.ROW_TAG_FIELD)
          .label("Row element")
          .help(
              "The element that is a row of an XML file. Left empty, it is the element that is"
                  + " repeated most, nearest to the root.")
          .example("book")
          .range(1, 200);

  /** How much of a text file is read. */
  enum Scan {
    /** Its beginning, its end and parts between. */
    FAST,
    /** All of it. */
    FULL
  }

  /** How values are quoted. */
  enum Quoting {
    /** By double quotes; one within is written twice. */
    DOUBLED,
    /** By double quotes; before one within stands a backslash. */
    BACKSLASH,
    /** By single quotes; one within is written twice. */
    SINGLE,
    /** Not at all: quotes are characters like any other. */
    NONE
  }

  static final Field<Scan> SCAN =
      Field.choice("options.scan", Scan.class)
          .label("Scan")
          .help(
              "fast: types are found in parts of each text file, in milliseconds. full: text files"
                  + " are read to their end, so that types, absent values and numbers of rows are"
                  + " exact.")
          .preset(Scan.FAST);

  /** What the files of a directory are. */
  enum Directory {
    /** A table each. */
    FILES,
    /** One table together, where they have one format. */
    ONE_TABLE
  }

  static final Field<Directory> DIRECTORY =
      Field.choice("options.directory", Directory.class)
          .label("Directories")
          .help(
              "files: each file is a table. one_table: the files of one format in a directory are"
                  + " one table; those of other formats are tables of their own.")
          .preset(Directory.FILES);

  static final Field<String> CHARSET =
      Field.text("options.charset")
          .label("Encoding")
          .help("The encoding of CSV and TSV files. Left empty, it is found out.")
          .suggestions("UTF-8", "windows-1252", "ISO-8859-15", "UTF-16LE")
          .range(1, 40);

  static final Field<String> DELIMITER =
      Field.text("options.delimiter")
          .label("Delimiter")
          .help(
              "What stands between the values of CSV files; \\t is a tab. Left empty, it is found out.")
          .suggestions(",", ";", "\\t", "|")
          .range(1, 2);

  static final Field<Quoting> QUOTING =
      Field.choice("options.quoting", Quoting.class)
          .label("Quoting")
          .help("How values of CSV and TSV files are quoted. Left empty, it is found out.");

  static final Field<Boolean> HEADER =
      Field.flag("options.header")
          .label("Header")
          .help(
              "Whether the first line of CSV and TSV files holds names. Left empty, it is found out.");

  static final Field<String> COMMENT =
      Field.text("options.comment")
          .label("Comment")
          .help("The character with which comment lines of CSV and TSV files begin.")
          .example("#")
          .range(1, 1);

  static final Field<Integer> SKIPPED_LINES =
      Field.integer("options.skip_lines")
          .label("Lines to skip")
          .help(
              "How many lines stand above the names in CSV and TSV files. Left empty, it is found out.")
          .range(0, 1_000);

  static final Field<Boolean> PREVIEW =
      Field.flag("advanced.row_preview")
          .label("Show rows")
          .help("Whether users may look at the first rows of text files, and not only at columns.")
          .preset(false);

  private ReadFields() {}

  static List<ConfigurationProblem> charset(Configuration configuration) {
    Optional<String> name = configuration.find(CHARSET);
    try {
      if (name.isEmpty() || Charset.isSupported(name.get())) {
        return List.of();
      }
    } catch (IllegalCharsetNameException e) {
      // Then it is none that Java knows, either.
    }
    return List.of(
        ConfigurationProblem.of(
            CHARSET,
            "Encoding isn't one that this application knows.",
            "Enter a name such as UTF-8 or windows-1252, or leave it empty."));
  }

  static List<ConfigurationProblem> marks(Configuration configuration) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    for (Field<String> field : List.of(DELIMITER, COMMENT)) {
      Optional<String> text = configuration.find(field);
      boolean one = text.isEmpty() || text.get().length() == 1 || text.get().equals("\\t");
      boolean usable =
          text.isEmpty()
              || (ReadOptions.character(text.get()) < 128
                  && "\r\n\"'\0".indexOf(ReadOptions.character(text.get())) < 0);
      if (!one || !usable) {
        problems.add(
            ConfigurationProblem.of(
                field,
                field.label() + " isn't a single ASCII character that may be one.",
                "Enter one such as a comma or a semicolon, or \\t for a tab."));
      }
    }
    boolean same =
        configuration.find(DELIMITER).isPresent()
            && configuration.find(DELIMITER).equals(configuration.find(COMMENT));
    if (problems.isEmpty() && same) {
      problems.add(
          ConfigurationProblem.of(
              COMMENT,
              "Comment is the same character as Delimiter.",
              "Enter another one, or leave it empty."));
    }
    return problems;
  }
}
