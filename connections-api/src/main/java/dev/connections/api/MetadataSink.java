package dev.connections.api;

/**
 * Where bulk metadata goes. Safe from any thread; a call may block while the receiver is busy.
 * There is no order between tables, and listing and reading may alternate.
 *
 * <p>An exception from a sink ends the import: an adapter lets it through, and never books it on a
 * table.
 */
public interface MetadataSink {
  /** Whether a listed table is to be read. */
  enum Decision {
    /** Read it, and answer with {@link MetadataSink#table} or {@link MetadataSink#failed}. */
    READ,
    /** Leave it: it is filtered out, done already, or unchanged. */
    SKIP
  }

  /**
   * Reports a listed table, once.
   *
   * @param table as it is listed
   * @return whether its metadata is wanted
   */
  default Decision listed(TableInfo table) {
    return Decision.READ;
  }

  /**
   * Says that the listing of a schema is complete. Only then may a table that wasn't listed count
   * as deleted.
   *
   * @param schema an included schema
   */
  default void listingComplete(SchemaName schema) {}

  /**
   * Says that a schema couldn't be listed, or not to its end. The import goes on with the others
   * and is incomplete.
   *
   * @param schema an included schema
   * @param failure why
   */
  default void listingFailed(SchemaName schema, Failure failure) {}

  /**
   * Tells the cost, once, as soon as it is known and before expensive calls.
   *
   * @param plan as much of it as is known
   * @return whether to go on; if not, the adapter returns {@link ImportEnd.Stopped}
   */
  default boolean proceed(ImportPlan plan) {
    return true;
  }

  /**
   * Hands over a table that was read.
   *
   * @param table its metadata
   */
  void table(TableMetadata table);

  /**
   * Says that a table couldn't be read. The import goes on with the others.
   *
   * @param table its name as listed
   * @param failure why
   */
  void failed(TableName table, Failure failure);

  /**
   * Hands over something a reader of the metadata must know.
   *
   * @param notice what it is
   */
  default void notice(Notice notice) {}
}
