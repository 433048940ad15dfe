package dev.connections.testkit;

import dev.connections.api.Failure;
import dev.connections.api.ImportPlan;
import dev.connections.api.MetadataSink;
import dev.connections.api.Notice;
import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A sink that keeps everything an adapter hands over, in the order it came. A test says what it
 * answers.
 *
 * <p>Safe for any thread; configured before it is used.
 */
public final class RecordingSink implements MetadataSink {
  /** What an adapter told a sink. */
  public sealed interface Event {
    /**
     * A table was listed.
     *
     * @param table as it was listed
     * @param answer what the sink answered
     */
    record Listed(TableInfo table, Decision answer) implements Event {}

    /**
     * The listing of a schema was complete.
     *
     * @param schema which one
     */
    record ListingComplete(SchemaName schema) implements Event {}

    /**
     * The listing of a schema failed.
     *
     * @param schema which one
     * @param failure why
     */
    record ListingFailed(SchemaName schema, Failure failure) implements Event {}

    /**
     * The adapter asked to proceed.
     *
     * @param plan what it said of the cost
     */
    record Proceed(ImportPlan plan) implements Event {}

    /**
     * A table was read.
     *
     * @param table its metadata
     */
    record Read(TableMetadata table) implements Event {}

    /**
     * A table couldn't be read.
     *
     * @param table its name
     * @param failure why
     */
    record Failed(TableName table, Failure failure) implements Event {}

    /**
     * Something a reader must know was told.
     *
     * @param notice what it is
     */
    record Noticed(Notice notice) implements Event {}
  }

  private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
  private volatile Predicate<TableInfo> wanted = table -> true;
  private volatile boolean proceeding = true;
  private volatile Consumer<Event> listener = event -> {};

  /** Makes a sink that wants every table and goes on. */
  public RecordingSink() {}

  /**
   * Reads some tables only.
   *
   * @param tables says of a listed table whether it is wanted; SKIP is the answer for the others
   * @return this sink
   */
  public RecordingSink reading(Predicate<TableInfo> tables) {
    wanted = tables;
    return this;
  }

  /**
   * Answers false when asked to proceed, as a preview does.
   *
   * @return this sink
   */
  public RecordingSink stopping() {
    proceeding = false;
    return this;
  }

  /**
   * Has a piece of code hear each event, after it was kept; what it throws goes to the adapter.
   *
   * @param code called on the adapter's threads
   * @return this sink
   */
  public RecordingSink onEvent(Consumer<Event> code) {
    listener = code;
    return this;
  }

  private void keep(Event event) {
    events.add(event);
    listener.accept(event);
  }

  @Override
  public Decision listed(TableInfo table) {
    Decision answer = wanted.test(table) ? Decision.READ : Decision.SKIP;
    keep(new Event.Listed(table, answer));
    return answer;
  }

  @Override
  public void listingComplete(SchemaName schema) {
    keep(new Event.ListingComplete(schema));
  }

  @Override
  public void listingFailed(SchemaName schema, Failure failure) {
    keep(new Event.ListingFailed(schema, failure));
  }

  @Override
  public boolean proceed(ImportPlan plan) {
    keep(new Event.Proceed(plan));
    return proceeding;
  }

  @Override
  public void table(TableMetadata table) {
    keep(new Event.Read(table));
  }

  @Override
  public void failed(TableName table, Failure failure) {
    keep(new Event.Failed(table, failure));
  }

  @Override
  public void notice(Notice notice) {
    keep(new Event.Noticed(notice));
  }

  /** {@return everything that was told so far, in order} */
  public List<Event> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  /**
   * {@return what was told of one kind, in order}
   *
   * @param kind the kind
   * @param <E> the kind
   */
  public <E extends Event> List<E> events(Class<E> kind) {
    return events().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** {@return the names of the tables that were listed, in order, as often as they were} */
  public List<TableName> listed() {
    return events(Event.Listed.class).stream().map(listed -> listed.table().name()).toList();
  }

  /** {@return the names of the tables that were answered READ, sorted} */
  public Collection<TableName> wanted() {
    Collection<TableName> names = new TreeSet<>();
    events(Event.Listed.class).stream()
        .filter(listed -> listed.answer() == Decision.READ)
        .forEach(listed -> names.add(listed.table().name()));
    return names;
  }

  /** {@return the tables that were read, by name, in order; the last reading of each} */
  public Map<TableName, TableMetadata> tables() {
    Map<TableName, TableMetadata> tables = new LinkedHashMap<>();
    events(Event.Read.class).forEach(read -> tables.put(read.table().name(), read.table()));
    return tables;
  }

  /** {@return why tables couldn't be read, by name, in order; the last failure of each} */
  public Map<TableName, Failure> failures() {
    Map<TableName, Failure> failures = new LinkedHashMap<>();
    events(Event.Failed.class).forEach(failed -> failures.put(failed.table(), failed.failure()));
    return failures;
  }
}
