package dev.connections.servicenow.internal;

import dev.connections.api.DataType;
import dev.connections.api.TypeKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ServiceNow's field types as neutral types. A type of the instance's own is read as its scalar.
 */
final class FieldTypes {
  private static final Map<String, Family> FAMILIES = read();
  private static final Pattern SCALE = Pattern.compile("(?:^|,)\\s*scale=(\\d{1,2})\\s*(?:,|$)");
  private static final int LONGEST_NUMBER = 38;
  private static final int LEAST_DIGITS = 15;
  private static final int USUAL_SCALE = 2;
  private static final int KEY_LENGTH = 32;

  private final Map<String, String> scalars;

  private enum Family {
    BOOLEAN,
    INTEGER,
    BIGINT,
    DOUBLE,
    DECIMAL,
    MONEY,
    DATE,
    TIMESTAMP,
    KEY,
    SENSITIVE,
    CALCULATED,
    TEXT
  }

  /**
   * @param scalars the scalar type of each of the instance's types, by its name
   */
  FieldTypes(Map<String, String> scalars) {
    this.scalars = Map.copyOf(scalars);
  }

  private static Map<String, Family> read() {
    try (InputStream resource = FieldTypes.class.getResourceAsStream("/service-now/types.txt")) {
      if (resource == null) {
        throw new IllegalStateException("the table of types is missing");
      }
      Map<String, Family> families = new HashMap<>();
      new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> line.indexOf(':') > 0 && !line.startsWith("#"))
          .forEach(line -> add(line, families));
      return Map.copyOf(families);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void add(String line, Map<String, Family> families) {
    String[] parts = line.split(":", 2);
    Family family = Family.valueOf(parts[0].toUpperCase(Locale.ROOT));
    for (String type : parts[1].strip().split(" ", -1)) {
      if (families.put(type, family) != null) {
        throw new IllegalStateException("twice in the table of types: " + type);
      }
    }
  }

  private Family family(String type) {
    Family known = FAMILIES.get(type);
    return known != null
        ? known
        : FAMILIES.getOrDefault(scalars.getOrDefault(type, ""), Family.TEXT);
  }

  /** {@return whether columns of a type aren't stored} */
  boolean calculated(String type) {
    return family(type) == Family.CALCULATED;
  }

  /** {@return whether columns of a type hold encrypted text} */
  boolean sensitive(String type) {
    return family(type) == Family.SENSITIVE;
  }

  DataType of(DictionaryRow row) {
    String type = row.type();
    return switch (family(type)) {
      case BOOLEAN -> DataType.of(TypeKind.BOOLEAN, type);
      case INTEGER -> DataType.of(TypeKind.INTEGER, type);
      case BIGINT -> DataType.of(TypeKind.BIGINT, type);
      case DOUBLE -> DataType.of(TypeKind.DOUBLE, type);
      case DECIMAL -> decimal(row);
      case MONEY -> DataType.decimal(20, 4, type);
      case DATE -> DataType.of(TypeKind.DATE, type);
      case TIMESTAMP -> DataType.of(TypeKind.TIMESTAMP, type);
      case KEY -> DataType.of(TypeKind.STRING, type).withLength(KEY_LENGTH);
      case SENSITIVE, CALCULATED, TEXT -> text(row);
    };
  }

  private static DataType decimal(DictionaryRow row) {
    int digits = row.length().orElse(LEAST_DIGITS);
    int precision = Math.min(LONGEST_NUMBER, Math.max(LEAST_DIGITS, digits));
    Matcher scale = SCALE.matcher(row.attributes());
    int behind = scale.find() ? Integer.parseInt(scale.group(1)) : USUAL_SCALE;
    return DataType.decimal(precision, Math.min(precision, behind), row.type());
  }

  private static DataType text(DictionaryRow row) {
    DataType text = DataType.of(TypeKind.STRING, row.type());
    OptionalInt length = row.length();
    return length.isPresent() ? text.withLength(length.getAsInt()) : text;
  }
}
