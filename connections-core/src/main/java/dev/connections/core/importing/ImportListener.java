package dev.connections.core.importing;

import dev.connections.api.ImportPlan;
import dev.connections.api.Notice;
import dev.connections.api.TableMetadata;
import java.util.Arrays;
import java.util.List;

/**
 * Hears an import while it runs. Its methods are called from any thread, but never two at once, and
 * each call sees what the ones before did: no lock is needed. While a call lasts, the import waits:
 * that is how a slow receiver keeps a fast source from filling the heap.
 *
 * <p>An exception from any method ends the import. It is told in the report (a {@link
 * dev.connections.api.ConnectionException} with its own failure, any other as INTERNAL) and booked
 * on no table. After it, only {@link #finished} is called.
 */
public interface ImportListener {
  /** Hears nothing. */
  ImportListener NONE = new ImportListener() {};

  /**
   * {@return a listener that hands every table to targets} It closes them when the import has
   * ended, however it did.
   *
   * @param targets where the metadata goes
   */
  static ImportListener into(MetadataTarget... targets) {
    List<MetadataTarget> all = List.copyOf(Arrays.asList(targets));
    return all.stream()
        .<ImportListener>map(TargetListener::new)
        .reduce(NONE, ImportListener::andThen);
  }

  /**
   * {@return what kinds of targets the metadata is handed to, for the audit log: asked before the
   * import begins; none if it stays with the host} A listener around another one gives what that
   * one gives.
   */
  default List<String> targets() {
    return List.of();
  }

  /**
   * Hears that an import begins, once and first.
   *
   * @param context what is imported
   */
  default void started(ImportContext context) {}

  /**
   * Hears what the import will cost, before its expensive calls; again if a broken connection made
   * it begin again.
   *
   * @param plan as much of it as is known
   * @return whether to go on; if not, the import ends as cancelled
   */
  default boolean proceed(ImportPlan plan) {
    return true;
  }

  /**
   * Hears how far the import has come, at most ten times a second, and once more at its end.
   *
   * @param progress how far
   */
  default void progress(ImportProgress progress) {}

  /**
   * Hears how a table ended: exactly once for each that was listed, unless the listener itself
   * ended the import. An imported table's metadata comes before it.
   *
   * @param outcome how it ended
   */
  default void outcome(TableOutcome outcome) {}

  /**
   * Takes the metadata of a table, in no order, each once.
   *
   * @param table its metadata, with the wanted sections only
   */
  default void table(TableMetadata table) {}

  /**
   * Hears what a reader of the metadata must know. Notices that belong to one table's metadata are
   * found there and don't come here.
   *
   * @param notice what it is
   */
  default void notice(Notice notice) {}

  /**
   * Hears that the import has ended, once and last, however it did, and also if the listener itself
   * ended it.
   *
   * @param report how it went
   */
  default void finished(ImportReport report) {}

  /**
   * {@return a listener that tells this one first and then another} If one throws from {@link
   * #finished}, the other still hears it.
   *
   * @param next told second
   */
  default ImportListener andThen(ImportListener next) {
    return new JoinedListener(this, next);
  }
}
