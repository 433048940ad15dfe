package dev.connections.testkit;

import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What a synthetic source has counted since it was made. Safe for any thread. */
public final class SyntheticCounts {
  private final LongAdder roundTrips = new LongAdder();
  private final LongAdder signIns = new LongAdder();
  private final LongAdder opens = new LongAdder();
  private final LongAdder closes = new LongAdder();
  private final LongAdder tablesRead = new LongAdder();
  private final AtomicInteger running = new AtomicInteger();
  private final LongAccumulator peak = new LongAccumulator(Math::max, 0);
  private final ConcurrentMap<SchemaOfSize, AtomicIntegerArray> reads = new ConcurrentHashMap<>();

  SyntheticCounts() {}

  /** {@return how many round trips began, repetitions included} */
  public long roundTrips() {
    return roundTrips.sum();
  }

  /** {@return how many attempts to sign in there were, refused ones included} */
  public long signIns() {
    return signIns.sum();
  }

  /** {@return how many adapters were opened} */
  public long opens() {
    return opens.sum();
  }

  /** {@return how many adapters were closed; closing one twice counts once} */
  public long closes() {
    return closes.sum();
  }

  /** {@return how many round trips are running now} */
  public int running() {
    return running.get();
  }

  /** {@return how many round trips ran at the same time, at most} */
  public int peak() {
    return (int) peak.get();
  }

  /** {@return how often the metadata of a table was read, all tables together} */
  public long tablesRead() {
    return tablesRead.sum();
  }

  /**
   * {@return how often the metadata of one table was read}
   *
   * @param table its name
   */
  public int reads(TableName table) {
    OptionalInt number = SyntheticCatalog.numberOf(table);
    return number.isEmpty()
        ? 0
        : reads.entrySet().stream()
            .filter(entry -> entry.getKey().schema().equals(table.schema()))
            .filter(entry -> number.getAsInt() < entry.getKey().tables())
            .mapToInt(entry -> entry.getValue().get(number.getAsInt()))
            .sum();
  }

  void roundTripBegins() {
    roundTrips.increment();
    peak.accumulate(running.incrementAndGet());
  }

  void roundTripEnds() {
    running.decrementAndGet();
  }

  void signIn() {
    signIns.increment();
  }

  void opened() {
    opens.increment();
  }

  void closed() {
    closes.increment();
  }

  /** Counts one reading; four bytes for each table of a schema, once one of them was read. */
  void read(SchemaName schema, int table, int tables) {
    tablesRead.increment();
    reads
        .computeIfAbsent(
            new SchemaOfSize(schema, tables), size -> new AtomicIntegerArray(size.tables()))
        .incrementAndGet(table);
  }

  /** Connections of different size may look at one source. */
  private record SchemaOfSize(SchemaName schema, int tables) {}
}
