package dev.connections.filesystem;

import dev.connections.api.Internal;
import dev.connections.api.MetadataExtension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How the columns of a file were found, and how far to trust them.
 *
 * @param format the format in lower case: {@code csv}, {@code tsv}, {@code json}, {@code ndjson},
 *     {@code parquet}, {@code avro}, {@code xml}, {@code orc}, {@code delta}
 * @param charset the encoding of a text format, by its IANA name
 * @param dialect how a file of separated values is written
 * @param compression how the file is compressed, such as {@code gzip}; {@code none} if it isn't
 * @param confidence from 0, a guess, to 1, certain: what a format with a schema of its own has
 * @param sampledBytes how many bytes were looked at, after decompression
 * @param sampledRows how many rows were looked at
 * @param sampledParts how many parts of the file these came from: 1 where it was read from its
 *     start only
 * @param complete whether that was the whole file
 * @param warnings what deserves a look, one sentence each
 */
public record FileInference(
    String format,
    Optional<String> charset,
    Optional<TextDialect> dialect,
    String compression,
    double confidence,
    long sampledBytes,
    long sampledRows,
    int sampledParts,
    boolean complete,
    List<String> warnings)
    implements MetadataExtension {

  /** The extension's stable name. */
  public static final String ID = "file_inference";

  /**
   * Takes all parts at once.
   *
   * @param format the format in lower case
   * @param charset the encoding of a text format
   * @param dialect how a file of separated values is written
   * @param compression how the file is compressed
   * @param confidence from 0 to 1
   * @param sampledBytes how many bytes were looked at
   * @param sampledRows how many rows were looked at
   * @param sampledParts how many parts these came from
   * @param complete whether that was the whole file
   * @param warnings what deserves a look
   * @throws IllegalArgumentException if the confidence isn't between 0 and 1
   */
  @Internal
  public FileInference {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(charset, "charset");
    Objects.requireNonNull(dialect, "dialect");
    Objects.requireNonNull(compression, "compression");
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("a confidence of " + confidence);
    }
    warnings = List.copyOf(warnings);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("format", format);
    charset.ifPresent(name -> values.put("charset", name));
    dialect.ifPresent(written -> values.put("dialect", written.values()));
    values.put("compression", compression);
    values.put("confidence", confidence);
    values.put("sampled_bytes", sampledBytes);
    values.put("sampled_rows", sampledRows);
    values.put("sampled_parts", sampledParts);
    values.put("complete", complete);
    values.put("warnings", warnings);
    return values;
  }
}
