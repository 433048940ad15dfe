package dev.connections.databricks;

import dev.connections.api.TableName;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A table whose files lie outside managed storage, to be registered in a catalog. Databricks reads
 * its columns from the files.
 *
 * @param name catalog, schema and table
 * @param format what the files are
 * @param location where they lie, within an external location that the login may use
 * @param tags values by name; may be empty
 */
public record ExternalTable(
    TableName name, Format format, String location, Map<String, String> tags) {
  /** What files are. */
  public enum Format {
    /** A Delta table. */
    DELTA,
    /** Parquet files. */
    PARQUET,
    /** ORC files. */
    ORC,
    /** Avro files. */
    AVRO,
    /** JSON, one object per line. */
    JSON,
    /** Text with separators. */
    CSV
  }

  /**
   * Keeps an immutable copy.
   *
   * @param name catalog, schema and table
   * @param format what the files are
   * @param location where they lie
   * @param tags values by name
   * @throws IllegalArgumentException if the name has no catalog, or the location is no absolute
   *     address
   */
  public ExternalTable {
    Objects.requireNonNull(format, "format");
    tags = Map.copyOf(tags);
    if (name.schema().catalog().isEmpty()) {
      throw new IllegalArgumentException("a table is registered in a catalog");
    }
    if (!location.matches("[a-z0-9]+://[^\\s'\\\\]+")) {
      throw new IllegalArgumentException("not a location: it begins with s3://, abfss:// or gs://");
    }
  }

  /** {@return the statements that register it, for {@link CatalogWriter#plan}} */
  public String script() {
    String table =
        identifier(name.schema().catalog().orElseThrow())
            + "."
            + identifier(name.schema().schema())
            + "."
            + identifier(name.table());
    String create =
        "CREATE TABLE IF NOT EXISTS "
            + table
            + " USING "
            + format.name().toUpperCase(Locale.ROOT)
            + " LOCATION '"
            + location
            + "';\n";
    if (tags.isEmpty()) {
      return create;
    }
    String pairs =
        tags.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(tag -> text(tag.getKey()) + " = " + text(tag.getValue()))
            .collect(Collectors.joining(", "));
    return create + "ALTER TABLE " + table + " SET TAGS (" + pairs + ");\n";
  }

  private static String identifier(String part) {
    return "`" + part.replace("`", "``") + "`";
  }

  private static String text(String value) {
    return "'"
        + value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
        + "'";
  }
}
