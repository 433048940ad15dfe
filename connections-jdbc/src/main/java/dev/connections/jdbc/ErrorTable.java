package dev.connections.jdbc;

import dev.connections.api.ErrorCode;
import dev.connections.api.StandardErrorCode;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which SQLState, which vendor number and which type of exception mean which failure: data, read
 * from a resource.
 *
 * <p>A line holds {@code state}, an SQLState or its first two characters and {@code *}, and the id
 * of a {@link StandardErrorCode} or {@link DatabaseErrorCode}; or {@code number}, a vendor's number
 * and such an id; or {@code number}, a number, the SQLState that must come with it, and such an id,
 * which goes before the number alone; or {@code type}, the name of a class of exceptions, and such
 * an id. What follows {@code #} is a remark. Immutable and safe for any thread.
 */
public final class ErrorTable {
  private final Map<String, ErrorCode> states = new HashMap<>();
  private final Map<Integer, ErrorCode> numbers = new HashMap<>();
  private final Map<String, ErrorCode> numbersWithState = new HashMap<>();
  private final Map<Class<?>, ErrorCode> types = new LinkedHashMap<>();

  private ErrorTable() {}

  /**
   * {@return the table of a resource, and the rows that are {@linkplain #common() common} to all}
   *
   * @param owner a class of the module that holds the resource
   * @param resource its absolute name, in a folder whose name is no package name
   * @throws IllegalStateException if there is no such resource, or a line of it is malformed
   */
  public static ErrorTable read(Class<?> owner, String resource) {
    return parse(common() + Resources.text(owner, resource));
  }

  /** {@return the rows of every table that is read: what types of exception mean} */
  public static String common() {
    return Resources.text(ErrorTable.class, "/sql-queries/jdbc/types.txt");
  }

  /**
   * {@return the table that a text holds, and nothing else}
   *
   * @param text the lines of a table
   * @throws IllegalStateException if a line of it is malformed
   */
  public static ErrorTable parse(String text) {
    ErrorTable table = new ErrorTable();
    text.lines().forEach(table::add);
    return table;
  }

  private void add(String line) {
    String content = line.replaceFirst("#.*", "").strip();
    if (content.isEmpty()) {
      return;
    }
    String[] words = content.split("\\s+", -1);
    if (words.length == 3 && words[0].equals("state")) {
      states.put(words[1].toUpperCase(Locale.ROOT), codeOf(words[2]));
    } else if (words.length == 3 && words[0].equals("type")) {
      types.put(typeOf(words[1]), codeOf(words[2]));
    } else if (words.length == 3 && words[0].equals("number")) {
      numbers.put(Integer.valueOf(words[1]), codeOf(words[2]));
    } else if (words.length == 4 && words[0].equals("number")) {
      numbersWithState.put(
          both(Integer.parseInt(words[1]), words[2].toUpperCase(Locale.ROOT)), codeOf(words[3]));
    } else {
      throw new IllegalStateException("a malformed line in a table of errors: " + line);
    }
  }

  private static ErrorCode codeOf(String id) {
    return Stream.<ErrorCode>concat(
            Stream.of(StandardErrorCode.values()), Stream.of(DatabaseErrorCode.values()))
        .filter(code -> code.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("an unknown code in a table: " + id));
  }

  private static Class<?> typeOf(String name) {
    try {
      return Class.forName(name, false, ErrorTable.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("an unknown type in a table: " + name, e);
    }
  }

  private static String both(int number, String state) {
    return number + " " + state;
  }

  /**
   * {@return what a vendor's number means}
   *
   * @param number as {@code SQLException.getErrorCode} gave it
   * @param state the SQLState that came with it; empty if there was none
   */
  Optional<ErrorCode> ofNumber(int number, String state) {
    return Optional.ofNullable(numbersWithState.get(both(number, state)))
        .or(() -> Optional.ofNullable(numbers.get(number)));
  }

  /** {@return what exceptions mean by their types: of those known, the one that was read first} */
  Optional<ErrorCode> ofTypes(Collection<Throwable> thrown) {
    return types.entrySet().stream()
        .filter(row -> thrown.stream().anyMatch(row.getKey()::isInstance))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** {@return what an SQLState means, by all of it or by its class} */
  Optional<ErrorCode> ofState(String state) {
    ErrorCode exact = states.get(state);
    if (exact != null || state.length() < 2) {
      return Optional.ofNullable(exact);
    }
    return Optional.ofNullable(states.get(state.substring(0, 2) + "*"));
  }
}
