package dev.connections.store.jdbc;

import java.util.Locale;

/** How values of enumerations are spelled in the tables: their names in lower case. */
final class StoredName {
  private StoredName() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
