package dev.connections.filesystem.internal.listing;

import dev.connections.api.Failure;
import dev.connections.api.Notice;
import dev.connections.api.SchemaName;

/** Hears what a listing finds, in one thread. */
public interface ListingReceiver {
  /**
   * {@return whether the files of a directory are wanted; those below it are asked for themselves}
   *
   * @param schema the directory
   */
  default boolean wants(SchemaName schema) {
    return true;
  }

  /**
   * Hears of a table.
   *
   * @param table what was found
   */
  void table(FoundTable table);

  /**
   * Hears that a directory was listed to its end, after its tables.
   *
   * @param schema a wanted directory
   */
  default void complete(SchemaName schema) {}

  /**
   * Hears that a directory couldn't be listed, or not to its end.
   *
   * @param schema a wanted directory
   * @param failure why
   */
  default void failed(SchemaName schema, Failure failure) {}

  /**
   * Hears what was left out and why.
   *
   * @param notice about the source or a directory
   */
  default void notice(Notice notice) {}
}
