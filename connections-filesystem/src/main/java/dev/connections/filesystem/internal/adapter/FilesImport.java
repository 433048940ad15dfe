package dev.connections.filesystem.internal.adapter;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.filesystem.internal.listing.FoundTable;
import dev.connections.filesystem.internal.listing.ListingReceiver;
import dev.connections.filesystem.internal.paths.BaseDirectory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** One import: hears the listing, asks which tables are wanted, and reads those. */
final class FilesImport implements ListingReceiver {
  /** Threads that wait for a disk cost little; more than these wait for each other. */
  private static final int MOST_THREADS = 16;

  private final BaseDirectory base;
  private final TableReader reader;
  private final ImportSelection selection;
  private final MetadataSink sink;
  private final Operation call;
  private final TableFinder finder;
  private final List<FoundTable> wanted = new ArrayList<>();

  FilesImport(
      BaseDirectory base,
      FileSettings settings,
      TableReader reader,
      ImportSelection selection,
      MetadataSink sink,
      Operation call) {
    this.base = base;
    this.reader = reader;
    this.selection = selection;
    this.sink = sink;
    this.call = call;
    this.finder = new TableFinder(base, settings.rules(), reader, call);
  }

  /** Looks up the tables that the host named. */
  void find(Set<TableName> names) {
    for (TableName name : new TreeSet<>(names)) {
      call.checkpoint();
      FoundTable found;
      try {
        found = finder.find(name);
      } catch (ConnectionException e) {
        sink.failed(name, ownFailure(e));
        continue;
      }
      table(found);
    }
  }

  @Override
  public boolean wants(SchemaName schema) {
    return selection.mayInclude(schema);
  }

  @Override
  public void table(FoundTable table) {
    if (sink.listed(table.info()) == MetadataSink.Decision.READ) {
      wanted.add(table);
    }
  }

  @Override
  public void complete(SchemaName schema) {
    sink.listingComplete(schema);
  }

  @Override
  public void failed(SchemaName schema, Failure failure) {
    sink.listingFailed(schema, failure);
  }

  @Override
  public void notice(Notice notice) {
    sink.notice(notice);
  }

  /** Reads what was listed and wanted. */
  ImportEnd read(Parallel parallel, Operation operation) {
    ImportPlan plan =
        new ImportPlan(
            OptionalLong.of(wanted.size()),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty());
    if (!sink.proceed(plan)) {
      return new ImportEnd.Stopped();
    }
    AtomicLong done = new AtomicLong();
    int width = Math.min(2 * Runtime.getRuntime().availableProcessors(), MOST_THREADS);
    parallel.forEach(
        wanted,
        width,
        operation,
        table -> {
          read(table);
          call.progress()
              .progress("reading", done.incrementAndGet(), OptionalLong.of(wanted.size()));
        });
    return ImportEnd.Done.unmarked();
  }

  private void read(FoundTable table) {
    TableMetadata metadata;
    try {
      metadata = metadata(table);
    } catch (ConnectionException e) {
      sink.failed(table.info().name(), ownFailure(e));
      return;
    } catch (RuntimeException | StackOverflowError defect) {
      // A defect that one odd file brings out mustn't cost the other files.
      call.checkpoint();
      sink.failed(table.info().name(), StandardFailures.internal(defect));
      return;
    }
    sink.table(metadata); // outside: what the sink throws isn't the table's failure
  }

  private TableMetadata metadata(FoundTable table) {
    if (Collections.disjoint(selection.sections(), TableReader.SECTIONS)) {
      return TableMetadata.builder(table.info(), Set.<Section>of()).build();
    }
    return reader.read(base, table, call);
  }

  /** A file's failure, unless the whole import is over: then that is thrown. */
  private Failure ownFailure(ConnectionException e) {
    call.checkpoint();
    if (e.category() == Category.CANCELLED) {
      throw e;
    }
    return e.failure();
  }
}
