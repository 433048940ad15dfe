package dev.connections.core.internal.importing;

import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.core.importing.TablePattern;

/** A pattern for tables, ready to be matched. */
record CompiledPattern(TablePattern pattern, Glob catalog, Glob schema, Glob table) {
  static CompiledPattern of(TablePattern pattern) {
    return new CompiledPattern(
        pattern, Glob.of(pattern.catalog()), Glob.of(pattern.schema()), Glob.of(pattern.table()));
  }

  boolean matches(TableName name) {
    return table.matches(name.table()) && mayMatchIn(name.schema());
  }

  boolean mayMatchIn(SchemaName name) {
    return schema.matches(name.schema()) && catalog.matches(name.catalog().orElse(""));
  }

  boolean matchesAllOf(SchemaName name) {
    return table.matchesEverything() && mayMatchIn(name);
  }
}
