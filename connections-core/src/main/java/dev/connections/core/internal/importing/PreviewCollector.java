package dev.connections.core.internal.importing;

import dev.connections.api.ImportPlan;
import dev.connections.api.TableInfo;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportPreview;
import dev.connections.core.importing.TableOutcome;

/** Hears an import up to the point where it would become expensive. */
final class PreviewCollector implements ImportListener {
  private final Kept<TableInfo> datasets = new Kept<>(ImportPreview.DATASETS_KEPT);
  private final Kept<TableOutcome.Excluded> excluded = new Kept<>(ImportPreview.OTHERS_KEPT);
  private ImportPlan plan = ImportPlan.UNKNOWN;
  private long knownColumns;

  void wanted(TableInfo table) {
    datasets.add(table);
    knownColumns += table.columnCount().orElse(0);
  }

  @Override
  public boolean proceed(ImportPlan told) {
    plan = told;
    return false;
  }

  @Override
  public void outcome(TableOutcome outcome) {
    if (outcome instanceof TableOutcome.Excluded left) {
      excluded.add(left);
    }
  }

  Kept<TableInfo> datasets() {
    return datasets;
  }

  Kept<TableOutcome.Excluded> excluded() {
    return excluded;
  }

  ImportPlan plan() {
    return plan;
  }

  long knownColumns() {
    return knownColumns;
  }
}
