package dev.connections.core;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.core.access.Actor;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.internal.calls.CallOperation;
import dev.connections.core.internal.sealing.SealedPlace;
import dev.connections.core.internal.sealing.SecretCipher;
import dev.connections.core.internal.tokens.SealedTokens;
import dev.connections.core.secrets.KeyStatus;
import dev.connections.core.secrets.SecretErrorCode;
import dev.connections.core.secrets.SecretKey;
import dev.connections.core.store.SealedRow;
import dev.connections.core.store.SealedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Encrypts anew what is encrypted with former keys, some hundred rows at a time. What is left to do
 * is asked of the store each time, so there is nothing to be remembered and nothing to be put right
 * after a process's end. Rows that somebody writes meanwhile are looked at again.
 */
final class KeyRotation {
  /** How many rows of an account are read, and replaced, at once. */
  private static final int BATCH = 250;

  /** How many rows wait for the disk together: others that write wait that long at most. */
  private static final int TOGETHER = 1_000;

  private static final int MOST_PASSES = 5;

  private final Actor operator;
  private final Workings workings;
  private final CallOperation operation;
  private final KeyStatus start;
  private final SealedRows rows;
  private final AtomicLong reencrypted = new AtomicLong();
  private final List<RotationReport.Problem> problems = new ArrayList<>();
  private final List<Batch> waiting = new ArrayList<>();
  private long unreadable;

  /** Rows of one account that are encrypted anew, and not stored yet. */
  private record Batch(String account, List<SealedRow.Change> changes) {}

  KeyRotation(Actor operator, Workings workings, CallOperation operation, KeyStatus start) {
    this.operator = operator;
    this.workings = workings;
    this.operation = operation;
    this.start = start;
    this.rows = workings.store().sealedRows();
  }

  RotationProgress progress() {
    return new RotationProgress(start.onPresent() + reencrypted.get(), start.total());
  }

  RotationReport report() {
    Optional<Failure> stopped = Optional.empty();
    try {
      int pass = 0;
      do {
        pass();
        pass++;
      } while (left() > unreadable && pass < MOST_PASSES);
    } catch (ConnectionException cut) {
      stopped = Optional.of(cut.failure());
    }
    return new RotationReport(
        reencrypted.get(),
        new KeyStatus(workings.keys().keys(rows.countByKey())),
        unreadable,
        problems,
        stopped);
  }

  /** Somebody may have written meanwhile what he had read before. */
  private long left() {
    Map<Long, Long> counts = rows.countByKey();
    return former().mapToLong(key -> counts.getOrDefault(key.id(), 0L)).sum();
  }

  private Stream<SecretKey> former() {
    return start.keys().stream().filter(key -> key.state() == SecretKey.State.FORMER);
  }

  private void pass() {
    unreadable = 0;
    problems.clear();
    waiting.clear();
    for (SecretKey key : former().toList()) {
      for (SealedRow.Part part : SealedRow.Part.values()) {
        everyAccount(part, key.id());
      }
    }
    store();
  }

  private void everyAccount(SealedRow.Part part, long key) {
    Optional<String> account = rows.nextAccount(part, key, "");
    while (account.isPresent()) {
      everyRow(account.get(), part, key);
      account = rows.nextAccount(part, key, account.get());
    }
  }

  private void everyRow(String account, SealedRow.Part part, long key) {
    String after = "";
    List<SealedRow> batch;
    do {
      operation.checkpoint();
      batch = rows.list(account, part, key, after, BATCH);
      if (!batch.isEmpty()) {
        reseal(account, batch);
        after = batch.get(batch.size() - 1).connection();
      }
    } while (batch.size() == BATCH);
  }

  private void reseal(String account, List<SealedRow> batch) {
    List<SealedRow.Change> changes = new ArrayList<>(batch.size());
    for (SealedRow row : batch) {
      try {
        changes.add(resealed(row));
      } catch (ConnectionException broken) {
        told(row, broken);
      }
    }
    if (!changes.isEmpty()) {
      waiting.add(new Batch(account, changes));
    }
    if (waiting.stream().mapToInt(each -> each.changes.size()).sum() >= TOGETHER) {
      store();
    }
  }

  /** A row that isn't replaced, because its transaction is undone, is found by the next pass. */
  private void store() {
    try {
      reencrypted.addAndGet(
          rows.together(() -> waiting.stream().mapToLong(each -> replaced(each)).sum()));
    } catch (ConnectionException overtaken) {
      if (!overtaken.is(SecretErrorCode.KEY_RETIRED)) {
        throw overtaken;
      }
      workings.cipher().refresh(); // another rotation has replaced the key we were told of
    } finally {
      waiting.clear();
    }
  }

  private long replaced(Batch batch) {
    return workings
        .store()
        .atomically(
            batch.account,
            () -> {
              workings.audit().before(record(batch.account, batch.changes));
              return rows.replace(batch.account, batch.changes);
            });
  }

  private SealedRow.Change resealed(SealedRow row) {
    return switch (row.part()) {
      case CONFIGURATION -> workings.configurations().reseal(row);
      case TOKENS -> {
        SealedPlace place = new SealedPlace(row.account(), row.connection(), row.part());
        String text = workings.cipher().reseal(place, SealedTokens.FIELD, row.text());
        yield new SealedRow.Change(row, text, SecretCipher.keyOf(text));
      }
    };
  }

  /** What can't be opened stays as it is; all else that stops us isn't the row's fault. */
  private void told(SealedRow row, ConnectionException broken) {
    switch (broken.category()) {
      case DATA, CONFIGURATION -> {
        unreadable++;
        if (problems.size() < RotationReport.MOST_PROBLEMS) {
          problems.add(
              new RotationReport.Problem(row.account(), row.connection(), broken.failure()));
        }
      }
      default -> throw broken;
    }
  }

  private AuditRecord record(String account, List<SealedRow.Change> changes) {
    return AuditRecord.of(
            AuditOperation.REENCRYPT, workings.clock().instant(), account, operator.user())
        .object(
            "%d rows with key %d"
                .formatted(changes.size(), changes.get(changes.size() - 1).keyId()))
        .build();
  }
}
