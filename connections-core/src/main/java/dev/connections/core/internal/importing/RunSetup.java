package dev.connections.core.internal.importing;

import dev.connections.api.ChangeMarker;
import dev.connections.api.Operation;
import dev.connections.api.Quota;
import dev.connections.api.TableInfo;
import dev.connections.core.importing.ImportContext;
import dev.connections.core.importing.ImportListener;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What an import or a preview is given. Not safe for several threads. */
public final class RunSetup {
  final ImportContext context;
  final Operation operation;
  ImportListener listener = ImportListener.NONE;
  Runnable touch = () -> {};
  Clock clock = Clock.systemUTC();
  Optional<ChangeMarker> since = Optional.empty();
  Predicate<TableInfo> unchanged = table -> false;
  OptionalDouble tablesPerSecond = OptionalDouble.empty();
  Supplier<Optional<Quota>> allowance = Optional::empty;
  LongSupplier nanos = System::nanoTime;
  Pause pause = Pause.WAITING;
  Optional<SnapshotRun> snapshot = Optional.empty();

  private RunSetup(ImportContext context, Operation operation) {
    this.context = context;
    this.operation = operation;
  }

  /**
   * {@return a setup with a listener that hears nothing}
   *
   * @param context what is imported
   * @param operation deadline and cancellation
   */
  public static RunSetup of(ImportContext context, Operation operation) {
    return new RunSetup(context, operation);
  }

  /**
   * Sets who hears the import.
   *
   * @param hears called by one thread at a time
   * @return this setup
   */
  public RunSetup listener(ImportListener hears) {
    this.listener = hears;
    return this;
  }

  /**
   * Sets what is told that the import isn't idle.
   *
   * @param told run often and from any thread
   * @return this setup
   */
  public RunSetup touch(Runnable told) {
    this.touch = told;
    return this;
  }

  /**
   * Sets the clock of the report.
   *
   * @param clock to tell the end by
   * @return this setup
   */
  public RunSetup clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /**
   * Sets the marker of the last complete import with the same options.
   *
   * @param marker empty if everything is to be read
   * @return this setup
   */
  public RunSetup since(Optional<ChangeMarker> marker) {
    this.since = marker;
    return this;
  }

  /**
   * Sets how tables are recognised that needn't be read again.
   *
   * @param known asked for each wanted table; quick
   * @return this setup
   */
  public RunSetup unchanged(Predicate<TableInfo> known) {
    this.unchanged = known;
    return this;
  }

  /**
   * Sets what compares the import with the connection's snapshot.
   *
   * @param compares empty if nothing does
   * @return this setup
   */
  public RunSetup snapshot(Optional<SnapshotRun> compares) {
    this.snapshot = compares;
    return this;
  }

  /**
   * Sets the rate of earlier imports, which a preview estimates by where the adapter doesn't.
   *
   * @param rate tables in a second
   * @return this setup
   */
  public RunSetup tablesPerSecond(OptionalDouble rate) {
    this.tablesPerSecond = rate;
    return this;
  }

  /**
   * Sets what is asked for the source's allowance, which a preview tells where the adapter doesn't.
   *
   * @param known what the source last said, if it says so
   * @return this setup
   */
  public RunSetup allowance(Supplier<Optional<Quota>> known) {
    this.allowance = known;
    return this;
  }
}
