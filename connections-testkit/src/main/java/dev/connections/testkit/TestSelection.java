package dev.connections.testkit;

import dev.connections.api.ChangeMarker;
import dev.connections.api.ImportSelection;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableName;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What an import of a test wants. Immutable and safe for any thread. */
public final class TestSelection implements ImportSelection {
  private final Predicate<SchemaName> schemas;
  private final Optional<Set<TableName>> names;
  private final Set<Section> sections;
  private final Optional<ChangeMarker> since;

  private TestSelection(
      Predicate<SchemaName> schemas,
      Optional<Set<TableName>> names,
      Set<Section> sections,
      Optional<ChangeMarker> since) {
    this.schemas = schemas;
    this.names = names;
    this.sections = sections;
    this.since = since;
  }

  /** {@return a selection of every table, with every section} */
  public static TestSelection everything() {
    return new TestSelection(
        schema -> true,
        Optional.empty(),
        Set.copyOf(EnumSet.allOf(Section.class)),
        Optional.empty());
  }

  /**
   * {@return a copy for some schemas}
   *
   * @param wanted says of a schema whether its tables are wanted
   */
  public TestSelection schemas(Predicate<SchemaName> wanted) {
    return new TestSelection(wanted, names, sections, since);
  }

  /**
   * {@return a copy for tables by name}
   *
   * @param wanted the names
   */
  public TestSelection named(TableName... wanted) {
    return new TestSelection(schemas, Optional.of(Set.of(wanted)), sections, since);
  }

  /**
   * {@return a copy that wants some sections}
   *
   * @param wanted the sections
   */
  public TestSelection sections(Set<Section> wanted) {
    return new TestSelection(schemas, names, Set.copyOf(wanted), since);
  }

  /**
   * {@return a copy for an import after an earlier one}
   *
   * @param marker what the earlier import ended with
   */
  public TestSelection since(ChangeMarker marker) {
    return new TestSelection(schemas, names, sections, Optional.of(marker));
  }

  @Override
  public boolean mayInclude(SchemaName schema) {
    return schemas.test(schema);
  }

  @Override
  public Optional<Set<TableName>> names() {
    return names;
  }

  @Override
  public Set<Section> sections() {
    return sections;
  }

  @Override
  public Optional<ChangeMarker> since() {
    return since;
  }
}
