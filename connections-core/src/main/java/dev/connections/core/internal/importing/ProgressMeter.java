package dev.connections.core.internal.importing;

import dev.connections.api.TableName;
import dev.connections.core.importing.ImportProgress;
import dev.connections.core.importing.ImportProgress.Phase;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How far a run has come. It is written by one thread at a time and may be read at any time, so
 * that asking never waits for a busy listener.
 */
final class ProgressMeter {
  private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

  private final Ledger ledger;
  private final LongSupplier nanos;
  private final long startedAt;

  private volatile Phase phase = Phase.LISTING;
  private volatile OptionalLong total = OptionalLong.empty();
  private volatile Optional<TableName> current = Optional.empty();
  private volatile OptionalLong readingSince = OptionalLong.empty();
  private OptionalLong toldAt = OptionalLong.empty();

  ProgressMeter(Ledger ledger, LongSupplier nanos) {
    this.ledger = ledger;
    this.nanos = nanos;
    this.startedAt = nanos.getAsLong();
  }

  /** {@return milliseconds since the run began} */
  int millis() {
    return (int)
        Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - startedAt));
  }

  void phase(Phase now) {
    phase = now;
  }

  /** Notes that reading begins and how many tables are still to be read, if that is known. */
  void reading(OptionalLong left) {
    phase = Phase.READING;
    if (left.isPresent()) {
      total = OptionalLong.of(ledger.answered() + left.getAsLong());
    }
    since();
  }

  /** Notes how many tables are to be read in all, before reading begins. */
  void expect(long tables) {
    total = OptionalLong.of(tables);
  }

  void answered(TableName table) {
    phase = Phase.READING;
    current = Optional.of(table);
    since();
  }

  private void since() {
    if (readingSince.isEmpty()) {
      readingSince = OptionalLong.of(nanos.getAsLong());
    }
  }

  /** {@return whether it is time to tell the listener; then it counts as told} */
  boolean due() {
    long now = nanos.getAsLong();
    if (toldAt.isPresent() && now - toldAt.getAsLong() < INTERVAL) {
      return false;
    }
    toldAt = OptionalLong.of(now);
    return true;
  }

  ImportProgress now() {
    long done = ledger.imported();
    long failed = ledger.failed();
    OptionalLong whole = total;
    if (whole.isPresent()) {
      // A source that lists while it reads may have told too little.
      whole = OptionalLong.of(Math.max(whole.getAsLong(), done + failed));
    }
    OptionalLong since = readingSince;
    double seconds = since.isPresent() ? (nanos.getAsLong() - since.getAsLong()) / 1e9 : 0;
    double perSecond = seconds > 0 ? (done + failed) / seconds : 0;
    Optional<Duration> left = Optional.empty();
    if (phase == Phase.FINISHED) {
      left = Optional.of(Duration.ZERO);
    } else if (whole.isPresent() && perSecond > 0) {
      left =
          Optional.of(
              Duration.ofMillis(
                  Math.round((whole.getAsLong() - done - failed) / perSecond * 1_000)));
    }
    return new ImportProgress(
        phase, ledger.listed(), done, failed, whole, current, perSecond, left);
  }
}
