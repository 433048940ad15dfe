package dev.connections.core.internal.importing;

import dev.connections.api.Failure;
import dev.connections.api.Section;
import dev.connections.api.TableMetadata;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.TableOutcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the tables of a run hold, counted, and which failed. Written by one thread at a time. */
final class Contents {
  private final Set<Section> wanted;
  private final Map<Section, Long> notLoaded = new EnumMap<>(Section.class);
  private final Map<String, Long> failuresByCode = new TreeMap<>();
  private final Kept<TableOutcome.Failed> failed = new Kept<>(ImportReport.KEPT);
  private long columns;

  Contents(Set<Section> wanted) {
    this.wanted = wanted;
  }

  /** {@return the table without sections that nobody asked for} They may have come for free. */
  TableMetadata trimmed(TableMetadata table) {
    return wanted.containsAll(table.loaded()) ? table : table.only(wanted);
  }

  void add(TableMetadata table) {
    columns += table.columns().size();
    for (Section section : wanted) {
      if (!table.loaded().contains(section)) {
        notLoaded.merge(section, 1L, Long::sum);
      }
    }
  }

  void add(TableOutcome.Failed table) {
    Failure failure = table.failure();
    failuresByCode.merge(failure.code().id(), 1L, Long::sum);
    failed.add(table);
  }

  long columns() {
    return columns;
  }

  Map<Section, Long> notLoaded() {
    return notLoaded;
  }

  Map<String, Long> failuresByCode() {
    return failuresByCode;
  }

  Kept<TableOutcome.Failed> failed() {
    return failed;
  }
}
