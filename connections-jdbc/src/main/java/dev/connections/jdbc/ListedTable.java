package dev.connections.jdbc;

import dev.connections.api.Failure;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableInfo;

/** A table as a catalog lists it. */
public interface ListedTable {
  /** {@return its id in the catalog, by which rows of several queries are merged} */
  long id();

  /** {@return what a listing tells of it} */
  TableInfo info();

  /** {@return whether this login may see it; true, unless overridden} */
  default boolean visible() {
    return true;
  }

  /** {@return the failure of a table that is gone since it was listed} */
  default Failure dropped() {
    return StandardFailures.notFound("table", info().name().display());
  }
}
