package dev.connections.http;

import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableName;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** The tables that a login may see, as a service listed them. Immutable. */
public interface TableList {
  /** {@return the schemas that there are} */
  Set<SchemaName> schemas();

  /** {@return all tables, in the order of their names} */
  Collection<TableInfo> tables();

  /**
   * {@return the table of a name; empty if there is none in that schema}
   *
   * @param name the full name
   */
  Optional<TableInfo> find(TableName name);
}
