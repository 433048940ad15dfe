package dev.connections.filesystem.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The formats that are read. A file's format is known by its name's end; a Delta table is known by
 * the log in its directory.
 */
public enum FileFormat {
  /** Comma-separated values, or values separated by anything else. */
  CSV(true),
  /** Tab-separated values. */
  TSV(true),
  /** One JSON value. */
  JSON(true),
  /** A JSON value on each line. */
  NDJSON(true),
  /** Apache Parquet. */
  PARQUET(false),
  /** Apache Avro. */
  AVRO(false),
  /** XML with one element for each row. */
  XML(true),
  /** Apache ORC. */
  ORC(false),
  /** A directory with a Delta log. */
  DELTA(false),
  /** An Excel workbook. Its sheets are the tables, so that a listing opens it. */
  XLSX(false);

  /** Ends that name a compression of a text format; what a file really is, its bytes say. */
  private static final Set<String> COMPRESSIONS = Set.of("gz", "zst", "bz2", "zip");

  private static final Map<String, FileFormat> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("csv", CSV),
          Map.entry("tsv", TSV),
          Map.entry("tab", TSV),
          Map.entry("json", JSON),
          Map.entry("ndjson", NDJSON),
          Map.entry("jsonl", NDJSON),
          Map.entry("parquet", PARQUET),
          Map.entry("avro", AVRO),
          Map.entry("xml", XML),
          Map.entry("orc", ORC),
          Map.entry("xlsx", XLSX),
          Map.entry("xlsm", XLSX));

  private final boolean text;

  FileFormat(boolean text) {
    this.text = text;
  }

  /** {@return whether files of the format are text, and so may be compressed as a whole} */
  public boolean isText() {
    return text;
  }

  /** {@return the format's name as configurations spell it} */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the format of a name that configurations spell}
   *
   * @param id in lower case
   */
  public static Optional<FileFormat> ofId(String id) {
    return Arrays.stream(values()).filter(format -> format.id().equals(id)).findFirst();
  }

  /**
   * {@return the format of a file}
   *
   * @param name the file's name
   */
  public static Optional<FileFormat> ofName(String name) {
    int dot = name.lastIndexOf('.');
    if (dot < 1) {
      return Optional.empty();
    }
    String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    FileFormat format = BY_EXTENSION.get(extension);
    if (format == null && COMPRESSIONS.contains(extension)) {
      return ofName(name.substring(0, dot)).filter(FileFormat::isText);
    }
    return Optional.ofNullable(format);
  }
}
