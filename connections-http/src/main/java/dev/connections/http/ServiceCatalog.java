package dev.connections.http;

import dev.connections.api.ChangeMarker;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What is to be known of a service that lists all its tables in a few requests: {@link
 * ServiceAdapter} browses and imports it. Safe for any thread; it is given operations that also end
 * with the adapter.
 *
 * @param <L> its list of tables
 */
public interface ServiceCatalog<L extends TableList> {
  /**
   * {@return all tables that the login may see}
   *
   * @param findings what isn't in the list is told here
   * @param operation deadline and cancellation
   * @throws ConnectionException if they can't be listed
   */
  L list(Findings findings, Operation operation);

  /**
   * {@return one table in full} What couldn't be read beside its columns is among its notices.
   *
   * @param list what was listed
   * @param table a table of it
   * @param operation deadline and cancellation
   * @throws ConnectionException if it can't be read
   */
  TableMetadata table(L list, TableInfo table, Operation operation);

  /**
   * {@return how many requests reading some tables takes, roughly}
   *
   * @param list what was listed
   * @param wanted which are wanted
   * @param operation deadline and cancellation, for who has to ask first
   */
  long calls(L list, Wanted wanted, Operation operation);

  /**
   * Reads some tables.
   *
   * @param list what was listed
   * @param wanted which are wanted; at least one
   * @param findings what is missing beside tables is told here
   * @param receiver told of each of them once
   * @param operation deadline and cancellation
   * @throws ConnectionException if the service can't be read any more
   */
  void read(L list, Wanted wanted, Findings findings, Receiver receiver, Operation operation);

  /**
   * {@return how the service is now, to be compared when it is imported the next time; empty where
   * that can't be told, and then everything is read} Nothing, unless overridden.
   *
   * @param findings why it can't be told
   * @param operation deadline and cancellation
   */
  default Optional<ChangeMarker> state(Findings findings, Operation operation) {
    return Optional.empty();
  }

  /**
   * {@return how the service was when it was read, as {@link #state} would have told it; empty
   * where a part of it is unknown} Nothing, unless overridden.
   *
   * @param findings what was found while it was read
   */
  default Optional<ChangeMarker> stateRead(Findings findings) {
    return Optional.empty();
  }

  /**
   * {@return why each of some named tables isn't in the list, in the same order} What is hidden
   * isn't deleted, where that can be told.
   *
   * @param list what was listed
   * @param names those that aren't in it
   * @param operation deadline and cancellation
   */
  default List<Failure> missing(L list, List<TableName> names, Operation operation) {
    return names.stream().map(name -> StandardFailures.notFound("table", name.display())).toList();
  }

  /**
   * Tables that are wanted.
   *
   * @param tables those
   * @param named whether they were asked for by their names, and others weren't looked at
   */
  record Wanted(List<TableInfo> tables, boolean named) {
    /**
     * Keeps an immutable copy.
     *
     * @param tables those that are wanted
     * @param named whether they were asked for by their names
     */
    public Wanted {
      tables = List.copyOf(tables);
    }
  }

  /** Told of each table that was wanted. */
  interface Receiver {
    /**
     * A table was read.
     *
     * @param table all of it
     */
    void table(TableMetadata table);

    /**
     * A table couldn't be read; the others can.
     *
     * @param table its name
     * @param why what failed
     */
    void failed(TableName table, Failure why);
  }
}
