package dev.connections.core.importing;

import dev.connections.api.TableMetadata;
import java.util.List;

/** Hands tables to a target, and nothing more once it has thrown. */
final class TargetListener implements ImportListener {
  private final MetadataTarget target;
  private boolean usable;

  TargetListener(MetadataTarget target) {
    this.target = target;
  }

  @Override
  public List<String> targets() {
    return List.of(target.kind());
  }

  @Override
  public void started(ImportContext context) {
    target.begin(context);
    usable = true;
  }

  @Override
  public void table(TableMetadata table) {
    usable = false;
    target.table(table);
    usable = true;
  }

  @Override
  public void finished(ImportReport report) {
    try (target) {
      if (usable) {
        target.finish(report);
      }
    }
  }
}
