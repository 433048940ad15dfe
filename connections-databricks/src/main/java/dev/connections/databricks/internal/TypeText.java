package dev.connections.databricks.internal;

import dev.connections.api.DataType;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a type as SQL spells it: {@code array<struct<a:int,b c:decimal(5,2)>>}. Names of fields may
 * stand in backticks or bare, with or without a space behind the colon.
 *
 * <p>The names of types are those of the SQL reference, <a
 * href="https://docs.databricks.com/sql/language-manual/sql-ref-datatypes">data types</a>.
 */
final class TypeText {
  private static final int DEEPEST = 100;

  static final Map<String, TypeKind> KINDS =
      Map.ofEntries(
          Map.entry("boolean", TypeKind.BOOLEAN),
          Map.entry("tinyint", TypeKind.TINYINT),
          Map.entry("byte", TypeKind.TINYINT),
          Map.entry("smallint", TypeKind.SMALLINT),
          Map.entry("short", TypeKind.SMALLINT),
          Map.entry("int", TypeKind.INTEGER),
          Map.entry("integer", TypeKind.INTEGER),
          Map.entry("bigint", TypeKind.BIGINT),
          Map.entry("long", TypeKind.BIGINT),
          Map.entry("float", TypeKind.FLOAT),
          Map.entry("real", TypeKind.FLOAT),
          Map.entry("double", TypeKind.DOUBLE),
          Map.entry("decimal", TypeKind.DECIMAL),
          Map.entry("dec", TypeKind.DECIMAL),
          Map.entry("numeric", TypeKind.DECIMAL),
          Map.entry("string", TypeKind.STRING),
          Map.entry("char", TypeKind.STRING),
          Map.entry("varchar", TypeKind.STRING),
          Map.entry("binary", TypeKind.BINARY),
          Map.entry("date", TypeKind.DATE),
          Map.entry("timestamp", TypeKind.TIMESTAMP),
          Map.entry("timestamp_ltz", TypeKind.TIMESTAMP),
          Map.entry("timestamp_ntz", TypeKind.TIMESTAMP_NTZ),
          Map.entry("interval", TypeKind.INTERVAL),
          Map.entry("variant", TypeKind.VARIANT),
          Map.entry("geometry", TypeKind.GEOMETRY),
          Map.entry("geography", TypeKind.GEOMETRY));

  private final String text;
  private int at;

  private TypeText(String text) {
    this.text = text;
  }

  /** {@return the type; one of the kind OTHER where the text can't be read to its end} */
  static DataType parse(String text) {
    TypeText reader = new TypeText(text);
    Optional<DataType> type = reader.type(0);
    reader.spaces();
    return type.filter(read -> reader.at == text.length())
        .map(read -> spelled(read, text))
        .orElseGet(() -> DataType.of(TypeKind.OTHER, text));
  }

  private static DataType spelled(DataType type, String text) {
    return new DataType(
        type.kind(), text, type.length(), type.precision(), type.scale(), type.children());
  }

  private Optional<DataType> type(int depth) {
    spaces();
    int start = at;
    String name = word().toLowerCase(Locale.ROOT);
    if (name.isEmpty() || depth > DEEPEST) {
      return Optional.empty();
    }
    spaces();
    Optional<DataType> type =
        switch (name) {
          case "array" -> array(depth);
          case "map" -> map(depth);
          case "struct" -> struct(depth);
          default -> simple(name);
        };
    return type.map(read -> spelled(read, text.substring(start, at).strip()));
  }

  private Optional<DataType> array(int depth) {
    Optional<DataType> element = take('<') ? type(depth + 1) : Optional.empty();
    return element.filter(type -> take('>')).map(type -> DataType.array(type, true, "array"));
  }

  private Optional<DataType> map(int depth) {
    Optional<DataType> key = take('<') ? type(depth + 1) : Optional.empty();
    if (key.isEmpty() || !take(',')) {
      return Optional.empty();
    }
    Optional<DataType> value = type(depth + 1);
    return value.filter(type -> take('>')).map(type -> DataType.map(key.get(), type, true, "map"));
  }

  private Optional<DataType> struct(int depth) {
    List<TypeField> fields = new ArrayList<>();
    if (!take('<')) {
      return Optional.empty();
    }
    if (take('>')) {
      return Optional.of(DataType.struct(fields, "struct"));
    }
    do {
      Optional<TypeField> field = field(depth);
      if (field.isEmpty()) {
        return Optional.empty();
      }
      fields.add(field.get());
    } while (take(','));
    return take('>') ? Optional.of(DataType.struct(fields, "struct")) : Optional.empty();
  }

  private Optional<TypeField> field(int depth) {
    spaces();
    Optional<String> name = peek() == '`' ? quoted('`') : Optional.of(bareName());
    if (name.isEmpty() || !take(':')) {
      return Optional.empty();
    }
    Optional<DataType> type = type(depth + 1);
    boolean nullable = !words("not", "null");
    Optional<String> comment = words("comment") ? quoted('\'') : Optional.empty();
    return type.map(read -> new TypeField(name.get(), read, nullable, comment));
  }

  /** A bare name goes up to the colon: it may hold spaces. */
  private String bareName() {
    int colon = text.indexOf(':', at);
    String name = colon < 0 ? "" : text.substring(at, colon).strip();
    at = colon < 0 ? text.length() : colon;
    return name;
  }

  private Optional<String> quoted(char quote) {
    spaces();
    StringBuilder name = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quote == '\'' && c == '\\' && at + 1 < text.length()) {
        name.append(text.charAt(++at));
      } else if (c != quote) {
        name.append(c);
      } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
        name.append(text.charAt(++at));
      } else {
        at++;
        return Optional.of(name.toString());
      }
    }
    return Optional.empty();
  }

  private Optional<DataType> simple(String name) {
    TypeKind kind = KINDS.getOrDefault(name, TypeKind.OTHER);
    if (kind == TypeKind.INTERVAL) {
      while (Character.isLetter(peek()) && !words("not", "null")) {
        word();
        spaces();
      }
      return Optional.of(DataType.of(kind, name));
    }
    List<String> arguments = arguments();
    if (words("collate")) {
      spaces();
      word();
    }
    return Optional.of(sized(kind, name, arguments));
  }

  private static DataType sized(TypeKind kind, String name, List<String> arguments) {
    List<Integer> numbers =
        arguments.stream()
            .filter(text -> text.matches("[0-9]{1,9}"))
            .map(Integer::valueOf)
            .toList();
    if (kind == TypeKind.DECIMAL) {
      int precision = numbers.isEmpty() ? 10 : numbers.get(0);
      return DataType.decimal(precision, numbers.size() < 2 ? 0 : numbers.get(1), name);
    }
    DataType type = DataType.of(kind, name);
    boolean bounded = kind == TypeKind.STRING && !numbers.isEmpty();
    return bounded ? type.withLength(numbers.get(0)) : type;
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (peek() == '(') {
      int end = text.indexOf(')', at);
      if (end > 0) {
        for (String argument : text.substring(at + 1, end).split(",", -1)) {
          arguments.add(argument.strip());
        }
        at = end + 1;
      }
    }
    return arguments;
  }

  private boolean words(String... wanted) {
    int before = at;
    for (String each : wanted) {
      spaces();
      if (!word().equalsIgnoreCase(each)) {
        at = before;
        return false;
      }
    }
    return true;
  }

  private String word() {
    int start = at;
    while (Character.isLetterOrDigit(peek()) || peek() == '_') {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean take(char wanted) {
    spaces();
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void spaces() {
    while (peek() != 0 && Character.isWhitespace(peek())) {
      at++;
    }
  }
}
