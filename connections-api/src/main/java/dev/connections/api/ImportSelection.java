package dev.connections.api;

import java.util.Optional;
import java.util.Set;

/** What an import wants. Immutable and safe for any thread. */
public interface ImportSelection {
  /**
   * {@return false only if no table of this schema can be wanted} Such a schema isn't listed at
   * all. It says nothing about schemas that lie beneath it.
   *
   * <p>To ask is to say that the schema exists: an adapter reports each schema it was told true
   * about by {@link MetadataSink#listingComplete} or {@link MetadataSink#listingFailed}, else the
   * import counts as incomplete.
   *
   * @param schema a schema of the source
   */
  boolean mayInclude(SchemaName schema);

  /** {@return the tables by name, where the host named them: read these and list nothing else} */
  Optional<Set<TableName>> names();

  /** {@return which sections are wanted; an adapter leaves out calls for others} */
  Set<Section> sections();

  /**
   * {@return the marker that the last complete import ended with} A source that can tell answers
   * {@link ImportEnd.Unchanged} if nothing changed since.
   */
  Optional<ChangeMarker> since();
}
