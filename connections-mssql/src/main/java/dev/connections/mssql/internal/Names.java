package dev.connections.mssql.internal;

import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names within SQL. */
final class Names {
  private static final int LONGEST = 128;

  private static final String PART = "(?:\\[((?:[^\\]]|\\]\\])+)\\]|([^.\\[\\]]+))";
  private static final Pattern SCHEMA_AND_TABLE =
      Pattern.compile(PART + "\\." + PART, Pattern.DOTALL);

  private Names() {}

  static String quoted(String name) {
    return '[' + name.replace("]", "]]") + ']';
  }

  static String quoted(TableName table) {
    return quoted(table.schema().schema()) + "." + quoted(table.table());
  }

  /** A name as a user writes it: {@code schema.table}, with brackets where they are needed. */
  static Optional<TableName> parse(String text) {
    Matcher matcher = SCHEMA_AND_TABLE.matcher(text);
    return matcher.matches()
        ? Optional.of(SchemaName.of(part(matcher, 1)).table(part(matcher, 3)))
        : Optional.empty();
  }

  private static String part(Matcher matcher, int group) {
    return Optional.ofNullable(matcher.group(group))
        .map(quoted -> quoted.replace("]]", "]"))
        .orElseGet(() -> matcher.group(group + 1));
  }

  /** Whether something can have the name. */
  static boolean possible(String name) {
    return name.indexOf('\0') < 0 && name.length() <= LONGEST;
  }
}
