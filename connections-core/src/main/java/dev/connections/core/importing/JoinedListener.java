package dev.connections.core.importing;

import dev.connections.api.ImportPlan;
import dev.connections.api.Notice;
import dev.connections.api.TableMetadata;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Two listeners as one. */
record JoinedListener(ImportListener first, ImportListener second) implements ImportListener {
  private void both(Consumer<ImportListener> told) {
    told.accept(first);
    told.accept(second);
  }

  @Override
  public List<String> targets() {
    return Stream.concat(first.targets().stream(), second.targets().stream()).toList();
  }

  @Override
  public void started(ImportContext context) {
    both(hears -> hears.started(context));
  }

  @Override
  public boolean proceed(ImportPlan plan) {
    boolean firstAgrees = first.proceed(plan);
    return second.proceed(plan) && firstAgrees;
  }

  @Override
  public void progress(ImportProgress progress) {
    both(hears -> hears.progress(progress));
  }

  @Override
  public void outcome(TableOutcome outcome) {
    both(hears -> hears.outcome(outcome));
  }

  @Override
  public void table(TableMetadata table) {
    both(hears -> hears.table(table));
  }

  @Override
  public void notice(Notice notice) {
    both(hears -> hears.notice(notice));
  }

  /** What one holds open it must be able to close, whatever the other does. */
  @Override
  public void finished(ImportReport report) {
    try {
      first.finished(report);
    } catch (RuntimeException | Error thrown) {
      try {
        second.finished(report);
      } catch (RuntimeException | Error also) {
        thrown.addSuppressed(also);
      }
      throw thrown;
    }
    second.finished(report);
  }
}
