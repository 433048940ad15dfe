package dev.connections.core.internal.importing;

import dev.connections.api.ImportPlan;
import dev.connections.api.Notice;
import dev.connections.api.TableMetadata;
import dev.connections.core.importing.ImportContext;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportProgress;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.TableOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A host that keeps all it hears, and notices if two threads tell it something at once. */
class Hearing implements ImportListener {
  final List<ImportContext> started = new ArrayList<>();
  final List<ImportPlan> plans = new ArrayList<>();
  final List<ImportProgress> progress = new ArrayList<>();
  final List<TableOutcome> outcomes = new ArrayList<>();
  final List<TableMetadata> tables = new ArrayList<>();
  final List<Notice> notices = new ArrayList<>();
  final List<ImportReport> finished = new ArrayList<>();
  final AtomicInteger atOnce = new AtomicInteger();
  volatile boolean disturbed;

  @Override
  public void started(ImportContext context) {
    keep(started, context);
  }

  @Override
  public boolean proceed(ImportPlan plan) {
    keep(plans, plan);
    return true;
  }

  @Override
  public void progress(ImportProgress now) {
    keep(progress, now);
  }

  @Override
  public void outcome(TableOutcome outcome) {
    keep(outcomes, outcome);
  }

  @Override
  public void table(TableMetadata table) {
    keep(tables, table);
  }

  @Override
  public void notice(Notice notice) {
    keep(notices, notice);
  }

  @Override
  public void finished(ImportReport report) {
    keep(finished, report);
  }

  private <T> void keep(List<T> list, T item) {
    if (atOnce.incrementAndGet() > 1) {
      disturbed = true;
    }
    list.add(item);
    atOnce.decrementAndGet();
  }
}
