package dev.connections.core.store;

import dev.connections.api.TableName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Metadata that was read from sources lately, shared by all nodes of one store: one row for each
 * schema, each table and each page of a listing of tables. A row belongs to the configuration it
 * was read with, and isn't found under another one.
 *
 * <p>Each connection has a number, {@link StoredConnection#metadataVersion}, that grows whenever
 * rows become stale or are forgotten; so other nodes see with the connection's row that what they
 * have in memory is to be looked up anew. Rows are deleted with their connection. Failures are as
 * those of {@link ConnectionStore}.
 */
public interface CachedMetadata {
  /**
   * What of a connection is read or written.
   *
   * @param account the tenant
   * @param connection the connection's id
   * @param configurationVersion the version of its configuration
   * @param metadataVersion what was known of it when the source was asked
   */
  record Place(String account, String connection, long configurationVersion, long metadataVersion) {
    /**
     * {@return the place of a connection as it is}
     *
     * @param row the connection
     */
    public static Place of(StoredConnection row) {
      return new Place(row.account(), row.id(), row.configurationVersion(), row.metadataVersion());
    }
  }

  /**
   * A row.
   *
   * @param key names the object: a JSON array of catalog or null, schema, and a table's name; a
   *     page's own name
   * @param content the metadata, as JSON
   * @param cachedAt when the source was asked
   * @param expiresAt when it isn't to be given any more
   */
  record Row(String key, String content, Instant cachedAt, Instant expiresAt) {}

  /**
   * {@return all schemas of a connection, as they were read at once; empty if they weren't, or if
   * one of them is stale}
   *
   * @param place the connection
   */
  List<Row> schemas(Place place);

  /**
   * {@return tables that were read and aren't stale; also those that have expired}
   *
   * @param place the connection
   * @param names which tables; a few hundred at most
   */
  Map<TableName, Row> tables(Place place, Collection<TableName> names);

  /**
   * Keeps the schemas of a connection in the place of all that were kept. Does nothing if the
   * connection has another configuration or another metadata version by now. Rows of the connection
   * that have expired are deleted.
   *
   * @param place the connection as it was when the source was asked
   * @param schemas all its schemas
   */
  void keepSchemas(Place place, List<Row> schemas);

  /**
   * Keeps a table, under the same conditions.
   *
   * @param place the connection as it was when the source was asked
   * @param name the table
   * @param table its row
   */
  void keepTable(Place place, TableName name, Row table);

  /**
   * {@return a page of a listing of tables that was read and isn't stale; also one that has
   * expired}
   *
   * @param place the connection
   * @param schema whose tables are listed: a JSON array of catalog or null, and schema
   * @param page what names the page among those of its schema
   */
  Optional<Row> page(Place place, String schema, String page);

  /**
   * Keeps a page of a listing, under the same conditions as a table.
   *
   * @param place the connection as it was when the source was asked
   * @param schema whose tables are listed
   * @param page its row
   */
  void keepPage(Place place, String schema, Row page);

  /**
   * Marks all pages of listings of a connection as stale. If there are none, nothing happens.
   *
   * @param account the tenant
   * @param connection the connection's id
   * @return how many pages were marked
   */
  long markPagesStale(String account, String connection);

  /**
   * Marks tables that are kept as stale, and all schemas with them. If there are none, nothing
   * happens.
   *
   * @param account the tenant
   * @param connection the connection's id
   * @param names which tables; a few hundred at most
   * @return how many tables were marked
   */
  long markStale(String account, String connection, Collection<TableName> names);

  /**
   * Forgets all that is kept of a connection, on every node.
   *
   * @param account the tenant
   * @param connection the connection's id
   */
  void forget(String account, String connection);
}
