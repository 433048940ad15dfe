package dev.connections.filesystem.internal.adapter;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.Field;
import dev.connections.filesystem.internal.paths.Location;
import dev.connections.filesystem.internal.paths.NamePattern;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** The fields of a file-system connection. */
final class FileFields {
  /** Where the directory is. */
  enum LocationType {
    /** On the machine that runs the application. */
    LOCAL,
    /** Wherever a {@code java.nio.file} provider reaches. */
    URI
  }

  /** How the source is told who we are. */
  enum Authentication {
    /** Not at all: the rights are those of the application's account. */
    NONE
  }

  static final Field<LocationType> TYPE =
      Field.choice("type", LocationType.class)
          .label("Location")
          .help(
              "local: a directory of the machine that runs this application. uri: a directory of"
                  + " any file system the application has a provider for.")
          .preset(LocationType.LOCAL);

  static final Field<String> BASE_PATH =
      Field.text(Location.FIELD)
          .label("Directory")
          .help("Files in it, and in the directories below it, are the tables.")
          .example("/data/imports")
          .range(1, 4_096)
          .required();

  static final Field<Authentication> AUTHENTICATION =
      Field.choice("authentication.type", Authentication.class)
          .label("Authentication")
          .help("Files are read with the rights of the account that runs this application.")
          .preset(Authentication.NONE);

  static final Field<List<String>> FORMATS =
      Field.texts("supported_formats")
          .label("Formats")
          .help(
              "Only files of these formats are tables; a file's name tells its format. Of xlsx each"
                  + " sheet is one, for which a listing opens every workbook.")
          .example("csv, json, parquet")
          .allowed("csv", "tsv", "json", "ndjson", "parquet", "avro", "xml", "orc", "xlsx", "delta")
          .preset(
              List.of("csv", "tsv", "json", "ndjson", "parquet", "avro", "xml", "orc", "delta"));

  static final Field<Boolean> RECURSIVE =
      Field.flag("advanced.recursive")
          .label("Look into directories")
          .help("Whether directories below the directory are looked into as well.")
          .preset(true);

  static final Field<String> PATTERN =
      Field.text(NamePattern.FIELD)
          .label("Pattern")
          .help(
              "Only files whose path matches are tables: a glob such as sales/**/*.csv, or a"
                  + " regular expression after regex:. Left empty, all are.")
          .example("*.csv")
          .suggestions("*.csv", "**/*.parquet", "regex:.*/export_[0-9]+\\.json")
          .range(1, NamePattern.LONGEST);

  static final Field<Integer> MOST_FILES =
      Field.integer("advanced.max_files")
          .label("Most files")
          .help("A listing ends here, and says so.")
          .preset(1_000_000)
          .range(1, 10_000_000);

  static final Field<Integer> LONGEST =
      Field.integer("advanced.max_seconds")
          .label("Longest listing")
          .help(
              "After so many seconds a listing ends, and says so. Left empty, it may take as long"
                  + " as the whole operation.")
          .range(1, 86_400);

  static final Field<Integer> DEEPEST =
      Field.integer("advanced.max_depth")
          .label("Levels")
          .help("How many levels of directories are looked into.")
          .preset(64)
          .range(1, 256);

  static final Field<Boolean> FOLLOW_LINKS =
      Field.flag("advanced.follow_links")
          .label("Follow links")
          .help(
              "Whether symbolic links are followed, as long as they point to something inside the"
                  + " directory.")
          .preset(false);

  static final ConfigurationSpec SPEC =
      ConfigurationSpec.version(1)
          .group("location", "Location", TYPE, BASE_PATH)
          .group("authentication", "Authentication", AUTHENTICATION)
          .group("files", "Files", FORMATS, PATTERN, RECURSIVE)
          .group(
              "options",
              "Reading",
              ReadFields.SCAN,
              ReadFields.DIRECTORY,
              ReadFields.CHARSET,
              ReadFields.DELIMITER,
              ReadFields.QUOTING,
              ReadFields.HEADER,
              ReadFields.COMMENT,
              ReadFields.SKIPPED_LINES,
              ReadFields.ROW_TAG)
          .group(
              "advanced",
              "Advanced",
              MOST_FILES,
              DEEPEST,
              LONGEST,
              FOLLOW_LINKS,
              ReadFields.PREVIEW)
          .rule(FileFields::directory)
          .rule(FileFields::pattern)
          .rule(ReadFields::charset)
          .rule(ReadFields::marks)
          .build();

  /** Schemes that would be downloads in disguise. */
  private static final Set<String> NO_DIRECTORIES =
      Set.of("http", "https", "ftp", "mailto", "data");

  private FileFields() {}

  private static List<ConfigurationProblem> directory(Configuration configuration) {
    String path = configuration.get(BASE_PATH);
    return (configuration.get(TYPE) == LocationType.URI ? uriProblem(path) : localProblem(path))
        .stream().toList();
  }

  private static Optional<ConfigurationProblem> localProblem(String path) {
    if (path.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*")) {
      return problem(
          "Directory holds a URI, but Location is local.",
          "Choose uri as the location, or enter a path such as /data/imports.");
    }
    try {
      boolean empty = Path.of(path).getNameCount() == 0 && !Path.of(path).isAbsolute();
      return empty ? noPath() : Optional.empty();
    } catch (InvalidPathException e) {
      return noPath();
    }
  }

  private static Optional<ConfigurationProblem> noPath() {
    return problem(
        "Directory isn't a path that this system knows.", "Enter a path such as /data/imports.");
  }

  private static Optional<ConfigurationProblem> uriProblem(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      return problem(
          "Directory isn't a URI.", "Enter one such as file:///data/imports, without spaces.");
    }
    if (uri.getScheme() == null) {
      return problem(
          "Directory has no scheme.",
          "Begin with one, as in file:///data/imports, or choose local.");
    }
    if (NO_DIRECTORIES.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
      return problem(
          "Directory is a web address, which has no directories to list.",
          "Enter the URI of a file system, such as file:///data/imports.");
    }
    String authority = uri.getRawAuthority();
    if (authority != null && authority.matches("[^@]*:[^@]*@.*")) {
      return problem(
          "Directory holds a password, which would be stored and shown in plain text.",
          "Leave it out, and give the credentials to the file system's provider.");
    }
    return Optional.empty();
  }

  private static Optional<ConfigurationProblem> problem(String message, String remedy) {
    return Optional.of(ConfigurationProblem.of(BASE_PATH, message, remedy));
  }

  private static List<ConfigurationProblem> pattern(Configuration configuration) {
    Optional<String> text = configuration.find(PATTERN);
    if (text.isEmpty()) {
      return List.of();
    }
    try {
      NamePattern.of(text.get());
      return List.of();
    } catch (PatternSyntaxException e) {
      String kind = text.get().startsWith(NamePattern.REGEX) ? "regular expression" : "glob";
      return List.of(
          ConfigurationProblem.of(
              PATTERN,
              "Pattern isn't a valid " + kind + ".",
              "Look at its brackets and braces; a glob such as *.csv is enough for most cases."));
    }
  }
}
