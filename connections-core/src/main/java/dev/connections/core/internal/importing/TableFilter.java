package dev.connections.core.internal.importing;

import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableName;
import dev.connections.core.importing.ExclusionRule;
import dev.connections.core.importing.ExclusionRule.Reason;
import dev.connections.core.importing.ImportOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which tables the options want, and which rule keeps out the others. Safe for any thread. */
final class TableFilter {
  private final Set<TableName> tables;

  /** Schemas of which only named tables are wanted. */
  private final Set<SchemaName> narrowed;

  /** Schemas of which every table is wanted. */
  private final Set<SchemaName> whole;

  private final List<CompiledPattern> include;
  private final List<CompiledPattern> exclude;
  private final Set<TableKind> kinds;

  TableFilter(ImportOptions options) {
    tables = options.tables();
    narrowed = tables.stream().map(TableName::schema).collect(Collectors.toUnmodifiableSet());
    whole =
        options.schemas().stream()
            .filter(schema -> narrowed.stream().noneMatch(other -> mayBeSame(schema, other)))
            .collect(Collectors.toUnmodifiableSet());
    include = options.include().stream().map(CompiledPattern::of).toList();
    exclude = options.exclude().stream().map(CompiledPattern::of).toList();
    kinds = options.kinds();
  }

  /** {@return the names, if tables are wanted by name only} */
  Optional<Set<TableName>> names() {
    return !tables.isEmpty() && whole.isEmpty() ? Optional.of(tables) : Optional.empty();
  }

  /** {@return the schemas that the options name and want to be listed} */
  Set<SchemaName> wholeSchemas() {
    return whole;
  }

  /** {@return whether a schema of the source is one that the options name} */
  static boolean means(SchemaName named, SchemaName listed) {
    return named.schema().equals(listed.schema())
        && (named.catalog().isEmpty() || named.catalog().equals(listed.catalog()));
  }

  /** {@return false only if no table of the schema can be wanted} */
  boolean mayInclude(SchemaName schema) {
    return (choosesAll() || narrowed.contains(schema) || isWhole(schema))
        && (include.isEmpty() || include.stream().anyMatch(some -> some.mayMatchIn(schema)))
        && exclude.stream().noneMatch(some -> some.matchesAllOf(schema));
  }

  /** {@return the rule that keeps a table out, whatever its kind} */
  Optional<ExclusionRule> exclusion(TableName name) {
    // The patterns that win come first: a user who wonders is told of the strongest rule.
    for (CompiledPattern some : exclude) {
      if (some.matches(name)) {
        return Optional.of(ExclusionRule.excludedBy(some.pattern()));
      }
    }
    if (!choosesAll() && !tables.contains(name)) {
      if (narrowed.contains(name.schema())) {
        return Optional.of(ExclusionRule.of(Reason.TABLE_NOT_CHOSEN));
      }
      if (!isWhole(name.schema())) {
        return Optional.of(ExclusionRule.of(Reason.SCHEMA_NOT_CHOSEN));
      }
    }
    if (!include.isEmpty() && include.stream().noneMatch(some -> some.matches(name))) {
      return Optional.of(ExclusionRule.of(Reason.NO_INCLUDE_PATTERN));
    }
    return Optional.empty();
  }

  /** {@return the rule that keeps a table out} */
  Optional<ExclusionRule> exclusion(TableInfo table) {
    return exclusion(table.name())
        .or(
            () ->
                kinds.isEmpty() || kinds.contains(table.kind())
                    ? Optional.empty()
                    : Optional.of(ExclusionRule.of(Reason.KIND_NOT_CHOSEN)));
  }

  private boolean choosesAll() {
    return tables.isEmpty() && whole.isEmpty();
  }

  private boolean isWhole(SchemaName schema) {
    return whole.contains(schema)
        || (schema.catalog().isPresent() && whole.contains(SchemaName.of(schema.schema())));
  }

  private static boolean mayBeSame(SchemaName one, SchemaName other) {
    return one.schema().equals(other.schema())
        && (one.catalog().isEmpty()
            || other.catalog().isEmpty()
            || one.catalog().equals(other.catalog()));
  }
}
