package dev.connections.core.importing;

import dev.connections.api.ImportPlan;
import dev.connections.api.Notice;
import dev.connections.api.TableMetadata;
import java.util.List;
import java.util.stream.Stream;

/** Two listeners as one. */
record JoinedListener(ImportListener first, ImportListener second) implements ImportListener {
  @Override
  public List<String> targets() {
    return Stream.concat(first.targets().stream(), second.targets().stream()).toList();
  }

  @Override
  public void started(ImportContext context) {
    first.started(context);
    second.started(context);
  }

  @Override
  public boolean proceed(ImportPlan plan) {
    boolean firstAgrees = first.proceed(plan);
    return second.proceed(plan) && firstAgrees;
  }

  @Override
  public void progress(ImportProgress progress) {
    first.progress(progress);
    second.progress(progress);
  }

  @Override
  public void outcome(TableOutcome outcome) {
    first.outcome(outcome);
    second.outcome(outcome);
  }

  @Override
  public void table(TableMetadata table) {
    first.table(table);
    second.table(table);
  }

  @Override
  public void notice(Notice notice) {
    first.notice(notice);
    second.notice(notice);
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
