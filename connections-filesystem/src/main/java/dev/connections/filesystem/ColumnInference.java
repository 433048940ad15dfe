package dev.connections.filesystem;

import dev.connections.api.Internal;
import dev.connections.api.MetadataExtension;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How the type of a column was found, and how far to trust it.
 *
 * @param confidence from 0, a guess, to 1, certain
 * @param seen how many values were looked at
 * @param nulls in how many rows there was none
 * @param longest the longest value's length in characters, where values are text
 */
public record ColumnInference(double confidence, long seen, long nulls, OptionalInt longest)
    implements MetadataExtension {

  /** The extension's stable name. */
  public static final String ID = "column_inference";

  /**
   * Takes all parts at once.
   *
   * @param confidence from 0 to 1
   * @param seen how many values were looked at
   * @param nulls in how many rows there was none
   * @param longest the longest value's length in characters
   * @throws IllegalArgumentException if the confidence isn't between 0 and 1
   */
  @Internal
  public ColumnInference {
    Objects.requireNonNull(longest, "longest");
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("a confidence of " + confidence);
    }
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("confidence", confidence);
    values.put("seen", seen);
    values.put("nulls", nulls);
    longest.ifPresent(length -> values.put("longest", length));
    return values;
  }
}
