package dev.connections.testkit;

import dev.connections.api.ChangeMarker;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.RowCount;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * One import of a synthetic source. A thousand tables come with one call; what is wanted is
 * remembered as one bit for each table.
 */
final class SyntheticImport {
  /** How many tables the source answers for in one call. */
  static final int TABLES_PER_CALL = 1000;

  private static final long LARGE = 10_000_000;

  private final SyntheticSource source;
  private final SyntheticLine line;
  private final SyntheticCatalog catalog;
  private final ImportSelection selection;
  private final MetadataSink sink;
  private final Operation operation;
  private final AtomicLong handedOver = new AtomicLong();
  private final Optional<Integer> breakAfter;

  SyntheticImport(
      SyntheticSource source,
      SyntheticLine line,
      SyntheticCatalog catalog,
      ImportSelection selection,
      MetadataSink sink,
      Operation operation) {
    this.source = source;
    this.line = line;
    this.catalog = catalog;
    this.selection = selection;
    this.sink = sink;
    this.operation = operation;
    this.breakAfter = source.faults().nextBreak();
  }

  ImportEnd run() {
    ChangeMarker marker =
        line.ask("ask revision", operation, () -> new ChangeMarker(source.revision()));
    if (selection.since().map(marker::equals).orElse(false)) {
      return new ImportEnd.Unchanged();
    }
    boolean finished;
    if (selection.names().isPresent()) {
      finished = named(selection.names().get());
    } else {
      List<SchemaName> included =
          line.ask("list schemas", operation, this::schemas).stream()
              .filter(selection::mayInclude)
              .toList();
      finished = source.columnsInListing() ? byTurns(included) : listedFirst(included);
    }
    return finished ? new ImportEnd.Done(Optional.of(marker)) : new ImportEnd.Stopped();
  }

  private List<SchemaName> schemas() {
    return IntStream.range(0, catalog.schemas()).mapToObj(SyntheticCatalog::schema).toList();
  }

  private boolean listedFirst(List<SchemaName> included) {
    BitSet[] wanted = new BitSet[catalog.schemas()];
    line.inParallel(
        included,
        operation,
        schema -> {
          BitSet bits = new BitSet();
          wanted[catalog.schemaNumber(schema).orElseThrow()] = bits;
          boolean complete = true;
          for (int from = 0; complete && from < catalog.tables(); from += TABLES_PER_CALL) {
            complete = list(schema, from, bits);
          }
          if (complete) {
            sink.listingComplete(schema);
          }
        });
    List<Piece> pieces = new ArrayList<>();
    included.forEach(
        schema ->
            pieces.add(new Piece(schema, wanted[catalog.schemaNumber(schema).orElseThrow()])));
    return read(pieces);
  }

  private boolean list(SchemaName schema, int from, BitSet bits) {
    try {
      line.ask("list tables", operation, () -> listing(schema));
    } catch (ConnectionException e) {
      listingFailed(schema, e);
      return false;
    }
    int to = Math.min(catalog.tables(), from + TABLES_PER_CALL);
    for (int table = from; table < to; table++) {
      TableInfo info = catalog.info(schema, table);
      if (!source.isRemoved(info.name()) && sink.listed(info) == MetadataSink.Decision.READ) {
        bits.set(table);
      }
    }
    line.checkpoint(operation);
    return true;
  }

  private boolean listing(SchemaName schema) {
    Optional<Failure> failure = source.failureOfListing(schema);
    if (failure.isPresent()) {
      throw failure.get().asException();
    }
    return true;
  }

  private void listingFailed(SchemaName schema, ConnectionException e) {
    line.checkpoint(operation);
    if (SyntheticLine.endsEverything(e)) {
      throw e;
    }
    sink.listingFailed(schema, e.failure());
  }

  private boolean byTurns(List<SchemaName> included) {
    long pages = (catalog.tables() + TABLES_PER_CALL - 1L) / TABLES_PER_CALL;
    long tables = (long) included.size() * catalog.tables();
    if (!sink.proceed(ImportPlan.of(tables, included.size() * pages))) {
      return false;
    }
    line.inParallel(
        included,
        operation,
        schema -> {
          boolean complete = true;
          for (int from = 0; complete && from < catalog.tables(); from += TABLES_PER_CALL) {
            BitSet bits = new BitSet();
            complete = list(schema, from, bits);
            handOver(new Piece(schema, bits), tables);
          }
          if (complete) {
            sink.listingComplete(schema);
          }
        });
    return true;
  }

