package dev.connections.api;

import java.util.List;
import java.util.Optional;

/**
 * One source, seen through one configuration. Safe for any thread: several calls may run at the
 * same time.
 *
 * <p>Every call gets an {@link Operation} with a deadline and obeys its cancellation. A call that
 * fails throws a {@link ConnectionException} with a precise code; any other exception is a defect
 * of the adapter.
 */
public interface ConnectionAdapter extends AutoCloseable {
  /**
   * Tests the source step by step. A failed test is a value, not an exception. What it costs
   * doesn't depend on how much the source holds.
   *
   * @param operation deadline and cancellation
   * @return what was tried, in order, and how it went
   * @throws ConnectionException with {@link StandardErrorCode#CANCELLED} only
   */
  TestResult test(Operation operation);

  /**
   * Lists the schemas this login may see.
   *
   * @param operation deadline and cancellation
   * @return the schemas, in the order of their names
   * @throws ConnectionException if the source can't be listed
   */
  List<SchemaInfo> listSchemas(Operation operation);

  /**
   * Lists the tables of one schema, a page at a time. For browsing; an import lists by itself.
   *
   * @param query which schema, which names, how many
   * @param operation deadline and cancellation
   * @return a page; its token leads to the next one
   * @throws ConnectionException with {@link StandardErrorCode#NOT_FOUND} if there is no such
   *     schema, or another code if it can't be listed
   */
  Page<TableInfo> listTables(TableQuery query, Operation operation);

  /**
   * Reads the metadata of one table, with every section this adapter can read.
   *
   * @param table the table's name as listed
   * @param operation deadline and cancellation
   * @return the metadata
   * @throws ConnectionException with {@link StandardErrorCode#NOT_FOUND} if there is no such table,
   *     or another code if it can't be read
   */
  TableMetadata getTableMetadata(TableName table, Operation operation);

  /**
   * Lists and reads in one pass. For each table of a wanted schema the adapter calls {@link
   * MetadataSink#listed} and reads the table only on {@link MetadataSink.Decision#READ}; every
   * table answered so ends in exactly one {@link MetadataSink#table} or {@link
   * MetadataSink#failed}. {@link MetadataSink#proceed} is called once, as soon as the cost is known
   * and before expensive calls.
   *
   * @param selection which schemas, tables and sections are wanted
   * @param sink where it all goes; it is never called from within a remote call
   * @param operation deadline and cancellation
   * @return how the read ended
   * @throws ConnectionException if the read broke off; the tables still open are then booked as
   *     failed by the caller
   */
  ImportEnd importMetadata(ImportSelection selection, MetadataSink sink, Operation operation);

  /**
   * {@return this adapter as a feature, if this configuration offers it} The features an adapter
   * offers are among those its provider declares. An adapter that wraps another forwards the call.
   *
   * @param feature a feature interface, such as {@link RowPreview}
   * @param <T> the feature interface
   */
  default <T> Optional<T> as(Class<T> feature) {
    return feature.isInstance(this) ? Optional.of(feature.cast(this)) : Optional.empty();
  }

  /** Ends running calls and releases everything. Calling it again does nothing. */
  @Override
  void close();
}
