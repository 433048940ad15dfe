package dev.connections.databricks.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.http.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads tables one by one, and volumes, functions and models if they are wanted. */
final class SingleTables {
  private final Catalogs catalogs;
  private final boolean withObjects;
  private final Operation operation;

  SingleTables(Catalogs catalogs, boolean withObjects, Operation operation) {
    this.catalogs = catalogs;
    this.withObjects = withObjects;
    this.operation = operation;
  }

  /**
   * Refuses a name that can't be one of this connection's tables.
   *
   * @throws ConnectionException with NOT_FOUND
   */
  void check(TableName name) {
    catalogs.check(name.schema());
    UnityCatalog.check(name);
  }

  /**
   * What was found: a table, or something else that is read like one.
   *
   * @param kind what else it is; empty for a table
   */
  record Found(TableInfo info, JsonObject json, Optional<SchemaObject> kind) {
    /** {@return all that is known of it} */
    TableMetadata metadata(TableReader reader, Supplier<List<Notice>> more) {
      return kind.map(other -> other.metadata(info, json))
          .orElseGet(() -> reader.single(info, json, more));
    }
  }

  /**
   * {@return what the catalog says of a table}
   *
   * @throws ConnectionException with NOT_FOUND if there is none
   */
  Found find(TableName name) {
    check(name);
    UnityCatalog unity = catalogs.unity();
    try {
      JsonObject json = unity.table(name, operation);
      TableInfo info = TableReader.info(name.schema(), json).orElseThrow(unity::malformed);
      return new Found(info, json, Optional.empty());
    } catch (ConnectionException failed) {
      if (failed.category() != Category.NOT_FOUND || !withObjects) {
        throw failed;
      }
      return new SchemaObjects(unity, operation).find(name).orElseThrow(() -> failed);
    }
  }
}
