package dev.connections.core.internal.importing;

import dev.connections.api.Failure;
import dev.connections.api.ImportPlan;
import dev.connections.api.MetadataSink;
import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What an adapter sees of a run during one call. Each of its calls is a safe point: a run that was
 * cancelled, or whose listener has thrown, ends here. Callers wait while the listener is busy.
 */
final class ImportSink implements MetadataSink {
  private static final long LOOK_UP_MILLIS = 100;

  private final RunBook book;
  private final Operation operation;
  private final Runnable touch;
  private final int attempt;

  private boolean closed;
  private boolean heard;
  private boolean planned;
  private boolean declined;

  ImportSink(RunBook book, Operation operation, Runnable touch, int attempt) {
    this.book = book;
    this.operation = operation;
    this.touch = touch;
    this.attempt = attempt;
  }

  @Override
  public Decision listed(TableInfo table) {
    return calling(() -> book.list(table, attempt));
  }

  @Override
  public void listingComplete(SchemaName schema) {
    calling(() -> book.listingComplete(schema, attempt));
  }

  @Override
  public void listingFailed(SchemaName schema, Failure failure) {
    calling(() -> book.listingFailed(schema, failure, attempt));
  }

  @Override
  public boolean proceed(ImportPlan plan) {
    return calling(
        () -> {
          if (planned) {
            book.defect(Defect.PLANNED_TWICE);
          } else {
            planned = true;
            book.meter().reading(plan.tables());
            declined = !book.listener().proceed(plan);
            book.progress();
          }
          return !declined;
        });
  }

  @Override
  public void table(TableMetadata table) {
    calling(
        () -> {
          if (declined) {
            book.defect(Defect.WENT_ON);
            throw StandardFailures.cancelled().asException();
          }
          book.take(table);
        });
  }

  @Override
  public void failed(TableName table, Failure failure) {
    calling(() -> book.fail(table, failure));
  }

  @Override
  public void notice(Notice notice) {
    calling(() -> book.notice(notice));
  }

  /** Ends the part of this sink: the adapter's call has returned. Waits for a busy listener. */
  void close() {
    book.lock().lock();
    try {
      closed = true;
    } finally {
      book.lock().unlock();
    }
  }

  /** {@return whether the adapter reported anything} To be asked after {@link #close} only. */
  boolean heard() {
    return heard;
  }

  /** {@return whether the cost was told} To be asked after {@link #close} only. */
  boolean planned() {
    return planned;
  }

  /** {@return whether the adapter was told to stop} To be asked after {@link #close} only. */
  boolean declined() {
    return declined;
  }

  private void calling(Runnable work) {
    calling(
        () -> {
          work.run();
          return true;
        });
  }

  private <T> T calling(Supplier<T> work) {
    awaitTurn();
    try {
      if (closed) {
        throw Failure.of(
                StandardErrorCode.INTERNAL, "The adapter went on after its call had returned.")
            .asException();
      }
      book.listener().check();
      operation.checkpoint();
      heard = true;
      touch.run();
      T answer = work.get();
      touch.run();
      return answer;
    } finally {
      book.lock().unlock();
    }
  }

  private void awaitTurn() {
    if (book.lock().tryLock()) {
      return;
    }
    try {
      while (!book.lock().tryLock(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS)) {
        operation.checkpoint();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw StandardFailures.cancelled().asException(interrupted);
    }
  }
}
