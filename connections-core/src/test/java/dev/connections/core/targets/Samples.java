package dev.connections.core.targets;

import dev.connections.api.Column;
import dev.connections.api.DataType;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TypeKind;
import dev.connections.core.importing.ImportContext;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.MetadataTarget;
import dev.connections.core.importing.Relationships;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the tests of targets are made of. */
final class Samples {
  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  static final Set<Section> ALL = EnumSet.allOf(Section.class);

  private Samples() {}

  static TableName name(String schema, String table) {
    return SchemaName.of(schema).table(table);
  }

  static Column column(String name, TypeKind kind) {
    return Column.of(name, DataType.of(kind, kind.name().toLowerCase(java.util.Locale.ROOT)), true);
  }

  static TableMetadata.Builder table(TableName name, Column... columns) {
    return TableMetadata.builder(TableInfo.of(name, TableKind.TABLE), ALL)
        .columns(List.of(columns));
  }

  static ImportContext context(ImportOptions options) {
    return new ImportContext("c-1", "Sales files", "filesystem", options, START);
  }

  static ImportReport report(List<TableMetadata> tables) {
    long columns = tables.stream().mapToLong(table -> table.columns().size()).sum();
    return ImportReport.builder(ImportReport.Status.COMPLETE, START, START.plusMillis(1500))
        .ledger(new ImportLedger(tables.size(), tables.size(), 0, 0, 0))
        .contents(columns, Relationships.NONE)
        .build();
  }

  static void run(MetadataTarget target, List<TableMetadata> tables) {
    run(target, tables, ImportOptions.all(), report(tables));
  }

  static void run(
      MetadataTarget target,
      List<TableMetadata> tables,
      ImportOptions options,
      ImportReport report) {
    try (target) {
      target.begin(context(options));
      tables.forEach(target::table);
      target.finish(report);
    }
  }
}
