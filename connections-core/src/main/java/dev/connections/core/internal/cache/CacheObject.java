package dev.connections.core.internal.cache;

import dev.connections.api.Page;
import dev.connections.api.SchemaInfo;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import java.util.List;

/**
 * What of a source is kept: a list of schemas, a page of tables, or a table.
 *
 * @param <T> what is kept of it
 */
public sealed interface CacheObject<T> {
  /** All schemas, those of the source itself included. */
  record Schemas() implements CacheObject<List<SchemaInfo>> {
    @Override
    public int weight(List<SchemaInfo> schemas) {
      return 1 + schemas.size();
    }
  }

  /**
   * One page of tables.
   *
   * @param query which page
   */
  record Tables(TableQuery query) implements CacheObject<Page<TableInfo>> {
    @Override
    public int weight(Page<TableInfo> page) {
      return 1 + page.items().size();
    }
  }

  /**
   * One table's metadata.
   *
   * @param name the table
   */
  record Table(TableName name) implements CacheObject<TableMetadata> {
    @Override
    public int weight(TableMetadata table) {
      return 4
          + table.columns().size()
          + table.indexes().size()
          + table.foreignKeys().size()
          + table.checks().size();
    }
  }

  /**
   * {@return roughly how much room a value takes, in columns}
   *
   * @param value what is kept
   */
  int weight(T value);
}
