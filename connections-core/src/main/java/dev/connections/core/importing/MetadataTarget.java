package dev.connections.core.importing;

import dev.connections.api.TableMetadata;

/**
 * Where imported metadata goes: a snapshot, a set of statements, a page. One object serves one
 * import; {@link ImportListener#into} connects it.
 *
 * <p>Its methods are called from any thread, but never two at once, and each call sees what the
 * ones before did: no lock is needed. While a call lasts, the import waits.
 *
 * <p>An exception from it ends the import and is told in the report: a {@link
 * dev.connections.api.ConnectionException} with its own failure, any other as INTERNAL. From then
 * on only {@link #close} is called.
 */
public interface MetadataTarget extends AutoCloseable {
  /** {@return what kind of target this is, for the audit log: a word, never a path or a value} */
  default String kind() {
    String name = getClass().getSimpleName();
    return name.isEmpty() ? "target" : name;
  }

  /**
   * Hears that an import begins, once and first.
   *
   * @param context what is imported
   */
  default void begin(ImportContext context) {}

  /**
   * Takes a table. The tables come in no order, each once.
   *
   * @param table its metadata, with the wanted sections only
   */
  void table(TableMetadata table);

  /**
   * Hears that the import has ended, once, however it did: what it wrote isn't whole unless the
   * report says so.
   *
   * @param report how the import went
   */
  default void finish(ImportReport report) {}

  /** Releases everything; called once and last, however the import ended. */
  @Override
  default void close() {}
}
