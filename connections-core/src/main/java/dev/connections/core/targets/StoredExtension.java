package dev.connections.core.targets;

import dev.connections.api.MetadataExtension;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A vendor's extension as a snapshot keeps it: its id and its values, without the vendor's type.
 *
 * <p>Values are texts, booleans, {@code Long}s, {@code BigInteger}s beyond them, {@code Double}s,
 * and lists and maps of such, so that two extensions of one content are equal.
 *
 * @param id the extension's id
 * @param values its values under their names
 */
public record StoredExtension(String id, Map<String, Object> values) implements MetadataExtension {
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);

  /**
   * Copies the values and brings each to the one form that its content has here.
   *
   * @param id the extension's id
   * @param values its values under their names; what is no text, number, boolean, list or map
   *     becomes a text
   */
  public StoredExtension {
    Objects.requireNonNull(id, "id");
    values = copy(values);
  }

  /**
   * {@return an extension as a snapshot would keep it}
   *
   * @param extension a vendor's extension
   */
  public static StoredExtension of(MetadataExtension extension) {
    return extension instanceof StoredExtension stored
        ? stored
        : new StoredExtension(extension.id(), extension.values());
  }

  private static Map<String, Object> copy(Map<?, ?> values) {
    Map<String, Object> copy = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          // A plugin outside null checking may hand out null: nothing is known under that name.
          if (value != null) {
            copy.put(String.valueOf(name), plain(value));
          }
        });
    return Collections.unmodifiableMap(copy);
  }

  private static Object plain(Object value) {
    if (value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof Map<?, ?> map) {
      return copy(map);
    }
    if (value instanceof Collection<?> items) {
      return List.copyOf(
          items.stream().filter(Objects::nonNull).map(StoredExtension::plain).toList());
    }
    return value.toString();
  }

  private static Object number(Number number) {
    if (number instanceof BigInteger big) {
      boolean small = big.compareTo(LEAST) >= 0 && big.compareTo(GREATEST) <= 0;
      return small ? (Object) big.longValue() : big;
    }
    if (number instanceof Float || number instanceof Double || number instanceof BigDecimal) {
      double value = number.doubleValue();
      // JSON has no word for what isn't finite.
      return Double.isFinite(value) ? (Object) value : Double.toString(value);
    }
    return number.longValue();
  }
}
