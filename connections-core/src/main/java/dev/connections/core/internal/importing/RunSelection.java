package dev.connections.core.internal.importing;

import dev.connections.api.ChangeMarker;
import dev.connections.api.ImportSelection;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableName;
import java.util.Optional;
import java.util.Set;

/** What one call of the adapter is asked for. Whoever asks about a schema has found it. */
record RunSelection(
    TableFilter filter,
    Ledger ledger,
    Optional<Set<TableName>> names,
    Set<Section> sections,
    Optional<ChangeMarker> since)
    implements ImportSelection {
  @Override
  public boolean mayInclude(SchemaName schema) {
    boolean included = filter.mayInclude(schema);
    if (included) {
      ledger.include(schema);
    }
    return included;
  }
}
