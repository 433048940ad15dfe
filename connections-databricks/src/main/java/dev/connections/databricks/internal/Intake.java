package dev.connections.databricks.internal;

import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.Section;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What an import wants of tables, and where they go. Safe for any thread. */
final class Intake {
  private final MetadataSink sink;
  private final Set<Section> wanted = EnumSet.of(Section.COLUMNS);
  private final Operation operation;
  private final AtomicLong read = new AtomicLong();

  Intake(ImportSelection selection, MetadataSink sink, Operation operation) {
    this.sink = sink;
    this.wanted.addAll(selection.sections());
    this.operation = operation;
  }

  MetadataSink sink() {
    return sink;
  }

  boolean wants(Section section) {
    return wanted.contains(section);
  }

  /** {@return whether a table that was listed is to be read} */
  boolean listed(TableInfo table) {
    return sink.listed(table) == MetadataSink.Decision.READ;
  }

  void take(TableMetadata table) {
    sink.table(table.only(wanted));
    operation.progress().progress("reading", read.incrementAndGet(), OptionalLong.empty());
  }
}