  private boolean named(Set<TableName> names) {
    List<Piece> pieces = new ArrayList<>();
    for (TableName name : new TreeSet<>(names)) {
      // Asking by name costs a call for each thousand, as reading does; the first one is enough.
      if (pieces.isEmpty()) {
        line.ask("find tables", operation, () -> true);
      }
      line.checkpoint(operation);
      if (catalog.tableNumber(name).isEmpty() || source.isRemoved(name)) {
        sink.failed(name, StandardFailures.notFound("table", name.display()));
        continue;
      }
      int number = catalog.tableNumber(name).getAsInt();
      if (sink.listed(catalog.info(name.schema(), number)) == MetadataSink.Decision.READ) {
        pieceOf(name.schema(), pieces).tables().set(number);
      }
    }
    return read(pieces);
  }

  /** Names come sorted, so a schema's names stand together. */
  private static Piece pieceOf(SchemaName schema, List<Piece> pieces) {
    if (pieces.isEmpty() || !pieces.get(pieces.size() - 1).schema().equals(schema)) {
      pieces.add(new Piece(schema, new BitSet()));
    }
    return pieces.get(pieces.size() - 1);
  }

  private boolean read(List<Piece> pieces) {
    long tables = pieces.stream().mapToLong(piece -> piece.tables().cardinality()).sum();
    long calls =
        pieces.stream()
            .mapToLong(
                piece -> (piece.tables().cardinality() + TABLES_PER_CALL - 1L) / TABLES_PER_CALL)
            .sum();
    if (!sink.proceed(ImportPlan.of(tables, calls))) {
      return false;
    }
    line.inParallel(
        (Iterable<Piece>) () -> new Portions(pieces),
        operation,
        portion -> {
          line.ask("read tables", operation, () -> true);
          handOver(portion, tables);
        });
    return true;
  }

  /** Rows that follow a call's answer: plain code, outside of the call. */
  private void handOver(Piece piece, long total) {
    for (int table = piece.tables().nextSetBit(0);
        table >= 0;
        table = piece.tables().nextSetBit(table + 1)) {
      TableName name = piece.schema().table(SyntheticCatalog.tableName(table));
      long number = handedOver.incrementAndGet();
      if (breakAfter.isPresent() && number > breakAfter.get()) {
        throw SyntheticFailures.connectionLost().asException();
      }
      if (source.isForgotten(name)) {
        continue;
      }
      line.checkpoint(operation);
      answer(piece.schema(), table, name);
    }
    operation.progress().progress("reading", handedOver.get(), OptionalLong.of(total));
  }

  private void answer(SchemaName schema, int table, TableName name) {
    Optional<Failure> failure = source.failureOf(name);
    if (failure.isPresent()) {
      sink.failed(name, failure.get());
      return;
    }
    source.counts().read(schema, table, catalog.tables());
    TableMetadata metadata = catalog.metadata(schema, table, selection.sections());
    metadata
        .rowCount()
        .map(RowCount::rows)
        .filter(rows -> rows >= LARGE)
        .ifPresent(rows -> sink.notice(StandardFailures.largeTable(name, rows)));
    sink.table(metadata);
  }

  /** Some tables of one schema. */
  private record Piece(SchemaName schema, BitSet tables) {}

  /** Cuts pieces into portions that one call answers for, as they are asked for. */
  private static final class Portions implements Iterator<Piece> {
    private final Iterator<Piece> pieces;
    private Optional<Piece> piece = Optional.empty();
    private int at = -1;

    private Portions(List<Piece> pieces) {
      this.pieces = pieces.iterator();
      advance();
    }

    private void advance() {
      while (at < 0 && pieces.hasNext()) {
        piece = Optional.of(pieces.next());
        at = piece.get().tables().nextSetBit(0);
      }
    }

    @Override
    public boolean hasNext() {
      return at >= 0;
    }

    @Override
    public Piece next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Piece current = piece.orElseThrow();
      BitSet portion = new BitSet();
      int taken = 0;
      while (at >= 0 && taken < TABLES_PER_CALL) {
        portion.set(at);
        taken++;
        at = current.tables().nextSetBit(at + 1);
      }
      advance();
      return new Piece(current.schema(), portion);
    }
  }
}
