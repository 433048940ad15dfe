package dev.connections.jdbc;

import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.SchemaInfo;
import dev.connections.api.Section;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import java.util.List;
import java.util.Set;

/**
 * What a {@link DatabaseAdapter} asks the catalog of its kind of database. Each method makes a
 * number of round trips that doesn't depend on the number of tables. Safe for any thread.
 *
 * @param <T> a table as it is listed
 */
public interface RelationalCatalog<T extends ListedTable> {
  /**
   * What tables that were read go to, in the order they were asked for.
   *
   * @param <T> a table as it is listed
   */
  interface Receiver<T> {
    /**
     * Takes a table.
     *
     * @param table what was read of it
     */
    void table(TableMetadata table);

    /**
     * Takes the news that a table is gone since it was listed.
     *
     * @param table the table
     */
    void dropped(T table);
  }

  /**
   * Part of a schema's tables, in the order of their names.
   *
   * @param schema the schema's name
   * @param part what a table's name must hold, in upper or lower case; empty for all
   * @param after the name behind which the part begins; empty for the beginning
   * @param limit how many are wanted
   */
  record Page(String schema, String part, String after, int limit) {}

  /**
   * {@return the schemas that this login may see, in any order}
   *
   * @param operation deadline and cancellation
   */
  List<SchemaInfo> schemas(Operation operation);

  /**
   * {@return whether there is a schema of the name that this login may see}
   *
   * @param name its name
   * @param operation deadline and cancellation
   */
  boolean hasSchema(String name, Operation operation);

  /**
   * {@return all tables of all schemas, in any order} Those that aren't visible may be among them,
   * so that they are told as hidden.
   *
   * @param operation deadline and cancellation
   */
  List<T> tables(Operation operation);

  /**
   * {@return visible tables of one schema}
   *
   * @param page which; its names are possible ones
   * @param operation deadline and cancellation
   */
  List<T> tables(Page page, Operation operation);

  /**
   * {@return visible tables of some names} What is found besides them, because a server compares
   * names otherwise, is passed over by the caller.
   *
   * @param names possible names; at least one
   * @param operation deadline and cancellation
   */
  List<T> tables(List<TableName> names, Operation operation);

  /**
   * {@return whether something may have this name in this kind of database} Impossible names aren't
   * sent to a server.
   *
   * @param name of a schema or table
   */
  boolean possible(String name);

  /**
   * {@return what is said of a page of tables besides them; nothing, unless overridden}
   *
   * @param tables the page
   */
  default List<Notice> remarks(List<T> tables) {
    return List.of();
  }

  /**
   * {@return what this login may not see, for an import}
   *
   * @param hidden the tables of a wanted schema that aren't visible
   * @param operation deadline and cancellation
   */
  List<Notice> hidden(List<T> hidden, Operation operation);

  /** {@return how many statements {@link #read} makes at most} */
  int readingCalls();

  /**
   * Reads tables. Each one ends in one call of the receiver.
   *
   * @param tables in the order of their ids; at least one
   * @param sections what is wanted; columns always are
   * @param receiver takes what was read
   * @param operation deadline and cancellation
   * @return what couldn't be read of all of them
   */
  List<Notice> read(
      List<T> tables, Set<Section> sections, Receiver<T> receiver, Operation operation);

  /**
   * {@return a query for the first rows of a table} Where the kind of database can cut long values
   * by itself, the query does so: then they needn't be sent.
   *
   * @param table as it was listed
   * @param limit how many rows it gives at most
   * @param longest how many characters or bytes of a value are looked at, and one more than are
   *     shown, so that it is seen that there are more
   * @param operation deadline and cancellation
   */
  String firstRows(T table, int limit, int longest, Operation operation);
}
